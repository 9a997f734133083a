//! Explaining an answer that another program got.

use chrono::TimeDelta;
use keyturn_engine::{
    EngineError, ExplainAnswer, ExplainError, Explained, LONGEST_EXPLAINED, TestRequest,
};

use crate::world::{KEY, World, credential, reading, sold};

fn answer(status: u16, body: &str) -> ExplainAnswer {
    ExplainAnswer {
        reference: "deepvue/main".parse().unwrap(),
        environment: None,
        status,
        path: None,
        sent_token: None,
        sent_key: None,
        body: body.as_bytes().to_vec(),
    }
}

fn row(explained: &Explained) -> &str {
    explained.diagnosis.row.as_deref().unwrap_or("none")
}

#[tokio::test]
async fn dv7_the_stored_tokens_age_tells_an_ended_token_from_a_lack_of_access() {
    let world = World::new();
    world.add_deepvue();
    let explain = |answer: ExplainAnswer| world.engine.explain(&answer).unwrap();
    assert_eq!(row(&explain(answer(403, ""))), "DV9.403.forbidden", "no token is known");
    let end = world.now() + TimeDelta::hours(24);
    world.provider_says(&[sold("token-number-one", end)]);
    world.token().await.unwrap();
    assert_eq!(row(&explain(answer(403, ""))), "DV9.403.forbidden", "the token is young");
    world.clock.advance(TimeDelta::hours(25));
    let old = explain(answer(403, ""));
    assert_eq!(row(&old), "DV7.403.old-token");
    assert!(old.diagnosis.meaning.contains("25 h 00 m"), "{}", old.diagnosis.meaning);
    assert!(old.diagnosis.notes[0].contains("keyturn token deepvue/main --renew"));
    let without = ExplainAnswer { sent_token: Some(false), ..answer(403, "") };
    assert_eq!(row(&explain(without)), "DV9.403.forbidden", "no token, no age of one");
}

#[test]
fn the_path_of_the_exchange_is_recognised_with_and_without_a_query() {
    let world = World::new();
    world.add_deepvue();
    for path in ["/v1/authorize", "/v1/authorize?x=1", "/v1/authorize#top"] {
        let asked = ExplainAnswer { path: Some(path.to_owned()), ..answer(403, "") };
        let explained = world.engine.explain(&asked).unwrap();
        assert_eq!((row(&explained), explained.is_exchange), ("DV7.403.exchange", true), "{path}");
    }
    let other = ExplainAnswer { path: Some("/v1/authorizes".to_owned()), ..answer(403, "") };
    assert!(!world.engine.explain(&other).unwrap().is_exchange);
}

#[tokio::test]
async fn a_secret_in_the_body_is_taken_out_whatever_its_encoding() {
    let world = World::new();
    world.add_deepvue();
    world.provider_says(&[sold("token-number-one", world.now() + TimeDelta::hours(24))]);
    world.token().await.unwrap();
    let text = format!("seen {KEY} and token-number-one");
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for body in [text.into_bytes(), wide] {
        let explained = world.engine.explain(&ExplainAnswer { body, ..answer(418, "") }).unwrap();
        assert_eq!(explained.body, "seen <redacted> and <redacted>");
        assert_eq!(explained.diagnosis.row, None);
    }
}

#[test]
fn what_is_no_answer_is_refused() {
    let world = World::new();
    world.add_deepvue();
    let refused = |answer: ExplainAnswer| match world.engine.explain(&answer).unwrap_err() {
        EngineError::Explain(error) => error,
        other => panic!("{other}"),
    };
    assert_eq!(refused(answer(99, "")), ExplainError::NoStatus);
    assert_eq!(refused(answer(600, "")), ExplainError::NoStatus);
    let body = vec![b'x'; LONGEST_EXPLAINED + 1];
    assert_eq!(refused(ExplainAnswer { body, ..answer(403, "") }), ExplainError::BodyTooLong);
    let path = Some("https://elsewhere.example/".to_owned());
    assert_eq!(refused(ExplainAnswer { path, ..answer(403, "") }), ExplainError::NoPath);
    assert_eq!(world.asked(), 0, "nothing was sent");
}

#[test]
fn di7_the_day_of_the_copy_is_that_of_the_last_stored_secret() {
    let world = World::new();
    world.engine.add(credential("deepidv", &[], &[("api_key", KEY)]), "test").unwrap();
    let action = || {
        let reference = "deepidv/main".parse().unwrap();
        world
            .engine
            .explain(&ExplainAnswer { reference, ..answer(401, "") })
            .unwrap()
            .diagnosis
            .action
    };
    assert!(action().contains("copied on 2026-06-15"), "{}", action());
    world.clock.advance(TimeDelta::days(3));
    assert!(action().contains("copied on 2026-06-15"), "{}", action());
}

#[tokio::test]
async fn dv6_the_journal_has_the_path_and_neither_query_nor_body() {
    let world = World::new();
    world.add_deepvue();
    let end = world.now() + TimeDelta::hours(24);
    world.provider_says(&[sold("token-1", end), (200, r#"{"pan":"CNARY1234F"}"#.to_owned())]);
    let request = TestRequest {
        sample: Some("panbasic".to_owned()),
        path: None,
        query: vec![("pan_number".to_owned(), "CNARY1234F".to_owned())],
        ..reading("deepvue/main", "")
    };
    let sent = world.engine.send(request, "test").await.unwrap();
    assert!(!format!("{sent:?}").contains("CNARY1234F"), "not in a debug text either");
    let journal = format!("{:?}", world.journal());
    assert!(journal.contains("/v1/verification/panbasic"), "positive control: {journal}");
    assert!(!journal.contains("CNARY1234F"), "{journal}");
}

#[test]
fn what_its_name_calls_a_secret_is_taken_out_though_it_is_nowhere_stored() {
    let world = World::new();
    world.add_deepvue();
    let body = r#"{"access_token":"live-token-of-another","data":{"client_secret":"live-secret-7"},"text":"seen live-token-of-another","id":"kept"}"#;
    let explained = world.engine.explain(&answer(418, body)).unwrap();
    assert!(!explained.body.contains("live-"), "{}", explained.body);
    assert!(explained.body.contains("\"id\":\"kept\""), "{}", explained.body);
}
