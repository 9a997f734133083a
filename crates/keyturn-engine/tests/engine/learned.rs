//! Lifetimes that nobody documents: learned from when the provider calls a token ended.

use chrono::TimeDelta;
use keyturn_core::{Countdown, Expiry, ExpirySource, TokenState};
use keyturn_engine::{LiveToken, TokenRequest};

use crate::world::{KEY, World, credential, reading, wanted};

const EXPIRED: &str =
    r#"{"detail":{"message":"Authentication token expired. Please reissue a new token."}}"#;

fn deeply() -> World {
    let world = World::new();
    world.engine.add(credential("deeply", &[], &[("api_key", KEY)]), "test").unwrap();
    world
}

fn issued(token: &str) -> (u16, String) {
    (200, format!(r#"{{"access_token":"{token}"}}"#))
}

async fn token(world: &World) -> LiveToken {
    let request = TokenRequest { reference: "deeply/main".parse().unwrap(), ..wanted() };
    world.engine.token(&request, "test").await.unwrap()
}

async fn events(world: &World) -> u16 {
    let sent = world.engine.send(reading("deeply/main", "/api/v1/events"), "test").await.unwrap();
    sent.answer.unwrap().0.status
}

/// A world that was told after so long that its token had ended; it has the next one.
async fn learned(after: TimeDelta) -> World {
    let world = deeply();
    world.provider_says(&[issued("token-1")]);
    token(&world).await;
    world.clock.advance(after);
    world.provider_says(&[(401, EXPIRED.to_owned()), issued("token-2"), (200, "[]".to_owned())]);
    assert_eq!(events(&world).await, 200);
    world
}

/// DE2
#[tokio::test]
async fn de2_the_age_at_the_first_refusal_is_the_next_tokens_expected_life() {
    let hour = TimeDelta::hours(1);
    let world = learned(hour).await;
    let next = token(&world).await;
    let expected = Expiry { at: Some(world.now() + hour), source: ExpirySource::Learned };
    assert_eq!((next.access_token.expose().as_str(), next.expiry), ("token-2", expected));
    let world = world.restart();
    world.provider_says(&[issued("token-3")]);
    world.clock.advance(TimeDelta::minutes(55));
    assert_eq!(token(&world).await.access_token.expose(), "token-3", "renewed in its last tenth");
    assert_eq!(token(&world).await.expiry.source, ExpirySource::Learned, "the vault keeps it");
}

/// DE2
#[tokio::test]
async fn de2_no_token_is_given_up_for_a_learned_end_and_a_longer_life_is_learned() {
    let world = learned(TimeDelta::hours(1)).await;
    world.provider_is_down();
    world.clock.advance(TimeDelta::hours(3));
    assert_eq!(token(&world).await.access_token.expose(), "token-2");
    let shown = world.engine.show(&"deeply/main".parse().unwrap()).unwrap();
    assert_eq!(shown.token.unwrap().state(world.now(), &Countdown::default()), TokenState::Unknown);
    world.provider_says(&[(200, "[]".to_owned())]);
    assert_eq!(events(&world).await, 200, "the token of three hours is accepted");
    world.provider_says(&[issued("token-3")]);
    let renew = TokenRequest { reference: "deeply/main".parse().unwrap(), renew: true, ..wanted() };
    let next = world.engine.token(&renew, "test").await.unwrap();
    assert_eq!(next.expiry.at, Some(world.now() + TimeDelta::hours(3)));
}

/// DE2
#[tokio::test]
async fn de2_a_shorter_life_replaces_a_longer_one_and_never_the_other_way_round() {
    let world = learned(TimeDelta::hours(2)).await;
    world.clock.advance(TimeDelta::minutes(30));
    world.provider_says(&[(401, EXPIRED.to_owned()), issued("token-3"), (200, "[]".to_owned())]);
    events(&world).await;
    let next = token(&world).await;
    assert_eq!(next.expiry.at, Some(world.now() + TimeDelta::minutes(30)));
}

/// DE2
#[tokio::test]
async fn de2_a_token_that_was_revoked_at_once_teaches_nothing() {
    let world = learned(TimeDelta::seconds(20)).await;
    assert_eq!(token(&world).await.expiry, Expiry::UNKNOWN);
}

/// DC4
#[tokio::test]
async fn dc4_a_login_without_an_end_is_learned_the_same_way() {
    let world = World::new();
    let login = credential("deepcurrent", &[("username", "a@b.example")], &[("password", KEY)]);
    world.engine.add(login, "test").unwrap();
    let request = TokenRequest { reference: "deepcurrent/main".parse().unwrap(), ..wanted() };
    world.provider_says(&[issued("opaque-1")]);
    let first = world.engine.token(&request, "test").await.unwrap();
    assert_eq!(first.expiry, Expiry::UNKNOWN);
    world.clock.advance(TimeDelta::minutes(40));
    let refused = (401, r#"{"detail":"Could not validate credentials"}"#.to_owned());
    world.provider_says(&[refused, issued("opaque-2"), (200, "{}".to_owned())]);
    world.engine.send(reading("deepcurrent/main", "/api/v1/users/me"), "test").await.unwrap();
    let second = world.engine.token(&request, "test").await.unwrap();
    let expected = world.now() + TimeDelta::minutes(40);
    assert_eq!(second.expiry, Expiry { at: Some(expected), source: ExpirySource::Learned });
}

/// DE5
#[tokio::test]
async fn de5_a_token_that_is_called_invalid_teaches_nothing_and_renews_nothing() {
    let world = deeply();
    world.provider_says(&[issued("token-1")]);
    token(&world).await;
    world.clock.advance(TimeDelta::hours(1));
    world.provider_says(&[(401, r#"{"detail":{"message":"Invalid key"}}"#.to_owned())]);
    assert_eq!(events(&world).await, 401);
    assert_eq!(world.asked(), 2, "one for the token, one for the request");
    assert_eq!(token(&world).await.expiry, Expiry::UNKNOWN);
}
