use super::*;
use crate::Catalogue;

mod hostile;
mod oauth;

const DEEPVUE: &str = include_str!("../../builtin/deepvue.toml");
const DEEPLY: &str = include_str!("../../builtin/deeply.toml");
const DEEPIDV: &str = include_str!("../../builtin/deepidv.toml");

/// The one problem of a profile in which `from` was replaced by `to`, with the text of its line.
fn problem(text: &str, from: &str, to: &str) -> (Problem, String) {
    assert!(text.contains(from), "the profile has {from}");
    let broken = text.replacen(from, to, 1);
    let problems = check("mine.toml", &broken).unwrap_err();
    assert_eq!(problems.len(), 1, "one thing is wrong: {problems:?}");
    let problem = problems.into_iter().next().unwrap();
    let line = broken.lines().nth(problem.line - 1).unwrap().to_owned();
    (problem, line)
}

#[test]
fn the_built_in_profiles_are_valid() {
    assert!(Catalogue::builtin().iter().count() >= 14);
}

#[test]
fn an_unknown_key_is_refused_with_what_was_meant() {
    let (problem, line) = problem(DEEPVUE, "where_to_find", "where_tofind");
    assert_eq!(line, "where_tofind = \"Dashboard → Credentials\"");
    assert!(problem.reason.contains("unknown field `where_tofind`"), "{problem}");
    assert_eq!(problem.hint.as_deref(), Some("did you mean 'where_to_find'?"));
    assert!(problem.to_string().starts_with("mine.toml:"), "{problem}");
}

#[test]
fn an_unknown_key_of_a_method_and_of_a_body_is_refused() {
    let (found, _) = problem(DEEPVUE, "recommended = true", "recomended = true");
    assert_eq!(found.hint.as_deref(), Some("did you mean 'recommended'?"));
    let (found, _) = problem(DEEPVUE, "field = \"client_id\" }", "feild = \"client_id\" }");
    assert_eq!(found.hint.as_deref(), Some("did you mean 'field'?"));
}

#[test]
fn a_wrong_type_is_refused_at_its_place() {
    let (problem, line) = problem(DEEPVUE, "status = 401", "status = \"401\"");
    assert_eq!(line, "status = \"401\"");
    assert_eq!(problem.column, 10);
}

#[test]
fn what_is_no_toml_is_refused_at_its_place() {
    let problems = check("mine.toml", "schema = 1\nid = \n").unwrap_err();
    assert_eq!(problems[0].line, 2);
}

#[test]
fn a_host_with_credentials_in_it_is_refused_and_not_repeated() {
    let (problem, line) = problem(
        DEEPVUE,
        "https://production.deepvue.tech",
        "https://me:hunter2@production.deepvue.tech",
    );
    assert!(line.starts_with("base_url"), "{line}");
    assert!(problem.reason.contains("user name or password"), "{problem}");
    assert!(!problem.to_string().contains("hunter2"), "{problem}");
}

#[test]
fn dv8_clear_text_is_refused_where_the_environment_does_not_allow_it() {
    let (problem, _) = problem(DEEPVUE, "https://production", "http://production");
    assert!(problem.reason.contains("clear text"), "{problem}");
    assert!(problem.hint.unwrap().contains("plain_http"));
}

#[test]
fn clear_text_needs_words_for_its_consent() {
    let from = DEEPLY.lines().find(|line| line.starts_with("plain_http_consent")).unwrap();
    let (problem, _) = problem(DEEPLY, from, "");
    assert!(problem.reason.contains("plain_http_consent"), "{problem}");
}

#[test]
fn an_exchange_to_another_origin_is_refused() {
    for elsewhere in ["https://evil.example/v1/authorize", "//evil.example/v1", "\\\\\\\\evil"] {
        let (problem, line) = problem(DEEPVUE, "\"/v1/authorize\"", &format!("\"{elsewhere}\""));
        assert!(line.starts_with("path = "), "{line}");
        assert!(problem.reason.contains("another origin"), "{problem}");
    }
}

#[test]
fn a_path_that_climbs_is_refused() {
    let (problem, _) = problem(DEEPVUE, "\"/v1/authorize\"", "\"/v1/../v2\"");
    assert!(problem.reason.contains("dots"), "{problem}");
}

#[test]
fn a_pattern_that_is_too_big_is_refused() {
    let (found, line) = problem(
        DEEPIDV,
        "never_expires = false",
        "pattern = '((((\\w{100}){100}){100}){100}){100}'",
    );
    assert!(line.starts_with("pattern"), "{line}");
    assert!(found.reason.contains("too big"), "{found}");
    let (found, _) = problem(DEEPIDV, "never_expires = false", "pattern = '('");
    assert!(found.reason.contains("not a regular expression"), "{found}");
}

#[test]
fn a_name_that_is_there_twice_is_refused() {
    let (problem, line) = problem(DEEPVUE, "name = \"key\"", "name = \"bearer\"");
    assert_eq!(line, "name = \"bearer\"");
    assert!(problem.reason.contains("twice"), "{problem}");
}

#[test]
fn a_dangling_name_is_refused_with_what_was_meant() {
    let (found, line) =
        problem(DEEPVUE, "carries = \"client_secret\"", "carries = \"client_secre\"");
    assert!(line.contains("x-api-key"), "{line}");
    assert_eq!(found.hint.as_deref(), Some("did you mean 'client_secret'?"));
    let (found, _) = problem(DEEPVUE, "exchange = \"authorize\"", "exchange = \"authorise\"");
    assert_eq!(found.hint.as_deref(), Some("did you mean 'authorize'?"));
}

#[test]
fn a_recipe_may_not_set_what_belongs_to_the_connection() {
    let (found, _) = problem(DEEPVUE, "\"x-api-key\"", "\"Host\"");
    assert!(found.reason.contains("belongs to the connection"), "{found}");
    let (found, _) = problem(DEEPVUE, "\"x-api-key\"", "\"x api key\"");
    assert!(found.reason.contains("not a header's name"), "{found}");
}

#[test]
fn a_secret_may_not_stand_in_an_address() {
    let (problem, _) = problem(DEEPLY, "{edge_ip}", "{api_key}");
    assert!(problem.reason.contains("must not stand in an address"), "{problem}");
}

#[test]
fn a_test_call_that_creates_something_is_refused() {
    let (problem, line) = problem(
        DEEPIDV,
        "kind = \"none\"\nreason = \"The only documented request creates a verification session.\"",
        "kind = \"sample\"\nsample = \"create-session\"",
    );
    assert_eq!(line, "sample = \"create-session\"");
    assert!(problem.reason.contains("must not create"), "{problem}");
}

#[test]
fn every_problem_is_told_in_the_order_of_the_file() {
    let broken = DEEPVUE
        .replacen("https://production", "http://production", 1)
        .replacen("\"/v1/authorize\"", "\"v1/authorize\"", 1)
        .replacen("exchange = \"authorize\"", "exchange = \"nothing\"", 1);
    let lines: Vec<usize> =
        check("mine.toml", &broken).unwrap_err().iter().map(|problem| problem.line).collect();
    assert_eq!(lines.len(), 3);
    assert!(lines.is_sorted(), "{lines:?}");
}

#[test]
fn text_that_is_turned_around_is_refused() {
    let (problem, _) = problem(DEEPVUE, "name = \"Deepvue\"", "name = \"Deep\u{202e}vue\"");
    assert_eq!(problem.line, 5);
    assert!(problem.reason.contains("text-reordering"), "{problem}");
}

#[test]
fn a_file_that_is_far_too_large_is_not_read() {
    let problems = check("mine.toml", &"#".repeat(LARGEST_PROFILE + 1)).unwrap_err();
    assert!(problems[0].reason.contains("256 KiB"), "{:?}", problems[0]);
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(64))]

    #[test]
    fn no_text_makes_the_check_panic(text in "\\PC{0,200}", cut in 0_usize..6_000) {
        assert!(check("mine.toml", &text).is_err());
        let head: String = DEEPVUE.chars().take(cut).collect();
        drop(check("mine.toml", &format!("{head}{text}")));
    }
}

#[test]
fn a_placeholder_that_nothing_replaces_is_refused() {
    let (found, _) = problem(DEEPIDV, "{stored_on}", "{stored_at}");
    assert!(found.reason.contains("no placeholder 'stored_at'"), "{found}");
    assert_eq!(found.hint.as_deref(), Some("did you mean 'stored_on'?"));
}

#[test]
fn a_limit_that_lets_nothing_through_or_counts_by_a_secret_is_refused() {
    let (found, line) = problem(DEEPIDV, "per_second = 25", "per_second = 0");
    assert_eq!((line.as_str(), found.reason.contains("nothing through")), ("per_second = 0", true));
    let (found, _) = problem(DEEPIDV, "counted_by = \"organization\"", "counted_by = \"api_key\"");
    assert!(found.reason.contains("is a secret"), "{found}");
    let (found, _) =
        problem(DEEPIDV, "counted_by = \"organization\"", "counted_by = \"organisation\"");
    assert_eq!(found.hint.as_deref(), Some("did you mean 'organization'?"));
}

const SLACK: &str = include_str!("../../builtin/slack.toml");

#[test]
fn a_test_call_that_does_not_read_has_to_be_said_to_be_harmless() {
    let (found, _) = problem(SLACK, "harmless = true\n", "");
    assert!(found.reason.contains("must not change anything"), "{found}");
    assert!(found.hint.unwrap().contains("harmless = true"));
    let (found, _) =
        problem(DEEPIDV, "creates_something = true", "creates_something = true\nharmless = true");
    assert!(found.reason.contains("not harmless"), "{found}");
}

#[test]
fn a_row_that_can_never_count_is_refused() {
    let general = "[[answers]]\nrow = \"any\"\nstatus = 200\nmeaning = \"m\"\naction = \"a\"\n\n";
    let first = "[[answers]]\nrow = \"slack.200.invalid-auth\"";
    let broken = SLACK.replacen(first, &format!("{general}{first}"), 1);
    let problems = check("mine.toml", &broken).unwrap_err();
    assert_eq!(problems.len(), 7, "each row of status 200: {problems:?}");
    assert!(problems[0].reason.contains("never counts: 'any'"), "{}", problems[0]);
}

#[test]
fn a_sample_outside_of_every_usual_recipe_is_refused() {
    let (found, line) = problem(SLACK, "path = \"/api/auth.test\"", "path = \"/other\"");
    assert_eq!(line, "path = \"/other\"");
    assert!(found.reason.contains("no method's recipe"), "{found}");
}

#[test]
fn a_pointer_with_a_wrong_escape_is_refused() {
    let (found, _) = problem(SLACK, "at = \"/ok\"", "at = \"/o~2k\"");
    assert!(found.reason.contains("followed by 0 or 1"), "{found}");
}

#[test]
fn a_variable_that_steers_programs_is_refused() {
    for name in ["PATH", "LD_PRELOAD", "DYLD_INSERT_LIBRARIES", "PYTHONPATH", "GIT_SSH_COMMAND"] {
        let (found, _) = problem(SLACK, "\"SLACK_BOT_TOKEN\"", &format!("\"{name}\""));
        assert!(found.reason.contains("steers shells or programs"), "{found}");
    }
}

#[test]
fn a_host_that_looks_like_another_is_refused() {
    let (found, _) = problem(SLACK, "\"https://slack.com\"", "\"https://sl\u{430}ck.com\"");
    assert!(found.hint.unwrap().contains("xn--"), "{}", found.reason);
}

#[test]
fn a_pattern_for_test_keys_is_checked_like_the_others_and_belongs_to_a_secret() {
    let stripe = include_str!("../../builtin/stripe.toml");
    let (found, _) = problem(stripe, "'^(sk|rk)_test_'", "'^(sk|rk_test_'");
    assert!(found.reason.contains("not a regular expression"), "{found}");
    let open = "kind = \"open\"\ntest_pattern = 'x'";
    let (found, _) = problem(DEEPVUE, "kind = \"open\"", open);
    assert!(found.reason.contains("only a secret"), "{found}");
}
