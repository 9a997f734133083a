//! What is changed while the check of the day is under way.

use chrono::TimeDelta;
use keyturn_core::Secret;
use keyturn_engine::{CheckResult, EditCredential};

use super::daily::{daily, failing, save_over};
use super::{GITHUB_KEY, github, save, world};
use crate::world::{World, credential, unchanged};

const NEWER_KEY: &str = concat!("ghp_", "543210IJHGFEDCBAjihgfedcba9876543210");

type Running = tokio::task::JoinHandle<Vec<(String, CheckResult)>>;

/// Six requests, of which four are under way until [`go_on`].
async fn begun(world: &World) -> Running {
    daily(world, true);
    for name in ["a", "b", "c", "d", "e", "f"] {
        save(world, name, "GET", &format!("/{name}"), &[]);
    }
    let open = world.provider.gate.available_permits();
    world.provider.gate.forget_permits(open);
    let engine = world.engine.clone();
    let running = tokio::spawn(async move {
        let checked = engine.run_daily_check().await.unwrap();
        checked.into_iter().map(|one| (one.request, one.result)).collect()
    });
    while world.asked() < 4 {
        tokio::task::yield_now().await;
    }
    running
}

async fn go_on(world: &World, running: Running) -> Vec<(String, CheckResult)> {
    world.provider.gate.add_permits(100);
    running.await.unwrap()
}

fn asked_late(world: &World) -> Vec<String> {
    world.provider.paths.lock().unwrap().split_off(4)
}

fn replace_key(world: &World, key: &str) {
    let secrets = [("access_token".parse().unwrap(), Secret::new(key.to_owned()))];
    let edit = EditCredential { secrets: secrets.into_iter().collect(), ..unchanged(github()) };
    world.engine.edit(edit, "test").unwrap();
}

#[tokio::test]
async fn what_is_removed_is_not_sent_and_what_is_changed_is_sent_as_it_is_now() {
    let world = world();
    let running = begun(&world).await;
    world.engine.remove_saved(&github(), "e", "test").unwrap();
    save_over(&world, "f", "/changed");
    let checked = go_on(&world, running).await;
    assert_eq!(asked_late(&world), ["/changed"]);
    assert_eq!(checked[4], ("e".to_owned(), CheckResult::NotRun));
    assert_eq!(checked[5], ("f".to_owned(), CheckResult::Passed));
}

#[tokio::test]
async fn di4_what_is_changed_into_something_that_creates_is_not_sent() {
    let world = world();
    let running = begun(&world).await;
    let mut saved = save_over(&world, "f", "/user/repos");
    "POST".clone_into(&mut saved.request.method);
    world.engine.save_request(&github(), saved, Some("f"), "test").unwrap();
    go_on(&world, running).await;
    assert_eq!(asked_late(&world), ["/e"]);
}

#[tokio::test]
async fn who_switches_it_off_has_nothing_more_sent() {
    let world = world();
    let running = begun(&world).await;
    daily(&world, false);
    go_on(&world, running).await;
    assert_eq!(asked_late(&world), [""; 0]);
}

#[tokio::test]
async fn another_credential_of_the_same_name_is_not_asked_what_was_saved_with_the_first() {
    let world = world();
    world.provider_says(&[(404, String::new())]);
    let running = begun(&world).await;
    world.engine.remove(&github(), "test").unwrap();
    world.engine.add(credential("github", &[], &[("access_token", NEWER_KEY)]), "test").unwrap();
    go_on(&world, running).await;
    assert_eq!(asked_late(&world), [""; 0]);
    assert_eq!(failing(&world), [""; 0], "nor is the other one said to have failed");
}

#[tokio::test]
async fn what_an_older_key_did_not_pass_is_not_said_of_the_one_that_took_its_place() {
    let world = world();
    daily(&world, true);
    world.provider_says(&[(401, r#"{"message":"Bad credentials"}"#.to_owned())]);
    world.engine.run_daily_check().await.unwrap();
    assert_eq!(failing(&world).len(), 1, "a positive control");
    let world = world.restart();
    replace_key(&world, GITHUB_KEY);
    assert_eq!(failing(&world), [""; 0], "nobody asked the new key yet");
    world.clock.advance(TimeDelta::days(1));
    world.engine.run_daily_check().await.unwrap();
    assert_eq!(failing(&world), ["github/main did not pass its check today"]);
}

#[tokio::test]
async fn what_was_asked_with_an_older_key_is_asked_again_with_the_newer_one() {
    let world = world();
    world.provider_says(&[(401, r#"{"message":"Bad credentials"}"#.to_owned())]);
    let running = begun(&world).await;
    replace_key(&world, NEWER_KEY);
    go_on(&world, running).await;
    assert_eq!(failing(&world), [""; 0]);
    world.clock.advance(TimeDelta::minutes(61));
    assert!(world.engine.daily_check_is_due());
    world.engine.run_daily_check().await.unwrap();
    assert_eq!(failing(&world).len(), 1, "a positive control: the new key is refused, too");
}
