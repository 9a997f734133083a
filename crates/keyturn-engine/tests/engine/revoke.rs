//! Revocation: what is forgotten, and what is kept where a provider does only a part of it.

use std::sync::Arc;
use std::time::Duration;

use keyturn_core::ExpirySource;
use keyturn_engine::{EngineError, TokenRequest};
use keyturn_http::TokenKind;
use keyturn_vault::{Batch, LearnedLifetime, Observations};

use crate::world::{World, credential, reading, unchanged, wanted};

const MAIN: &str = "oauth2-password/main";

fn world(open: &[(&str, &str)]) -> World {
    world_on(World::new(), open)
}

fn world_on(world: World, open: &[(&str, &str)]) -> World {
    let usual = [("host", "api.example"), ("username", "me"), ("client_id", "app")];
    let open = [&usual[..], open].concat();
    let login = credential("oauth2-password", &open, &[("password", "a password")]);
    world.engine.add(login, "test").unwrap();
    world
}

fn bought(number: u32) -> (u16, String) {
    let body = format!(
        r#"{{"access_token":"access-{number}","expires_in":3600,"refresh_token":"refresh-{number}"}}"#
    );
    (200, body)
}

async fn access_token(world: &World) -> String {
    let request = TokenRequest { reference: MAIN.parse().unwrap(), ..wanted() };
    world.engine.token(&request, "test").await.unwrap().access_token.expose().clone()
}

async fn revoke(world: &World) -> Result<Vec<TokenKind>, EngineError> {
    world.engine.revoke(&MAIN.parse().unwrap(), None, "test").await
}

const PATH: (&str, &str) = ("revocation_path", "/oauth/revoke");

#[tokio::test]
async fn both_tokens_are_revoked_and_forgotten() {
    let world = world(&[PATH]);
    world.provider_says(&[bought(1), (200, String::new()), (200, String::new()), bought(2)]);
    access_token(&world).await;
    assert_eq!(revoke(&world).await.unwrap(), [TokenKind::Access, TokenKind::Refresh]);
    assert_eq!(access_token(&world).await, "access-2");
    let forms = world.provider.forms.lock().unwrap().clone();
    assert_eq!(
        forms[1..3],
        [
            "api.example:443 token=access-1 token_type_hint=access_token client_id=app",
            "api.example:443 token=refresh-1 token_type_hint=refresh_token client_id=app",
        ]
    );
    assert!(forms[3].contains("grant_type=password"), "the refresh token is gone: {}", forms[3]);
    assert_eq!(world.provider.paths.lock().unwrap()[1], "/oauth/revoke");
}

#[tokio::test]
async fn what_the_provider_does_not_revoke_stays() {
    let unsupported = (400, r#"{"error":"unsupported_token_type"}"#.to_owned());
    let world = world(&[PATH]);
    world.provider_says(&[bought(1), unsupported, (200, String::new()), bought(2)]);
    access_token(&world).await;
    let error = revoke(&world).await.unwrap_err();
    assert!(error.to_string().ends_with("the refresh token was revoked"), "{error}");
    assert_eq!(access_token(&world).await, "access-1", "it lives on");
    let request = TokenRequest { reference: MAIN.parse().unwrap(), renew: true, ..wanted() };
    world.engine.token(&request, "test").await.unwrap();
    let forms = world.provider.forms.lock().unwrap().clone();
    assert!(forms[3].contains("grant_type=password"), "the refresh token is gone: {}", forms[3]);
}

#[tokio::test]
async fn a_dead_access_token_is_not_handed_out_where_its_refresh_token_stays() {
    let world = world(&[PATH]);
    world.provider_says(&[bought(1), (200, String::new()), (503, String::new()), bought(2)]);
    access_token(&world).await;
    revoke(&world).await.unwrap_err();
    assert_eq!(access_token(&world).await, "access-2");
    let forms = world.provider.forms.lock().unwrap().clone();
    assert!(forms[3].contains("refresh_token=refresh-1"), "{}", forms[3]);
}

#[tokio::test]
async fn nothing_is_lost_where_there_is_no_path_or_nobody_answers() {
    let world = world(&[]);
    world.provider_says(&[bought(1)]);
    access_token(&world).await;
    assert!(matches!(revoke(&world).await, Err(EngineError::NoRevocation { .. })));
    assert_eq!((world.asked(), access_token(&world).await.as_str()), (1, "access-1"));

    let world = self::world(&[PATH]);
    world.provider_says(&[bought(1)]);
    access_token(&world).await;
    world.provider_is_down();
    assert!(matches!(revoke(&world).await, Err(EngineError::Revoke { .. })));
    assert_eq!((world.asked(), access_token(&world).await.as_str()), (2, "access-1"));
}

#[tokio::test]
async fn the_token_host_gets_exchanges_and_revocations_and_the_api_gets_the_rest() {
    let world = world(&[PATH, ("token_host", "login.example")]);
    world.provider_says(&[bought(1), (200, "{}".to_owned()), (200, String::new())]);
    world.engine.send(reading(MAIN, "/v1/things"), "test").await.unwrap();
    revoke(&world).await.unwrap();
    let forms = world.provider.forms.lock().unwrap().clone();
    let hosts: Vec<_> = forms.iter().map(|form| form.split(' ').next().unwrap()).collect();
    let login = "login.example:443";
    assert_eq!(hosts, [login, "api.example:443", login, login]);
}

#[tokio::test]
async fn a_dead_access_token_is_not_handed_out_where_its_end_was_only_learned() {
    let world = world(&[PATH]);
    let mut vault = world.opened();
    let mut batch = Batch::new();
    batch.put_observations(Observations {
        lifetimes: vec![LearnedLifetime {
            provider: "oauth2-password".parse().unwrap(),
            environment: "default".parse().unwrap(),
            seconds: 3_600,
        }],
        ..Observations::default()
    });
    vault.commit(batch).unwrap();
    drop(vault);
    world.unlock().unwrap();
    let endless = r#"{"access_token":"access-1","refresh_token":"refresh-1"}"#.to_owned();
    world.provider_says(&[(200, endless), (200, String::new()), (503, String::new()), bought(2)]);
    let request = TokenRequest { reference: MAIN.parse().unwrap(), ..wanted() };
    let first = world.engine.token(&request, "test").await.unwrap();
    assert_eq!(first.expiry.source, ExpirySource::Learned, "positive control");
    revoke(&world).await.unwrap_err();
    assert_eq!(access_token(&world).await, "access-2");
}

#[tokio::test(start_paused = true)]
async fn what_an_exchange_just_buys_is_revoked_too() {
    let world = world(&[PATH]);
    world.provider_says(&[bought(1), bought(2), (200, String::new())]);
    access_token(&world).await;
    world.provider.gate.forget_permits(usize::MAX);
    let request = TokenRequest { reference: MAIN.parse().unwrap(), renew: true, ..wanted() };
    let engine = Arc::clone(&world.engine);
    let renewal = tokio::spawn(async move { engine.token(&request, "test").await });
    while world.asked() < 2 {
        tokio::task::yield_now().await;
    }
    let engine = Arc::clone(&world.engine);
    let revocation =
        tokio::spawn(async move { engine.revoke(&MAIN.parse().unwrap(), None, "test").await });
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(world.asked(), 2, "it waits for the exchange");
    world.provider.gate.add_permits(100);
    revocation.await.unwrap().unwrap();
    drop(renewal.await.unwrap());
    let forms = world.provider.forms.lock().unwrap().clone();
    assert!(forms[2].contains("token=access-2"), "{}", forms[2]);
    assert!(forms[3].contains("token=refresh-2"), "{}", forms[3]);
}

#[tokio::test(start_paused = true)]
async fn a_revoked_token_is_not_bought_again_in_the_background() {
    let world = world_on(World::on_paused_time(), &[PATH]);
    let mut edit = unchanged(MAIN.parse().unwrap());
    edit.keep_fresh = Some(true);
    world.engine.edit(edit, "test").unwrap();
    world.provider_says(&[bought(1), (200, String::new()), (200, String::new()), bought(2)]);
    let changed = Arc::new(tokio::sync::Notify::new());
    tokio::spawn(Arc::clone(&world.engine).keep_fresh(Arc::clone(&changed), |_| {}));
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(world.asked(), 1, "positive control: it is bought in the background");
    revoke(&world).await.unwrap();
    changed.notify_one();
    tokio::time::sleep(Duration::from_hours(5)).await;
    assert_eq!(world.asked(), 3);
    assert_eq!(access_token(&world).await, "access-2", "whoever asks for one gets it");
}

#[tokio::test(start_paused = true)]
async fn closing_the_vault_waits_for_a_revocation_to_be_written_down() {
    let world = world_on(World::on_paused_time(), &[PATH]);
    world.provider_says(&[bought(1), (200, String::new())]);
    access_token(&world).await;
    world.provider.gate.forget_permits(usize::MAX);
    let engine = Arc::clone(&world.engine);
    let revocation =
        tokio::spawn(async move { engine.revoke(&MAIN.parse().unwrap(), None, "test").await });
    while world.asked() < 2 {
        tokio::task::yield_now().await;
    }
    let engine = Arc::clone(&world.engine);
    let closing = tokio::spawn(async move { engine.land_and_lock().await });
    tokio::time::sleep(Duration::from_secs(1)).await;
    world.provider.gate.add_permits(100);
    closing.await.unwrap().unwrap();
    revocation.await.unwrap().unwrap();
    assert!(world.journal().iter().any(|entry| entry.action == "revoke"));
}
