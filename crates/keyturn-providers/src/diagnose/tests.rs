use std::sync::LazyLock;

use keyturn_core::Listed;

use super::*;
use crate::Catalogue;

/// Read once: reading every profile takes its time.
static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::builtin);

fn profile(id: &str) -> Profile {
    CATALOGUE.get(&id.parse().unwrap()).unwrap().clone()
}

/// A request with a young token.
fn with_token(status: u16, body: &str) -> AnswerFacts<'_> {
    AnswerFacts {
        sent_token: Some(true),
        token_age: Some(TimeDelta::minutes(5)),
        ..AnswerFacts::new(status, body.as_bytes(), AnsweredBy::Path("/v1/anything"))
    }
}

fn aged(hours: i64, body: &str) -> AnswerFacts<'_> {
    AnswerFacts { token_age: Some(TimeDelta::hours(hours)), ..with_token(403, body) }
}

fn exchange(status: u16, body: &str) -> AnswerFacts<'_> {
    AnswerFacts::new(status, body.as_bytes(), AnsweredBy::Exchange)
}

/// The same with a credential that uses this method.
fn by<'a>(method: &'a str, facts: AnswerFacts<'a>) -> AnswerFacts<'a> {
    let credential = CredentialFacts { method: Some(method), ..CredentialFacts::default() };
    AnswerFacts { credential, ..facts }
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
    row(aged(25, expired), "DV7.403.not-a-valid-token", KeyturnAction::RenewOnce);
    let young = row(aged(1, expired), "DV7.403.not-a-valid-token-young", KeyturnAction::RenewOnce);
    assert!(young.meaning.contains("1 h 00 m old it has not reached its end"), "{}", young.meaning);
    let unknown = AnswerFacts { sent_token: None, ..aged(1, expired) };
    row(unknown, "DV7.403.not-a-valid-token", KeyturnAction::RenewOnce);
    let forbidden = r#"{"message":"Access forbidden"}"#;
    row(with_token(403, forbidden), "DV7.403.access-forbidden", KeyturnAction::None);
}

#[test]
fn dv7_what_the_user_said_of_this_machine_tells_forbidden_answers_apart() {
    let said = |listed| AnswerFacts {
        credential: CredentialFacts { this_machine_listed: listed, ..CredentialFacts::default() },
        ..with_token(403, "Access forbidden")
    };
    let row = |listed| diagnose(&profile("deepvue"), &said(listed)).row.unwrap();
    assert_eq!(row(Listed::Yes), "DV7.403.access-forbidden-listed");
    assert_eq!(row(Listed::No), "DV7.403.access-forbidden-unlisted");
    assert_eq!(row(Listed::Unknown), "DV7.403.access-forbidden");
}

#[test]
fn dv7_a_403_without_words_is_told_by_the_tokens_age() {
    expect("deepvue", &aged(25, ""), "DV7.403.old-token", KeyturnAction::RenewOnce);
    expect("deepvue", &aged(1, ""), "DV9.403.forbidden", KeyturnAction::None);
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
    expect("deepvue", &facts, "DV7.403.not-a-valid-token-young", KeyturnAction::None);
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
    let facts = by("api_key", with_token(401, ""));
    let diagnosis = expect("deepcurrent", &facts, "DC8.401.key-or-nothing", KeyturnAction::None);
    assert!(diagnosis.credential_refused);
}

#[test]
fn dc4_a_401_with_a_logins_token_logs_in_once() {
    let facts = by("login", with_token(401, ""));
    expect("deepcurrent", &facts, "DC4.401.login-or-nothing", KeyturnAction::RenewOnce);
}

#[test]
fn dc8_a_403_is_plan_or_role_and_tries_no_login() {
    for method in ["api_key", "login"] {
        let facts = by(method, with_token(403, ""));
        expect("deepcurrent", &facts, "DC8.403", KeyturnAction::None);
    }
}

#[test]
fn dc8_a_401_is_about_what_was_sent_and_not_about_what_is_stored() {
    let row = |method, token, key| {
        let facts =
            AnswerFacts { sent_token: Some(token), sent_key: Some(key), ..with_token(401, "") };
        diagnose(&profile("deepcurrent"), &by(method, facts))
    };
    for method in ["api_key", "login"] {
        let nothing = row(method, false, false);
        assert_eq!(nothing.row.as_deref(), Some("DC8.401.nothing"));
        assert!(!nothing.credential_refused);
        assert_eq!(row(method, false, true).row.as_deref(), Some("DC8.401.key"));
        assert_eq!(row(method, true, false).row.as_deref(), Some("DC4.401.token"));
    }
}

#[test]
fn dv9_a_403_at_a_listed_machine_is_not_said_to_be_an_unlisted_one() {
    let this_machine_listed = Listed::Yes;
    let credential = CredentialFacts { this_machine_listed, ..CredentialFacts::default() };
    let facts = AnswerFacts { credential, ..with_token(403, "") };
    expect("deepvue", &facts, "DV9.403.listed", KeyturnAction::None);
}

#[test]
fn slacks_refusals_are_told_by_the_error_and_not_by_words_in_messages() {
    let found = |body: &str| diagnose(&profile("slack"), &with_token(200, body));
    let refused = found(r#"{"ok":false,"error":"invalid_auth"}"#);
    assert_eq!(refused.row.as_deref(), Some("slack.200.invalid-auth"));
    assert!(refused.credential_refused && refused.refused);
    let message =
        found(r#"{"ok":true,"messages":[{"text":"invalid_auth"}],"message":"not_authed"}"#);
    assert_eq!(message.row, None);
    assert!(!message.refused && message.meaning.contains("accepted"));
    let other = found(r#"{"ok":false,"error":"channel_not_found"}"#);
    assert_eq!(other.row.as_deref(), Some("slack.200.refused"));
    assert!(other.refused && !other.credential_refused, "{other:?}");
    assert_eq!(other.provider_says.as_deref(), Some("channel_not_found"));
}

#[test]
fn what_an_exchange_by_hand_did_not_send_was_not_refused() {
    let facts = |sent_key| AnswerFacts { sent_key: Some(sent_key), ..exchange(401, "") };
    let without = diagnose(&profile("deeply"), &facts(false));
    assert!(!without.credential_refused, "{without:?}");
    assert!(without.meaning.contains("did not carry"), "{}", without.meaning);
    assert!(diagnose(&profile("deeply"), &facts(true)).credential_refused);
}

#[test]
fn x1_a_401_that_no_row_explains_renews_nothing() {
    let diagnosis = diagnose(&profile("deepvue"), &with_token(401, "teapot"));
    assert_eq!((diagnosis.row, diagnosis.keyturn), (None, KeyturnAction::None));
}

#[test]
fn dv7_a_bearer_that_is_not_enough_is_told_from_one_that_was_not_sent() {
    let body = r#"{"detail":"Not authenticated"}"#;
    let row = |token, key| {
        let facts = AnswerFacts { sent_token: token, sent_key: key, ..with_token(401, body) };
        diagnose(&profile("deepvue"), &facts).row.unwrap()
    };
    assert_eq!(row(Some(true), Some(false)), "DV7.401.not-enough");
    assert_eq!(row(Some(false), Some(true)), "DV7.401.not-authenticated");
    assert_eq!(row(None, None), "DV7.401.not-authenticated", "what was sent is not known");
}

#[test]
fn di7_the_day_the_key_was_copied_is_named() {
    let copied_on = "2026-02-03".parse().ok();
    let credential = CredentialFacts { copied_on, ..CredentialFacts::default() };
    let facts = AnswerFacts { credential, ..with_token(401, "") };
    let diagnosis = expect("deepidv", &facts, "DI7.401", KeyturnAction::None);
    assert!(diagnosis.action.ends_with("was copied on 2026-02-03."), "{}", diagnosis.action);
    let unknown = diagnose(&profile("deepidv"), &with_token(401, "")).action;
    assert!(unknown.ends_with("was copied on a day that is not known."), "{unknown}");
}

#[test]
fn de5_a_403_with_a_token_is_not_said_to_be_one_without() {
    let facts = with_token(403, r#"{"detail":{"message":"no access"}}"#);
    let diagnosis = expect("deeply", &facts, "DE5.403.with-token", KeyturnAction::None);
    assert!(!diagnosis.verified, "no document has it");
    let unknown = AnswerFacts { sent_token: None, ..facts };
    expect("deeply", &unknown, "DE5.403.no-key", KeyturnAction::None);
}

#[test]
fn x5_a_clock_that_is_over_a_minute_off_has_rows_of_its_own() {
    let found = |seconds| {
        let clock_skew = Some(TimeDelta::seconds(seconds));
        let facts = AnswerFacts { clock_skew, ..with_token(403, "Not a valid token") };
        diagnose(&profile("deepvue"), &facts)
    };
    for seconds in [5_400, -5_400] {
        let diagnosis = found(seconds);
        assert_eq!(diagnosis.row.as_deref(), Some("DV7.403.not-a-valid-token-skew"));
        assert!(diagnosis.meaning.contains("1 h 30 m"), "{}", diagnosis.meaning);
    }
    assert_eq!(found(59).row.as_deref(), Some("DV7.403.not-a-valid-token-young"));
}

#[test]
fn x2_other_places_of_an_error_text_are_read_and_searched() {
    let says = |body: &str| diagnose(&profile("deepidv"), &with_token(400, body)).provider_says;
    let oauth = r#"{"error":"invalid_client","error_description":"no such client"}"#;
    assert_eq!(says(oauth).as_deref(), Some("no such client"));
    assert_eq!(says(r#"{"error":"invalid_client"}"#).as_deref(), Some("invalid_client"));
    assert_eq!(says(r#"{"error":{"message":"bad key"}}"#).as_deref(), Some("bad key"));
    assert_eq!(says(r#"{"errors":[{"message":"bad key"}]}"#).as_deref(), Some("bad key"));
    let both = r#"{"error":"Access forbidden","detail":"see error"}"#;
    let found = diagnose(&profile("deepvue"), &with_token(403, both));
    assert_eq!(found.row.as_deref(), Some("DV7.403.access-forbidden"), "every text is searched");
}

#[test]
fn a_body_of_any_encoding_is_understood() {
    let text = r#"{"detail":"Not a valid token"}"#;
    let wide = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
    let marked = |mark: &[u8], body: &[u8]| [mark, body].concat();
    let bodies = [
        marked(b"\xef\xbb\xbf", text.as_bytes()),
        marked(b"\xff\xfe", &wide(u16::to_le_bytes)),
        marked(b"\xfe\xff", &wide(u16::to_be_bytes)),
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
        b"\xe9 Not a valid token".to_vec(),
    ];
    for body in bodies {
        let facts = AnswerFacts { body: &body, ..with_token(403, "") };
        let found = diagnose(&profile("deepvue"), &facts).row;
        assert_eq!(found.as_deref(), Some("DV7.403.not-a-valid-token-young"), "{body:?}");
    }
}

#[test]
fn an_answer_of_success_is_one() {
    let diagnosis = diagnose(&profile("deepidv"), &with_token(201, "{}"));
    assert!(diagnosis.meaning.contains("accepted"));
    assert!(diagnosis.row.is_none() && !diagnosis.verified, "no document stands behind it");
}

proptest::proptest! {
    #[test]
    fn no_answer_makes_the_diagnosis_panic(status in 0_u16..=999, body: Vec<u8>) {
        for profile in CATALOGUE.iter() {
            let facts = AnswerFacts::new(status, &body, AnsweredBy::Path("/"));
            proptest::prop_assert!(!diagnose(profile, &facts).meaning.is_empty());
        }
    }
}
