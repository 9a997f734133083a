//! Files that were made to do harm, or look as if they were.

use super::*;

/// The one problem of deepidv's profile with these lines in the table of its key.
fn with_key_line(line: &str) -> Problem {
    problem(DEEPIDV, "never_expires = false", line).0
}

#[test]
fn a_pattern_that_explodes_is_refused() {
    for pattern in ["(a{1000}){1000}", "((a{100}){100}){100}", r"\w{2000}"] {
        let found = with_key_line(&format!("pattern = '{pattern}'"));
        assert!(found.reason.contains("pattern is too big"), "{pattern}: {found}");
    }
    let found = with_key_line(&format!("pattern = '{}a{}'", "(".repeat(60), ")".repeat(60)));
    assert!(found.reason.contains("too deep"), "{found}");
    let found = with_key_line(&format!("pattern = '{}'", "a".repeat(1_001)));
    assert!(found.reason.contains("longer than 1,000"), "{found}");
}

#[test]
fn a_pattern_of_a_lookalike_that_explodes_is_refused() {
    let (found, line) = problem(DEEPIDV, "^(?i)your_api_key$", "(a{1000}){1000}");
    assert!(line.starts_with("pattern"), "{line}");
    assert!(found.reason.contains("too big"), "{found}");
}

#[test]
fn a_text_that_would_steer_a_terminal_is_refused_however_it_is_written() {
    for written in ["\u{1b}[31m", "\\u001b[31m", "\\u009b31m", "\\b\\b\\b", "\\u0007"] {
        let (found, line) =
            problem(DEEPIDV, "label = \"API key\"", &format!("label = \"API {written} key\""));
        assert!(line.starts_with("label = "), "{line}");
        assert!(found.reason.contains("control character"), "{found}");
        assert!(!found.to_string().contains('\u{1b}'), "{found:?}");
    }
}

#[test]
fn a_label_has_one_line_and_a_body_may_have_more() {
    let (found, _) = problem(DEEPIDV, "label = \"API key\"", "label = \"API\\nkey\"");
    assert!(found.reason.contains("U+000A"), "{found}");
    assert!(DEEPIDV.contains("[samples.body]"), "and this one's body has many lines");
}

#[test]
fn a_text_that_hides_something_is_refused_also_as_an_escape_and_as_a_key() {
    let (found, _) = problem(DEEPIDV, "label = \"API key\"", "label = \"API\\u202ekey\"");
    assert!(found.reason.contains("U+202E"), "{found}");
    let (found, _) = problem(DEEPIDV, "label = \"API key\"", "\"la\\u200bbel\" = \"API key\"");
    assert!(found.reason.contains("U+200B"), "{found}");
}

#[test]
fn a_byte_order_mark_is_refused_by_its_name() {
    let problems = check("mine.toml", &format!("\u{feff}{DEEPIDV}")).unwrap_err();
    assert_eq!((problems.len(), problems[0].line), (1, 1));
    assert!(problems[0].reason.contains("byte order mark"), "{:?}", problems[0]);
}

#[test]
fn a_key_that_is_there_twice_is_refused_at_the_second() {
    let (found, line) =
        problem(DEEPIDV, "never_expires = false", "never_expires = false\nnever_expires = true");
    assert_eq!(line, "never_expires = true");
    assert!(found.reason.contains("duplicate"), "{found}");
}

#[test]
fn values_that_stand_too_deep_in_each_other_are_refused_and_end_nothing() {
    let deep = 10_000;
    let arrays = format!("schema = {}{}\n", "[".repeat(deep), "]".repeat(deep));
    let tables = format!("schema = {}1{}\n", "{ a = ".repeat(deep), " }".repeat(deep));
    let dotted = format!("{}a = 1\n", "a.".repeat(deep));
    let header = format!("[{}a]\n", "a.".repeat(deep));
    for text in [arrays, tables, dotted, header] {
        assert!(!check("mine.toml", &text).unwrap_err().is_empty());
    }
}

#[test]
fn a_fixed_header_is_no_place_for_a_secret_or_for_what_is_sent_already() {
    let fixed = |name: &str, value: &str| {
        let line = format!("name = \"{name}\", value = \"{value}\"");
        let to = format!("carries = \"api_key\" }}]\nfixed = [{{ {line} }}]");
        check("mine.toml", &DEEPIDV.replacen("carries = \"api_key\" }]", &to, 1))
    };
    assert!(fixed("api-version", "2026-01-01").is_ok());
    for (name, value, reason) in [
        ("Authorization", "Basic abc", "is a secret"),
        ("X-API-Key", "abc", "sends this header"),
        ("Host", "evil.example", "belongs to the connection"),
        ("api-version", "ü", "plain ASCII"),
    ] {
        let problems = fixed(name, value).unwrap_err();
        assert!(problems[0].reason.contains(reason), "{name}: {problems:?}");
    }
}

#[test]
fn a_host_may_hide_no_second_one_behind_it() {
    for host in [
        "https://api.deepidv.com@evil.example",
        "https://api.deepidv.com\\\\@evil.example",
        "https://api.deepidv.com#@evil.example",
        "https://api.deepidv.com/?x=",
        "javascript:alert(1)",
        "file:///etc/passwd",
    ] {
        let (_, line) = problem(DEEPIDV, "https://api.deepidv.com", host);
        assert!(line.starts_with("base_url"), "{line}");
    }
}

#[test]
fn names_that_are_there_twice_are_refused_in_every_list() {
    for (first, second) in [
        ("name = \"organization\"", "name = \"api_key\""),
        ("id = \"scope\"", "id = \"hmac\""),
        ("row = \"DI7.401\"", "row = \"DI7.402\""),
    ] {
        let problems = check("mine.toml", &DEEPIDV.replacen(first, second, 1)).unwrap_err();
        let twice = problems.iter().any(|problem| problem.reason.contains("is there twice"));
        assert!(twice, "{second}: {problems:?}");
    }
}
