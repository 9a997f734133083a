//! Exchanges under way when something else happens: the vault closes, the credential changes, the
//! exchange breaks off.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use keyturn_engine::{EngineError, LiveToken, TokenRequest};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::world::{Said, World, credential, sold, unchanged, wanted};

const LOGIN: &str = "oauth2-password/main";

/// A world whose login has bought `access-1` and `refresh-1`.
async fn logged_in() -> World {
    let world = World::on_paused_time();
    let open = [("host", "api.example"), ("username", "me"), ("client_id", "app")];
    world.engine.add(credential("oauth2-password", &open, &[("password", "pw")]), "test").unwrap();
    world.provider_says(&[bought(1)]);
    renewed(&world).await.unwrap().unwrap();
    world
}

fn bought(number: u32) -> (u16, String) {
    let body = format!(
        r#"{{"access_token":"access-{number}","expires_in":3600,"refresh_token":"refresh-{number}"}}"#
    );
    (200, body)
}

fn buying(world: &World, request: TokenRequest) -> JoinHandle<Result<LiveToken, EngineError>> {
    let engine = Arc::clone(&world.engine);
    tokio::spawn(async move { engine.token(&request, "test").await })
}

fn renewed(world: &World) -> JoinHandle<Result<LiveToken, EngineError>> {
    buying(world, TokenRequest { reference: LOGIN.parse().unwrap(), renew: true, ..wanted() })
}

/// The provider takes requests from now on, and answers none before it may.
fn hold_answers(world: &World) {
    world.provider.gate.forget_permits(usize::MAX);
}

fn let_answers_go(world: &World) {
    world.provider.gate.add_permits(100);
}

async fn until_asked(world: &World, count: usize) {
    let asked = async {
        while world.asked() < count {
            tokio::task::yield_now().await;
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(4), asked).await.unwrap();
}

fn actions(world: &World) -> Vec<String> {
    world.journal().into_iter().map(|entry| entry.action).collect()
}

fn last_form(world: &World) -> String {
    world.provider.forms.lock().unwrap().last().unwrap().clone()
}

#[tokio::test(start_paused = true)]
async fn closing_the_vault_waits_for_a_refresh_that_is_on_the_wire() {
    let world = logged_in().await;
    world.add_deepvue();
    world.provider_says(&[bought(2), bought(3)]);
    hold_answers(&world);
    let renewal = renewed(&world);
    until_asked(&world, 2).await;
    let engine = Arc::clone(&world.engine);
    let closing = tokio::spawn(async move { engine.land_and_lock().await });
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(world.engine.is_unlocked(), "it waits");
    let late = TokenRequest { reference: "deepvue/main".parse().unwrap(), ..wanted() };
    let refused = world.engine.token(&late, "test").await.unwrap_err();
    assert!(refused.to_string().contains("locked"), "nothing new sets out meanwhile: {refused}");
    let_answers_go(&world);
    closing.await.unwrap().unwrap();
    assert!(!world.engine.is_unlocked());
    drop(renewal.await.unwrap());
    world.unlock().unwrap();
    renewed(&world).await.unwrap().unwrap();
    assert!(last_form(&world).contains("refresh_token=refresh-2"), "{}", last_form(&world));
}

#[tokio::test(start_paused = true)]
async fn closing_the_vault_waits_5_seconds_and_the_journal_tells_of_what_was_lost() {
    let world = logged_in().await;
    world.provider_says(&[bought(2)]);
    hold_answers(&world);
    let renewal = renewed(&world);
    until_asked(&world, 2).await;
    let begun = Instant::now();
    world.engine.land_and_lock().await.unwrap();
    assert_eq!(begun.elapsed(), Duration::from_secs(5));
    let_answers_go(&world);
    renewal.await.unwrap().unwrap_err();
    world.unlock().unwrap();
    assert!(actions(&world).contains(&"exchange not saved".to_owned()));
}

#[tokio::test]
async fn a_first_purchase_that_has_ended_already_leaves_its_refresh_token() {
    let world = World::new();
    let open = [("host", "api.example"), ("username", "me"), ("client_id", "app")];
    world.engine.add(credential("oauth2-password", &open, &[("password", "pw")]), "test").unwrap();
    let ended = r#"{"access_token":"access-1","expires_in":-5,"refresh_token":"refresh-1"}"#;
    world.provider_says(&[(200, ended.to_owned()), bought(2)]);
    let request = TokenRequest { reference: LOGIN.parse().unwrap(), ..wanted() };
    let error = world.engine.token(&request, "test").await.unwrap_err();
    assert!(error.to_string().contains("ended"), "{error}");
    let token = world.engine.token(&request, "test").await.unwrap();
    assert_eq!(token.access_token.expose(), "access-2", "the ended one is never handed out");
    assert!(last_form(&world).contains("refresh_token=refresh-1"), "{}", last_form(&world));
}

#[tokio::test]
async fn an_exchange_that_panics_blocks_nobody_after_it() {
    let world = World::new();
    world.add_deepvue();
    world.provider_says(&[sold("token-1", world.now() + TimeDelta::hours(24))]);
    let mut calls = 0;
    world.provider_judges(move || {
        calls += 1;
        assert!(calls > 1, "the panic that this test is about");
        None
    });
    world.token().await.unwrap_err();
    assert_eq!(world.token().await.unwrap().access_token.expose(), "token-1");
}

#[tokio::test(start_paused = true)]
async fn a_token_of_a_credential_that_was_removed_meanwhile_is_not_stored() {
    let world = World::on_paused_time();
    let reference = world.add_deepvue();
    world.provider_says(&[sold("token-1", world.now() + TimeDelta::hours(24))]);
    hold_answers(&world);
    let buying = buying(&world, wanted());
    until_asked(&world, 1).await;
    world.engine.remove(&reference, "test").unwrap();
    let_answers_go(&world);
    buying.await.unwrap().unwrap_err();
    let vault = world.opened();
    let removed = vault.credentials().next().unwrap();
    assert!(vault.token(removed.id, removed.environment()).unwrap().is_none());
    let journal = vault.journal().unwrap();
    assert!(journal.iter().any(|entry| entry.action == "exchange not saved"));
}

#[tokio::test(start_paused = true)]
async fn nobody_joins_an_exchange_that_pays_with_the_old_secret() {
    let world = World::on_paused_time();
    let reference = world.add_deepvue();
    world.provider_says(&[sold("token-1", world.now() + TimeDelta::hours(24))]);
    hold_answers(&world);
    let old = buying(&world, wanted());
    until_asked(&world, 1).await;
    let mut edit = unchanged(reference);
    edit.secrets.insert("client_secret".parse().unwrap(), "another-secret".to_owned().into());
    world.engine.edit(edit, "test").unwrap();
    let new = buying(&world, wanted());
    until_asked(&world, 2).await;
    let_answers_go(&world);
    assert!(matches!(old.await.unwrap(), Err(EngineError::Shared(_))), "it is of no use any more");
    new.await.unwrap().unwrap();
    world.token().await.unwrap();
    assert_eq!(world.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_spent_refresh_token_is_never_sent_again_and_each_request_is_in_the_journal() {
    let world = logged_in().await;
    let refusal = |code: &str| (400, format!(r#"{{"error":"{code}"}}"#));
    world.provider_says(&[refusal("invalid_grant"), refusal("server_error"), bought(2)]);
    renewed(&world).await.unwrap().unwrap_err();
    renewed(&world).await.unwrap().unwrap();
    let forms = world.provider.forms.lock().unwrap().clone();
    let refreshes: Vec<_> = forms.iter().map(|form| form.contains("refresh-1")).collect();
    assert_eq!(refreshes, [false, true, false, false]);
    let actions = actions(&world);
    let count = |wanted: &str| actions.iter().filter(|action| *action == wanted).count();
    assert_eq!((count("exchange"), count("exchange failed")), (2, 2), "{actions:?}");
}

#[tokio::test(start_paused = true)]
async fn a_long_wait_that_a_provider_asked_for_is_kept_to() {
    let world = World::on_paused_time();
    world.add_deepvue();
    world.provider_says(&[sold("token-1", world.now() + TimeDelta::hours(24))]);
    world.token().await.unwrap();
    world.clock.advance(TimeDelta::hours(22));
    let hour = [("retry-after", "3600")];
    world.provider_answers([Said::new(429, &hour, "")]);
    for _ in 0..3 {
        assert_eq!(world.token().await.unwrap().access_token.expose(), "token-1");
        tokio::time::sleep(Duration::from_mins(15)).await;
    }
    assert_eq!(world.asked(), 2, "one that was sold, one that was refused");
    tokio::time::sleep(Duration::from_mins(16)).await;
    world.token().await.unwrap();
    assert_eq!(world.asked(), 3);
}

#[tokio::test]
async fn a_failed_exchange_rings_for_its_journal_entry_to_be_written() {
    let world = World::new();
    world.add_deepvue();
    world.provider_is_unreachable();
    world.token().await.unwrap_err();
    tokio::time::timeout(Duration::from_secs(5), world.engine.journal_waits()).await.unwrap();
    world.engine.flush_journal().unwrap();
    assert!(actions(&world).contains(&"exchange failed".to_owned()));
}
