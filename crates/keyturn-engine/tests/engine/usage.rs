//! How a credential is used, what its token says, and an end that its user says.

use chrono::TimeDelta;
use keyturn_core::{Countdown, CredentialRef, ExpirySource, Target, TargetRef, TokenState};
use keyturn_engine::{EngineError, SnippetForm, TokenEndError, TokenRequest, Usage};

use crate::world::{KEY, World, credential, sold, wanted};

fn reference(provider: &str) -> CredentialRef {
    format!("{provider}/main").parse().unwrap()
}

/// A world with `deeply/main`, whose tokens end nobody knows when.
async fn deeply(token: &str) -> World {
    let world = World::new();
    world.engine.add(credential("deeply", &[], &[("api_key", KEY)]), "test").unwrap();
    world.provider_says(&[(200, format!(r#"{{"access_token":"{token}"}}"#))]);
    let request = TokenRequest { reference: reference("deeply"), ..wanted() };
    world.engine.token(&request, "test").await.unwrap();
    world
}

fn used(world: &World, provider: &str) -> Usage {
    world.engine.usage(&reference(provider)).unwrap()
}

/// X9
#[test]
fn x9_nothing_that_is_shown_of_a_use_holds_a_secret_and_nothing_is_bought_for_it() {
    let world = World::new();
    world.add_deepvue();
    let usage = used(&world, "deepvue");
    assert!(!format!("{usage:?}").contains(KEY), "{usage:?}");
    assert_eq!(usage.snippets.len(), 9);
    assert!(usage.snippets.iter().any(|one| one.form == SnippetForm::Browser));
    assert_eq!(world.asked(), 0);
    assert!(world.journal().iter().all(|entry| entry.action == "init" || entry.action == "add"));
}

#[test]
fn a_bought_token_tells_what_buys_it_and_what_else_may_come_along() {
    let world = World::new();
    world.add_deepvue();
    let usage = used(&world, "deepvue");
    let bought = usage.bought.unwrap();
    assert!(bought.url.ends_with("/v1/authorize"), "{}", bought.url);
    assert_eq!(bought.fields.len(), 2);
    assert!(usage.with_key, "some endpoints want the secret beside the token");
    assert!(usage.only_buy.is_empty(), "so it does more than buy");
    assert_eq!(usage.sent[0].scheme.as_deref(), Some("Bearer"));
}

/// DE1
#[tokio::test]
async fn de1_a_key_that_only_buys_tokens_is_known_and_warned_of_when_copied() {
    let world = deeply("token-1").await;
    let usage = used(&world, "deeply");
    assert_eq!(usage.only_buy, ["api_key".parse().unwrap()]);
    assert!(!usage.with_key);
    let target = |target| TargetRef { credential: reference("deeply"), target };
    let key = target(Target::Field("api_key".parse().unwrap()));
    assert_eq!(world.engine.copy_warnings(&key).unwrap().len(), 1);
    assert!(world.engine.copy_warnings(&target(Target::Token)).unwrap().is_empty());
}

#[test]
fn a_key_that_is_sent_is_no_issuer() {
    let world = World::new();
    world.engine.add(credential("deepidv", &[], &[("api_key", KEY)]), "test").unwrap();
    let usage = used(&world, "deepidv");
    assert_eq!((usage.bought.is_none(), usage.only_buy.len()), (true, 0));
    assert_eq!(usage.sent[0].name, "x-api-key");
    assert_eq!(usage.sent[0].field.as_ref().map(keyturn_core::FieldName::as_str), Some("api_key"));
}

/// {"alg":"HS256"} . {"sub":"1","exp":1772000000}, taken apart so that no scanner takes it for a leak.
fn jwt() -> String {
    ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxIiwiZXhwIjoxNzcyMDAwMDAwMDB9", "c2lnbmF0dXJl"].join(".")
}

#[tokio::test]
async fn a_jwt_is_decoded_without_its_signature_and_an_opaque_token_is_none() {
    let world = deeply(&jwt()).await;
    let parts = world.engine.decoded_token(&reference("deeply")).unwrap().unwrap();
    assert!(parts.claims.contains(&("sub".to_owned(), "1".to_owned())));
    assert!(!format!("{parts:?}").contains("c2lnbmF0dXJl"), "{parts:?}");
    let opaque = deeply("opaque-1").await;
    assert_eq!(opaque.engine.decoded_token(&reference("deeply")).unwrap(), None);
}

#[test]
fn without_a_stored_token_there_is_nothing_to_decode_and_nothing_to_end() {
    let world = World::new();
    let main = world.add_deepvue();
    let decoded = world.engine.decoded_token(&main);
    assert!(matches!(decoded, Err(EngineError::NoTokenStored { .. })));
    let set = world.engine.set_token_end(&main, Some(world.now()), "test");
    assert!(matches!(set, Err(EngineError::NoTokenStored { .. })));
    assert_eq!(world.asked(), 0);
}

/// X4
#[tokio::test]
async fn x4_an_end_that_nobody_knows_is_the_users_to_say_and_to_take_back() {
    let world = deeply("token-1").await;
    let deeply = reference("deeply");
    let end = world.now() + TimeDelta::hours(2);
    let said = world.engine.set_token_end(&deeply, Some(end), "test").unwrap();
    let token = said.token.unwrap();
    assert_eq!((token.expiry.at, token.expiry.source), (Some(end), ExpirySource::User));
    world.clock.advance(TimeDelta::hours(3));
    let shown = world.engine.show(&deeply).unwrap().token.unwrap();
    assert_eq!(shown.state(world.now(), &Countdown::default()), TokenState::Expired);
    let back = world.engine.set_token_end(&deeply, None, "test").unwrap().token.unwrap();
    assert_eq!(back.state(world.now(), &Countdown::default()), TokenState::Unknown);
    assert!(world.journal().iter().any(|entry| entry.action == "token end"));
}

#[tokio::test]
async fn an_end_that_is_known_or_impossible_is_refused_and_nothing_changes() {
    let world = World::new();
    let main = world.add_deepvue();
    let end = world.now() + TimeDelta::hours(24);
    world.provider_says(&[sold("token-1", end)]);
    world.token().await.unwrap();
    let known = world.engine.set_token_end(&main, Some(world.now()), "test").unwrap_err();
    assert!(matches!(known, EngineError::TokenEnd(TokenEndError::Known { .. })), "{known}");
    assert_eq!(world.engine.show(&main).unwrap().token.unwrap().expiry.at, Some(end));

    let world = deeply("token-1").await;
    let before = Some(world.now() - TimeDelta::hours(1));
    let refused = world.engine.set_token_end(&reference("deeply"), before, "test").unwrap_err();
    assert!(matches!(refused, EngineError::TokenEnd(TokenEndError::BeforeIssue { .. })));
}
