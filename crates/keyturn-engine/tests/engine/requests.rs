//! Requests with the provider's recipe: what needs a yes, what is renewed, what is taken out.

use chrono::TimeDelta;
use keyturn_engine::{EngineError, Sent, TestRequest, TokenRequest};

use crate::world::{KEY, World, credential, reading as request, sold, wanted};

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
    assert_eq!(world.asked(), 0, "not even a token was bought");
}

/// Two requests that are refused with one token at the same time renew it once.
#[tokio::test]
async fn a_token_that_another_caller_renewed_meanwhile_is_not_renewed_again() {
    let world = World::new();
    world.add_deepvue();
    let end = world.now() + TimeDelta::hours(24);
    world.provider_says(&[sold("token-1", end)]);
    world.token().await.unwrap();
    world.clock.advance(TimeDelta::hours(1));
    // The first one is on its way when the second one is refused and renews.
    let permits = world.provider.gate.forget_permits(10_000);
    let engine = std::sync::Arc::clone(&world.engine);
    let first = tokio::spawn(async move {
        engine.send(request("deepvue/main", "/v1/verification/panbasic"), "test").await
    });
    while world.asked() < 2 {
        tokio::task::yield_now().await;
    }
    let renew = TokenRequest { renew: true, ..wanted() };
    let ended = (403, r#"{"detail":"Not a valid token"}"#.to_owned());
    world.provider_says(&[ended, sold("token-2", end), (200, "{}".to_owned())]);
    let engine = std::sync::Arc::clone(&world.engine);
    let second = tokio::spawn(async move { engine.token(&renew, "test").await });
    while world.asked() < 3 {
        tokio::task::yield_now().await;
    }
    world.provider.gate.add_permits(permits);
    assert_eq!(second.await.unwrap().unwrap().access_token.expose(), "token-2");
    assert_eq!(first.await.unwrap().unwrap().answer.unwrap().0.status, 200);
    assert_eq!(world.asked(), 4, "one request, one renewal, and the request once more");
}

/// What does not read may change something, whatever a sample leaves unsaid.
#[tokio::test]
async fn a_post_asks_first_unless_the_profile_says_that_it_is_harmless() {
    let world = World::new();
    // Put together here: as one text it would look like somebody's.
    let token = format!("xoxb-{}", "0123456789".repeat(2));
    world.engine.add(credential("slack", &[], &[("access_token", &token)]), "test").unwrap();
    let post =
        |path: &str| TestRequest { method: Some("POST".to_owned()), ..request("slack/main", path) };
    let error = send(&world, post("/api/chat.postMessage")).await.unwrap_err();
    assert!(matches!(error, EngineError::CreatesSomething { .. }), "{error}");
    let mut other = request("slack/main", "/api/auth.test");
    other.sample = Some("auth-test".to_owned());
    other.method = Some("DELETE".to_owned());
    let error = send(&world, other).await.unwrap_err();
    assert!(matches!(error, EngineError::CreatesSomething { .. }), "not that sample: {error}");
    assert_eq!(world.asked(), 0);
    world.provider_says(&[(200, r#"{"ok":true}"#.to_owned())]);
    send(&world, post("/api/auth.test")).await.unwrap();
    assert_eq!(world.asked(), 1, "the profile says that it changes nothing");
}

#[tokio::test]
async fn di4_a_reading_method_that_a_header_turns_into_another_one_asks_first() {
    let world = World::new();
    world.engine.add(credential("deepidv", &[], &[("api_key", KEY)]), "test").unwrap();
    let with = |name: &str, value: &str| {
        let mut request = request("deepidv/main", "/v1/sessions");
        request.headers = vec![(name.to_owned(), value.to_owned())];
        request
    };
    for name in ["X-HTTP-Method-Override", "x-http-method", "X_Method_Override"] {
        let error = send(&world, with(name, " delete")).await.unwrap_err();
        assert!(matches!(error, EngineError::CreatesSomething { .. }), "{name}: {error}");
    }
    assert_eq!(world.asked(), 0);
    send(&world, with("X-HTTP-Method-Override", "GET")).await.unwrap();
    assert_eq!(world.asked(), 1, "it reads, whichever counts");
}

/// A request by hand to the path that issues tokens is sent with the recipe for it.
#[tokio::test]
async fn de5_the_path_that_issues_tokens_is_asked_with_the_key_that_buys_them() {
    let world = World::new();
    world.engine.add(credential("deeply", &[], &[("api_key", KEY)]), "test").unwrap();
    world.provider_says(&[(401, "{}".to_owned())]);
    let mut by_hand = request("deeply/main", "/api/v1/auth/reissue");
    by_hand.method = Some("POST".to_owned());
    by_hand.confirmed = true;
    let (_, diagnosis) = send(&world, by_hand).await.unwrap().answer.unwrap();
    assert_eq!(world.asked(), 1, "no token was bought for it");
    assert_eq!(diagnosis.row.as_deref(), Some("DE5.401.exchange"));
    assert!(diagnosis.credential_refused, "the key was sent");
}

#[tokio::test]
async fn dv7_an_exchange_by_hand_without_the_pair_says_nothing_of_the_pair() {
    let world = World::new();
    world.add_deepvue();
    let end = world.now() + TimeDelta::hours(24);
    let wrong = r#"{"detail":"Incorrect client_id or client_secret"}"#.to_owned();
    world.provider_says(&[sold("token-1", end), (401, wrong)]);
    let mut by_hand = request("deepvue/main", "/v1/authorize");
    by_hand.method = Some("POST".to_owned());
    by_hand.confirmed = true;
    by_hand.recipe = Some("bearer".to_owned());
    let (_, diagnosis) = send(&world, by_hand).await.unwrap().answer.unwrap();
    assert!(!diagnosis.credential_refused, "{diagnosis:?}");
    assert!(diagnosis.meaning.contains("did not carry"), "{}", diagnosis.meaning);
}

#[tokio::test]
async fn an_environment_that_the_provider_has_not_is_told_from_one_that_is_not_bound() {
    let world = World::new();
    world.engine.add(credential("deeply", &[], &[("api_key", KEY)]), "test").unwrap();
    let at = |name: &str| TestRequest {
        environment: Some(name.parse().unwrap()),
        ..request("deeply/main", "/api/v1/events")
    };
    let error = send(&world, at("nowhere")).await.unwrap_err();
    assert!(matches!(error, EngineError::NoEnvironment { .. }), "{error}");
    let error = send(&world, at("edge")).await.unwrap_err();
    assert!(matches!(error, EngineError::NotBound { .. }), "{error}");
}
