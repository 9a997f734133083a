//! Whatever a provider answers where a token belongs, the old token stays, and nothing panics.

use chrono::TimeDelta;
use keyturn_core::ExpirySource;
use keyturn_engine::{EngineError, LiveToken, TokenRequest};
use serde_json::{Value, json};

use crate::world::{World, sold, wanted};

/// A world whose token `token-1` lives for another day.
async fn world_with_a_token() -> World {
    let world = World::new();
    world.add_deepvue();
    world.provider_says(&[sold("token-1", world.now() + TimeDelta::hours(24))]);
    world.token().await.unwrap();
    world
}

async fn renewed(world: &World, body: String) -> Result<LiveToken, EngineError> {
    world.provider_says(&[(200, body)]);
    world.engine.token(&TokenRequest { renew: true, ..wanted() }, "test").await
}

async fn the_old_one_is_kept(world: &World, why: &str) {
    let token = world.token().await.unwrap();
    assert_eq!((token.access_token.expose().as_str(), token.reused), ("token-1", true), "{why}");
}

#[tokio::test]
async fn no_bad_answer_costs_the_old_token() {
    let world = world_with_a_token().await;
    let padding = "x".repeat(10_000_000);
    let answers = [
        String::new(),
        "<!doctype html><title>Sign in</title>".to_owned(),
        "\u{feff}".to_owned(),
        "null".to_owned(),
        json!({}).to_string(),
        json!({"access_token": null}).to_string(),
        json!({"access_token": 7}).to_string(),
        json!({"access_token": ["token-2"]}).to_string(),
        json!({"access_token": "token\n2"}).to_string(),
        json!({"access_token": padding}).to_string(),
        json!({"access_token": "token-2", "padding": padding}).to_string(),
        r#"{"access_token":"token-2","access_token":"token-3"}"#.to_owned(),
        r#"{"access_token":"token-2""#.to_owned(),
        "{\"access_token\":\"token-2\u{fffd}\"".to_owned(),
        "[".repeat(100_000),
    ];
    for answer in answers {
        let shown: String = answer.chars().take(60).collect();
        let error = renewed(&world, answer).await.unwrap_err().to_string();
        assert!(error.contains("nothing was changed"), "{shown}: {error}");
        assert!(!error.contains("token-2") && error.len() < 300, "{shown}: {error}");
        the_old_one_is_kept(&world, &shown).await;
    }
}

#[tokio::test]
async fn a_token_that_ended_in_the_past_is_not_kept_instead_of_the_old_one() {
    let world = world_with_a_token().await;
    for end in [json!(-1), json!("-1"), json!(0), json!(-0.5), json!("1999-12-31T23:59:59Z")] {
        let answer = json!({"access_token": "token-2", "expiry": end}).to_string();
        let error = renewed(&world, answer).await.unwrap_err().to_string();
        assert!(error.contains("already"), "{end}: {error}");
        the_old_one_is_kept(&world, &end.to_string()).await;
    }
}

/// X4: such a token is good; of its end only the documented lifetime is believed.
#[tokio::test]
async fn a_token_with_an_absurd_end_lives_as_long_as_documented() {
    let absurd: [Value; 9] = [
        json!("9999-12-31T23:59:59Z"),
        json!(253_402_300_799_i64),
        json!("soon"),
        json!("NaN"),
        json!(f64::MAX),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(false),
        json!({"in": 3600}),
    ];
    let world = world_with_a_token().await;
    for end in absurd {
        let answer = json!({"access_token": "token-2", "expiry": end}).to_string();
        let token = renewed(&world, answer).await.unwrap();
        assert_eq!(token.access_token.expose(), "token-2", "{end}");
        assert_eq!(token.expiry.at, Some(world.now() + TimeDelta::hours(24)), "{end}");
        assert_eq!(token.expiry.source, ExpirySource::DocumentedLifetime, "{end}");
    }
}

#[tokio::test]
async fn an_end_as_text_or_with_a_fraction_is_read() {
    let world = world_with_a_token().await;
    for end in [json!("3600"), json!(3600.0), json!(" 3600 "), json!("3.6e3")] {
        let answer = json!({"access_token": "token-2", "expiry": end}).to_string();
        let token = renewed(&world, answer).await.unwrap();
        assert_eq!(token.expiry.at, Some(world.now() + TimeDelta::hours(1)), "{end}");
        assert_eq!(token.expiry.source, ExpirySource::ResponseField, "{end}");
    }
}
