//! Tokens are bought once, reused while they live, and never lost to a provider that is down.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use chrono::TimeDelta;
use keyturn_core::{ExpirySource, Secret, TokenFormat};
use keyturn_engine::{AddEnvironment, EditCredential, EngineError, RenderToken, TokenRequest};

use crate::world::{World, sold, unchanged, wanted};

#[tokio::test]
async fn dv10_a_live_token_costs_no_request() {
    let world = World::new();
    world.add_deepvue();
    world.provider_says(&[sold("token-1", world.now() + TimeDelta::hours(24))]);
    let first = world.token().await.unwrap();
    let second = world.token().await.unwrap();
    assert_eq!((first.reused, second.reused), (false, true));
    assert_eq!(second.access_token.expose(), "token-1");
    assert_eq!(world.asked(), 1);
}

#[tokio::test]
async fn dv10_a_thousand_callers_without_a_token_share_one_exchange() {
    let world = World::new();
    world.add_deepvue();
    world.provider_says(&[sold("token-1", world.now() + TimeDelta::hours(24))]);
    world.provider.gate.forget_permits(usize::MAX);
    let callers: Vec<_> = (0..1_000)
        .map(|_| {
            let engine = Arc::clone(&world.engine);
            tokio::spawn(async move { engine.token(&wanted(), "test").await })
        })
        .collect();
    while world.asked() == 0 {
        tokio::task::yield_now().await;
    }
    world.provider.gate.add_permits(10);
    for caller in callers {
        assert_eq!(caller.await.unwrap().unwrap().access_token.expose(), "token-1");
    }
    assert_eq!(world.asked(), 1);
}

#[tokio::test]
async fn a_caller_that_leaves_does_not_cancel_the_exchange() {
    let world = World::new();
    world.add_deepvue();
    world.provider_says(&[sold("token-1", world.now() + TimeDelta::hours(24))]);
    world.provider.gate.forget_permits(usize::MAX);
    let engine = Arc::clone(&world.engine);
    let impatient = tokio::spawn(async move { engine.token(&wanted(), "test").await });
    while world.asked() == 0 {
        tokio::task::yield_now().await;
    }
    impatient.abort();
    assert!(impatient.await.unwrap_err().is_cancelled());
    world.provider.gate.add_permits(10);
    assert_eq!(world.token().await.unwrap().access_token.expose(), "token-1");
    assert_eq!(world.asked(), 1, "the exchange that was under way served the next caller");
}

#[tokio::test]
async fn dv4_the_token_ends_24_h_after_it_was_bought_when_the_provider_says_later() {
    let world = World::new();
    world.add_deepvue();
    world.provider_says(&[sold("token-1", world.now() + TimeDelta::hours(30))]);
    let token = world.token().await.unwrap();
    assert_eq!(token.expiry.at, Some(world.now() + TimeDelta::hours(24)));
    assert_eq!(token.expiry.source, ExpirySource::DocumentedLifetime);
}

#[tokio::test]
async fn dv10_a_token_in_the_last_tenth_of_its_life_is_renewed() {
    let world = World::new();
    world.add_deepvue();
    let day = TimeDelta::hours(24);
    world.provider_says(&[
        sold("token-1", world.now() + day),
        sold("token-2", world.now() + day * 2),
    ]);
    world.token().await.unwrap();
    world.clock.advance(TimeDelta::hours(21));
    assert_eq!(world.token().await.unwrap().access_token.expose(), "token-1");
    world.clock.advance(TimeDelta::minutes(37));
    assert_eq!(world.token().await.unwrap().access_token.expose(), "token-2");
}

#[tokio::test]
async fn a_provider_that_is_down_does_not_cost_a_token_that_still_lives() {
    let world = World::new();
    world.add_deepvue();
    world.provider_says(&[sold("token-1", world.now() + TimeDelta::hours(24))]);
    world.token().await.unwrap();
    world.provider_is_down();
    world.clock.advance(TimeDelta::hours(23));
    assert_eq!(world.token().await.unwrap().access_token.expose(), "token-1");
    world.clock.advance(TimeDelta::hours(2));
    assert!(world.token().await.is_err(), "one that has ended is not handed out");
}

#[tokio::test]
async fn a_token_with_too_little_time_left_is_replaced() {
    let world = World::new();
    world.add_deepvue();
    let hour = TimeDelta::hours(1);
    world.provider_says(&[
        sold("token-1", world.now() + hour),
        sold("token-2", world.now() + hour * 20),
    ]);
    world.token().await.unwrap();
    let request = TokenRequest { min_ttl: hour * 2, ..wanted() };
    let token = world.engine.token(&request, "test").await.unwrap();
    assert_eq!(token.access_token.expose(), "token-2");
}

#[tokio::test]
async fn a_token_that_has_ended_when_it_is_sold_is_an_error_and_keeps_the_old_one() {
    let world = World::new();
    world.add_deepvue();
    let hour = TimeDelta::hours(1);
    world
        .provider_says(&[sold("token-1", world.now() + hour), sold("token-2", world.now() - hour)]);
    world.token().await.unwrap();
    let renew = TokenRequest { renew: true, ..wanted() };
    let error = world.engine.token(&renew, "test").await.unwrap_err();
    assert!(error.to_string().contains("already"), "{error}");
    assert_eq!(world.token().await.unwrap().access_token.expose(), "token-1");
}

#[tokio::test]
async fn a_new_token_that_lives_shorter_than_asked_for_comes_with_a_warning() {
    let world = World::new();
    world.add_deepvue();
    world.provider_says(&[sold("token-1", world.now() + TimeDelta::hours(2))]);
    let request = RenderToken {
        token: TokenRequest { min_ttl: TimeDelta::hours(25), ..wanted() },
        format: TokenFormat::Raw,
        with_key: false,
    };
    let rendered = world.engine.render_token(&request, "test").await.unwrap();
    assert_eq!(rendered.warnings, ["the provider's newest token lives only 2 h 00 m"]);
}

#[tokio::test]
async fn a_token_dies_with_the_secret_that_bought_it() {
    let world = World::new();
    let reference = world.add_deepvue();
    let end = world.now() + TimeDelta::hours(24);
    world.provider_says(&[sold("token-1", end), sold("token-2", end)]);
    world.token().await.unwrap();
    let secret = Secret::new("another-client-secret".to_owned());
    let secrets = [("client_secret".parse().unwrap(), secret)].into_iter().collect();
    let edit = EditCredential { secrets, ..unchanged(reference) };
    world.engine.edit(edit, "test").unwrap();
    assert_eq!(world.token().await.unwrap().access_token.expose(), "token-2");
}

#[tokio::test]
async fn a_refused_credential_stores_nothing_and_says_what_it_means() {
    let world = World::new();
    world.add_deepvue();
    let refusal = r#"{"detail":"Incorrect client_id or client_secret"}"#;
    world.provider_says(&[(401, refusal.to_owned())]);
    let error = world.token().await.unwrap_err();
    assert!(error.to_string().contains("401"), "{error}");
    assert!(world.engine.list(&keyturn_engine::ListFilter::default()).unwrap()[0].token.is_none());
}

#[tokio::test]
async fn answers_that_are_no_token_are_errors_and_keep_the_old_one() {
    let world = World::new();
    world.add_deepvue();
    world.provider_says(&[sold("token-1", world.now() + TimeDelta::hours(24))]);
    world.token().await.unwrap();
    for body in ["", "<html>", "[]", "null", r#"{"access_token":7}"#, r#"{"access_token":""}"#] {
        world.provider_says(&[(200, body.to_owned())]);
        let renew = TokenRequest { renew: true, ..wanted() };
        assert!(world.engine.token(&renew, "test").await.is_err(), "{body:?}");
        assert_eq!(world.token().await.unwrap().access_token.expose(), "token-1", "{body:?}");
    }
}

#[tokio::test]
async fn a_vault_that_locks_during_an_exchange_gives_no_token_away() {
    let world = World::new();
    world.add_deepvue();
    world.provider_says(&[sold("token-1", world.now() + TimeDelta::hours(24))]);
    world.provider.gate.forget_permits(usize::MAX);
    let engine = Arc::clone(&world.engine);
    let waiting = tokio::spawn(async move { engine.token(&wanted(), "test").await });
    while world.provider.asked.load(Ordering::SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    world.engine.lock().unwrap();
    world.provider.gate.add_permits(10);
    let error = waiting.await.unwrap().unwrap_err();
    assert!(error.to_string().contains("locked"), "{error}");
}

#[tokio::test]
async fn a_token_survives_a_restart() {
    let world = World::new();
    world.add_deepvue();
    world.provider_says(&[sold("token-1", world.now() + TimeDelta::hours(24))]);
    world.token().await.unwrap();
    let world = world.restart();
    assert!(world.token().await.unwrap().reused);
    assert_eq!(world.asked(), 1);
}

#[tokio::test]
async fn de4_a_token_is_never_asked_for_where_the_credential_is_not_bound() {
    let world = World::new();
    world.add_deepvue();
    let elsewhere = TokenRequest { environment: Some("sandbox".parse().unwrap()), ..wanted() };
    let error = world.engine.token(&elsewhere, "test").await.unwrap_err();
    assert!(matches!(error, EngineError::NoEnvironment { .. }), "there is none: {error}");
    let own = AddEnvironment {
        provider: "deepvue".parse().unwrap(),
        name: "sandbox".parse().unwrap(),
        base_url: "https://sandbox.example".to_owned(),
        token_origin: None,
        ca_pem: None,
        allow_plain_http: false,
    };
    world.engine.add_environment(own, "test").unwrap();
    let error = world.engine.token(&elsewhere, "test").await.unwrap_err();
    assert!(matches!(error, EngineError::NotBound { .. }), "{error}");
    assert_eq!(world.asked(), 0);
}

#[test]
fn looking_at_a_locked_vault_never_gets_in_the_way_of_opening_it() {
    let world = World::new();
    world.engine.lock().unwrap();
    let engine = Arc::clone(&world.engine);
    let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let stopped = Arc::clone(&stop);
    let looking = std::thread::spawn(move || {
        while !stopped.load(Ordering::SeqCst) {
            engine.status().unwrap();
        }
    });
    for _ in 0..5 {
        world.unlock().unwrap();
        world.engine.lock().unwrap();
    }
    stop.store(true, Ordering::SeqCst);
    looking.join().unwrap();
}

#[tokio::test]
async fn an_older_file_that_was_put_back_sends_no_secret_to_buy_a_token() {
    let world = World::new();
    let reference = world.add_deepvue();
    world.provider_says(&[sold("token-1", world.now() + TimeDelta::hours(24))]);
    world.engine.lock().unwrap();
    let older = std::fs::read(world.vault_file()).unwrap();
    world.unlock().unwrap();
    let owner = Some("somebody".to_owned());
    world.engine.edit(EditCredential { owner, ..unchanged(reference) }, "test").unwrap();
    world.engine.lock().unwrap();
    std::fs::write(world.vault_file(), older).unwrap();
    world.unlock().unwrap();
    let error = world.token().await.unwrap_err();
    assert!(error.to_string().contains("older"), "{error}");
    assert_eq!(world.asked(), 0);
}
