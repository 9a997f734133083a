//! Clocks that are wrong, jump or stand still, and what becomes of tokens then.

use chrono::TimeDelta;
use keyturn_core::TokenFormat;
use keyturn_engine::{EngineError, RenderToken};

use crate::world::{Said, World, sold, wanted};

/// A world with a token of a day that was just bought, and another one for sale.
async fn with_token() -> World {
    let world = World::new();
    world.add_deepvue();
    let day = TimeDelta::hours(24);
    world.provider_says(&[sold("token-1", world.now() + day), sold("token-2", world.now() + day)]);
    world.token().await.unwrap();
    world
}

/// X5
#[tokio::test]
async fn x5_a_clock_that_is_set_back_by_a_day_renews_and_does_not_prolong_the_token() {
    let world = with_token().await;
    world.clock.advance(TimeDelta::days(-1));
    assert_eq!(world.token().await.unwrap().access_token.expose(), "token-2");
    assert_eq!(world.asked(), 2);
    assert!(world.token().await.unwrap().reused, "and that is the end of it");
}

/// X5
#[tokio::test]
async fn x5_a_clock_that_is_set_back_loses_no_token_when_the_provider_is_down() {
    let world = with_token().await;
    world.clock.advance(TimeDelta::days(-1));
    world.provider_is_down();
    let token = world.token().await.unwrap();
    assert_eq!(token.access_token.expose(), "token-1");
    assert!(token.warnings[0].contains("failed"), "{:?}", token.warnings);
}

/// X5
#[tokio::test]
async fn x5_a_clock_that_is_set_forward_by_a_day_buys_a_new_token() {
    let world = with_token().await;
    world.clock.advance(TimeDelta::days(1));
    world.provider_says(&[sold("token-2", world.now() + TimeDelta::hours(24))]);
    assert_eq!(world.token().await.unwrap().access_token.expose(), "token-2");
}

/// X5
#[tokio::test]
async fn x5_a_clock_that_is_hardly_corrected_changes_nothing() {
    let world = with_token().await;
    for seconds in [-50, 20, 80] {
        world.clock.advance(TimeDelta::seconds(seconds));
        assert!(world.token().await.unwrap().reused, "{seconds} s");
    }
    assert_eq!(world.asked(), 1);
}

/// X5
#[tokio::test]
async fn x5_times_are_corrected_by_the_providers_clock_and_a_wrong_clock_is_told() {
    let world = World::new();
    let reference = world.add_deepvue();
    // The provider's clock is two hours ahead of ours, and its tokens end by it.
    let ahead = TimeDelta::hours(2);
    let date = (world.now() + ahead).format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let body = sold("token-1", world.now() + ahead + TimeDelta::hours(10)).1;
    world.provider_answers([Said::new(200, &[("date", &date)], &body)]);
    let token = world.token().await.unwrap();
    assert_eq!(token.expiry.at, Some(world.now() + TimeDelta::hours(10)), "by our clock");
    let shown = world.engine.show(&reference).unwrap();
    assert_eq!(world.engine.clock_skew(&shown.credential), Some(ahead));
    let request = RenderToken { token: wanted(), format: TokenFormat::Raw, with_key: false };
    let rendered = world.engine.render_token(&request, "test").await.unwrap();
    assert!(rendered.warnings[0].contains("2 h 00 m behind"), "{:?}", rendered.warnings);
    let world = world.restart();
    assert_eq!(world.engine.clock_skew(&shown.credential), Some(ahead), "the vault keeps it");
}

/// X5
#[tokio::test]
async fn x5_a_minute_is_not_told() {
    let world = World::new();
    world.add_deepvue();
    let date = (world.now() + TimeDelta::seconds(60)).format("%a, %d %b %Y %H:%M:%S GMT");
    let body = sold("token-1", world.now() + TimeDelta::hours(10)).1;
    world.provider_answers([Said::new(200, &[("date", &date.to_string())], &body)]);
    let request = RenderToken { token: wanted(), format: TokenFormat::Raw, with_key: false };
    let rendered = world.engine.render_token(&request, "test").await.unwrap();
    assert!(rendered.warnings.is_empty(), "{:?}", rendered.warnings);
}

/// DV10
#[tokio::test]
async fn dv10_a_refused_renewal_keeps_the_old_token_to_its_end_and_says_so() {
    let world = with_token().await;
    world.clock.advance(TimeDelta::hours(23));
    world
        .provider_says(&[(401, r#"{"detail":"Incorrect client_id or client_secret"}"#.to_owned())]);
    let token = world.token().await.unwrap();
    assert_eq!(token.access_token.expose(), "token-1");
    assert!(token.warnings[0].contains("401"), "{:?}", token.warnings);
    world.clock.advance(TimeDelta::hours(2));
    let error = world.token().await.unwrap_err();
    assert!(
        matches!(error, EngineError::Shared(_)),
        "one that has ended is not handed out: {error}"
    );
}
