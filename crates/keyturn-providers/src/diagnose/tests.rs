use super::*;
use crate::Catalogue;

fn profile(id: &str) -> Profile {
    Catalogue::builtin().get(&id.parse().unwrap()).unwrap().clone()
}

/// A request with a young token.
fn with_token(status: u16, body: &str) -> AnswerFacts<'_> {
    AnswerFacts {
        sent_token: true,
        token_age: Some(TimeDelta::minutes(5)),
        ..AnswerFacts::new(status, body.as_bytes(), AnsweredBy::Path("/v1/anything"))
    }
}

fn exchange(status: u16, body: &str) -> AnswerFacts<'_> {
    AnswerFacts::new(status, body.as_bytes(), AnsweredBy::Exchange)
}

#[track_caller]
fn expect(provider: &str, facts: &AnswerFacts<'_>, row: &str, keyturn: KeyturnAction) -> Diagnosis {
    let diagnosis = diagnose(&profile(provider), facts);
    assert_eq!(diagnosis.row.as_deref(), Some(row));
    assert_eq!(diagnosis.keyturn, keyturn, "{row}");
    diagnosis
}

#[test]
fn x1_a_403_means_something_else_at_each_provider() {
    let meanings: std::collections::BTreeSet<String> =
        ["deepvue", "deepidv", "deeply", "deepcurrent"]
            .iter()
            .map(|id| diagnose(&profile(id), &with_token(403, "")).meaning)
            .collect();
    assert_eq!(meanings.len(), 4);
}

#[test]
fn x2_the_error_text_is_detail_or_its_message_and_neither_is_required() {
    let says = |body: &str| diagnose(&profile("deeply"), &with_token(401, body)).provider_says;
    assert_eq!(says(r#"{"detail":"no\u0007 way"}"#).as_deref(), Some("no way"));
    assert_eq!(says(r#"{"detail":{"message":"no way"}}"#).as_deref(), Some("no way"));
    for body in ["", "<html>", r#"{"detail":[{"msg":"x"}]}"#, r#"{"detail":7}"#, "[]", "null"] {
        assert_eq!(says(body), None, "{body}");
    }
}

#[test]
fn x3_deepidvs_402_is_about_credit_and_renews_nothing() {
    let body = r#"{"detail":"Insufficient token balance"}"#;
    let diagnosis = expect("deepidv", &with_token(402, body), "DI7.402", KeyturnAction::None);
    assert!(diagnosis.meaning.contains("credit"));
    assert!(!diagnosis.credential_refused);
}

#[test]
fn dv7_deepvues_errors_are_told_apart_by_their_body() {
    let row = |facts: AnswerFacts<'_>, row: &str, keyturn| expect("deepvue", &facts, row, keyturn);
    let wrong = r#"{"detail":"Incorrect client_id or client_secret"}"#;
    let refused = row(exchange(401, wrong), "DV7.401.credentials", KeyturnAction::None);
    assert!(refused.credential_refused && refused.action.contains("Dashboard"));
    let missing = r#"{"detail":"Not authenticated"}"#;
    row(with_token(401, missing), "DV7.401.not-authenticated", KeyturnAction::None);
    let expired = "Not a valid token";
    row(with_token(403, expired), "DV7.403.not-a-valid-token", KeyturnAction::RenewOnce);
    let forbidden = r#"{"message":"Access forbidden"}"#;
    row(with_token(403, forbidden), "DV7.403.access-forbidden", KeyturnAction::None);
}

#[test]
fn dv7_what_the_user_said_of_this_machine_tells_forbidden_answers_apart() {
    let said =
        |listed| AnswerFacts { this_machine_listed: listed, ..with_token(403, "Access forbidden") };
    let row = |listed| diagnose(&profile("deepvue"), &said(listed)).row.unwrap();
    assert_eq!(row(Listed::Yes), "DV7.403.access-forbidden-listed");
    assert_eq!(row(Listed::No), "DV7.403.access-forbidden-unlisted");
    assert_eq!(row(Listed::Unknown), "DV7.403.access-forbidden");
}

#[test]
fn dv7_a_403_without_words_is_told_by_the_tokens_age() {
    let aged =
        |hours| AnswerFacts { token_age: Some(TimeDelta::hours(hours)), ..with_token(403, "") };
    expect("deepvue", &aged(25), "DV7.403.old-token", KeyturnAction::RenewOnce);
    expect("deepvue", &aged(1), "DV9.403.forbidden", KeyturnAction::None);
}

#[test]
fn dv7_a_403_of_the_exchange_is_the_ip_list_and_is_not_tried_again() {
    for body in ["", "Access forbidden", "Not a valid token"] {
        let diagnosis =
            expect("deepvue", &exchange(403, body), "DV7.403.exchange", KeyturnAction::None);
        assert!(diagnosis.meaning.contains("IP"));
    }
}

#[test]
fn what_was_renewed_already_is_not_renewed_again() {
    let facts = AnswerFacts { already_renewed: true, ..with_token(403, "Not a valid token") };
    expect("deepvue", &facts, "DV7.403.not-a-valid-token", KeyturnAction::None);
}

#[test]
fn di7_each_status_of_deepidv_has_its_meaning() {
    let body = r#"{"detail":"Invalid or missing API key"}"#;
    let diagnosis = expect("deepidv", &with_token(401, body), "DI7.401", KeyturnAction::None);
    assert!(diagnosis.credential_refused);
    assert_eq!(diagnosis.provider_says.as_deref(), Some("Invalid or missing API key"));
    expect("deepidv", &with_token(403, ""), "DI7.403", KeyturnAction::None);
    expect("deepidv", &with_token(429, ""), "DI7.429", KeyturnAction::BackOff);
}

#[test]
fn de5_only_an_expired_token_is_reissued() {
    let expired = r#"{"detail":{"message":"Authentication token expired. Please reissue a new token to renew your session."}}"#;
    expect("deeply", &with_token(401, expired), "DE5.401.expired", KeyturnAction::RenewOnce);
    let invalid = r#"{"detail":{"message":"Invalid key"}}"#;
    expect("deeply", &with_token(401, invalid), "DE5.401.invalid", KeyturnAction::None);
    let bare = AnswerFacts::new(403, b"", AnsweredBy::Path("/api/v1/events"));
    expect("deeply", &bare, "DE5.403.no-key", KeyturnAction::None);
}

#[test]
fn de5_an_exchange_that_says_expired_does_not_renew_itself() {
    let body = r#"{"detail":{"message":"API key expired"}}"#;
    let diagnosis = expect("deeply", &exchange(401, body), "DE5.401.exchange", KeyturnAction::None);
    assert!(diagnosis.credential_refused);
}

#[test]
fn de7_deeplys_429_says_when_to_come_back() {
    let body = r#"{"detail":{"message":"Rate limit exceeded","limit":10,"remaining":0,"reset":1772000000}}"#;
    let diagnosis = expect("deeply", &with_token(429, body), "DE7.429", KeyturnAction::BackOff);
    assert_eq!(diagnosis.retry_at, DateTime::from_timestamp(1_772_000_000, 0));
    assert!(!diagnosis.verified, "from another page");
    let absurd = r#"{"detail":{"reset":9223372036854775807}}"#;
    assert_eq!(diagnose(&profile("deeply"), &with_token(429, absurd)).retry_at, None);
}

#[test]
fn dc8_a_401_with_the_api_key_never_leads_to_a_login() {
    let facts = AnswerFacts { method: Some("api_key"), ..with_token(401, "") };
    let diagnosis = expect("deepcurrent", &facts, "DC8.401.key", KeyturnAction::None);
    assert!(diagnosis.credential_refused);
}

#[test]
fn dc4_a_401_with_a_logins_token_logs_in_once() {
    let facts = AnswerFacts { method: Some("login"), ..with_token(401, "") };
    expect("deepcurrent", &facts, "DC4.401.token", KeyturnAction::RenewOnce);
}

#[test]
fn dc8_a_403_is_plan_or_role_and_tries_no_login() {
    for method in ["api_key", "login"] {
        let facts = AnswerFacts { method: Some(method), ..with_token(403, "") };
        expect("deepcurrent", &facts, "DC8.403", KeyturnAction::None);
    }
}

#[test]
fn x1_a_401_that_no_row_explains_renews_nothing() {
    let diagnosis = diagnose(&profile("deepvue"), &with_token(401, "teapot"));
    assert_eq!((diagnosis.row, diagnosis.keyturn), (None, KeyturnAction::None));
}

#[test]
fn an_answer_of_success_is_one() {
    let diagnosis = diagnose(&profile("deepidv"), &with_token(201, "{}"));
    assert!(diagnosis.meaning.contains("accepted"));
}

proptest::proptest! {
    #[test]
    fn no_answer_makes_the_diagnosis_panic(status in 0_u16..=999, body: Vec<u8>) {
        for profile in Catalogue::builtin().iter() {
            let facts = AnswerFacts::new(status, &body, AnsweredBy::Path("/"));
            proptest::prop_assert!(!diagnose(profile, &facts).meaning.is_empty());
        }
    }
}
