//! Requests with the provider's recipe: what needs a yes, what is renewed, what is taken out.

use chrono::TimeDelta;
use keyturn_engine::{EngineError, Sent, TestRequest};

use crate::world::{KEY, World, credential, reading as request, sold};

async fn send(world: &World, request: TestRequest) -> Result<Sent, EngineError> {
    world.engine.send(request, "test").await
}

#[tokio::test]
async fn di4_what_creates_something_is_not_sent_without_a_yes() {
    let world = World::new();
    world.engine.add(credential("deepidv", &[], &[("api_key", KEY)]), "test").unwrap();
    let mut typed_out = request("deepidv/main", "/v1/sessions");
    typed_out.method = Some("POST".to_owned());
    let error = send(&world, typed_out).await.unwrap_err();
    assert!(matches!(error, EngineError::CreatesSomething { .. }), "{error}");
    assert_eq!(world.asked(), 0);
}

#[tokio::test]
async fn a_dry_run_sends_nothing_and_shows_no_secret() {
    let world = World::new();
    world.engine.add(credential("deepidv", &[], &[("api_key", KEY)]), "test").unwrap();
    let dry = TestRequest { dry_run: true, ..request("deepidv/main", "/v1/sessions") };
    let sent = send(&world, dry).await.unwrap();
    assert!(sent.answer.is_none());
    assert_eq!(world.asked(), 0);
    assert!(!format!("{:?}", sent.request).contains(KEY));
    assert!(sent.request.headers.iter().any(|(name, _)| name == "x-api-key"));
}

#[tokio::test]
async fn x1_the_providers_own_word_for_an_ended_token_renews_it_once() {
    let world = World::new();
    world.add_deepvue();
    let end = world.now() + TimeDelta::hours(24);
    let ended = (403, r#"{"detail":"Not a valid token"}"#.to_owned());
    let fine = (200, "{}".to_owned());
    world.provider_says(&[sold("token-1", end), ended.clone(), sold("token-2", end), fine]);
    let sent = send(&world, request("deepvue/main", "/v1/verification/panbasic")).await.unwrap();
    assert_eq!(sent.answer.unwrap().0.status, 200);
    assert_eq!((sent.attempts, world.asked()), (2, 4));

    world.provider_says(&[ended.clone(), sold("token-3", end), ended]);
    let sent = send(&world, request("deepvue/main", "/v1/verification/panbasic")).await.unwrap();
    let (answer, diagnosis) = sent.answer.unwrap();
    assert_eq!(answer.status, 403, "once, and no loop");
    assert!(diagnosis.credential_refused, "a new token was refused as well");
    assert_eq!(sent.attempts, 2);
}

#[tokio::test]
async fn x1_a_refusal_of_another_kind_renews_nothing() {
    let world = World::new();
    world.add_deepvue();
    let end = world.now() + TimeDelta::hours(24);
    let forbidden = (403, r#"{"detail":"Access forbidden"}"#.to_owned());
    world.provider_says(&[sold("token-1", end), forbidden]);
    let sent = send(&world, request("deepvue/main", "/v1/verification/panbasic")).await.unwrap();
    assert_eq!((sent.attempts, world.asked()), (1, 2));
    let (_, diagnosis) = sent.answer.unwrap();
    assert!(diagnosis.row.is_some_and(|row| row.starts_with("DV7.")));
}

#[tokio::test]
async fn a_secret_that_the_provider_repeats_is_taken_out() {
    let world = World::new();
    world.add_deepvue();
    let end = world.now() + TimeDelta::hours(24);
    let echo = (200, format!(r#"{{"you_sent":"Bearer token-number-one and {KEY}"}}"#));
    world.provider_says(&[sold("token-number-one", end), echo]);
    let sent = send(&world, request("deepvue/main", "/v1/verification/panbasic")).await.unwrap();
    let body = String::from_utf8(sent.answer.unwrap().0.body).unwrap();
    assert!(body.contains("you_sent"), "positive control: the answer is shown: {body}");
    assert!(!body.contains("token-number-one") && !body.contains(KEY), "{body}");
}

#[tokio::test]
async fn de1_the_issuing_key_is_sent_to_no_other_endpoint() {
    let world = World::new();
    world.engine.add(credential("deeply", &[], &[("api_key", KEY)]), "test").unwrap();
    world.provider_says(&[(200, r#"{"access_token":"token-1"}"#.to_owned())]);
    let mut by_hand = request("deeply/main", "/api/v1/events");
    by_hand.headers = vec![("x-debug".to_owned(), KEY.to_owned())];
    let error = send(&world, by_hand).await.unwrap_err();
    assert!(matches!(error, EngineError::Policy(_)), "{error}");
    assert_eq!(world.asked(), 1, "the token was bought, the request was not sent");
}
