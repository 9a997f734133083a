//! The check of every day: when it is run, what it buys, and what is reminded of until when.

use chrono::TimeDelta;
use keyturn_core::SecuritySettings;
use keyturn_core::reminder::ReminderKind;
use keyturn_engine::{CheckResult, EngineError, TrashChoice};
use keyturn_request::SavedRequest;

use super::{github, run, save, world};
use crate::world::{Said, World, sold};

/// Saves a request over one of that name.
pub(super) fn save_over(world: &World, name: &str, path: &str) -> SavedRequest {
    let saved = world.engine.saved(&github()).unwrap();
    let mut saved = saved.into_iter().map(|one| one.saved).find(|one| one.name == name).unwrap();
    path.clone_into(&mut saved.request.url);
    world.engine.save_request(&github(), saved.clone(), Some(name), "test").unwrap();
    saved
}

pub(super) fn daily(world: &World, on: bool) {
    let security = SecuritySettings { daily_check: on, ..SecuritySettings::default() };
    world.engine.set_security(security, "test").unwrap();
}

pub(super) fn failing(world: &World) -> Vec<String> {
    let entries = world.engine.reminders().into_iter();
    let failed = entries.filter(|entry| entry.reminder.kind == ReminderKind::CheckFailed);
    failed.map(|entry| entry.reminder.title).collect()
}

#[tokio::test]
async fn the_daily_check_is_run_once_a_day_of_the_calendar_and_only_where_it_is_wanted() {
    let world = world();
    assert!(!world.engine.daily_check_is_due(), "it is off until somebody wants it");
    daily(&world, true);
    assert!(world.engine.daily_check_is_due());
    world.engine.run_daily_check().await.unwrap();
    assert_eq!(world.asked(), 1);
    assert!(!world.engine.daily_check_is_due());
    let world = world.restart();
    assert!(!world.engine.daily_check_is_due(), "it is known after the lock");
    world.clock.advance(TimeDelta::hours(12));
    assert!(world.engine.daily_check_is_due(), "midnight was passed");
    world.engine.lock().unwrap();
    assert!(!world.engine.daily_check_is_due(), "a locked vault has no keys");
    world.unlock().unwrap();
    assert!(world.engine.daily_check_is_due());
}

#[tokio::test]
async fn what_failed_is_reminded_of_also_after_a_lock_until_it_passes_again() {
    let world = world();
    daily(&world, true);
    save(&world, "user", "GET", "/user", &["json $.login = maya"]);
    world.provider_says(&[(200, r#"{"login":"canary-of-an-answer"}"#.to_owned())]);
    world.engine.run_daily_check().await.unwrap();
    assert_eq!(failing(&world), ["github/main did not pass its check today"]);
    let said = format!("{:?}", world.engine.reminders());
    assert!(said.contains("its check did not pass") && !said.contains("canary"), "{said}");
    world.engine.lock().unwrap();
    assert_eq!(failing(&world).len(), 1, "also while it is locked");
    world.unlock().unwrap();
    let world = world.restart();
    world.clock.advance(TimeDelta::days(1));
    world.engine.run_daily_check().await.unwrap();
    assert_eq!(failing(&world), ["github/main has not passed its check for 1 day"]);
    world.provider_says(&[(200, r#"{"login":"maya"}"#.to_owned())]);
    run(&world, false).await;
    assert_eq!(failing(&world), [""; 0], "a check by hand counts, too");
}

#[tokio::test]
async fn a_check_by_hand_that_fails_reminds_nobody() {
    let world = world();
    world.provider_says(&[(500, String::new())]);
    assert_eq!(run(&world, false).await[0].result, CheckResult::Failed);
    assert_eq!(failing(&world), [""; 0]);
}

#[tokio::test]
async fn a_daily_check_that_came_to_no_end_is_tried_again_after_an_hour() {
    let world = world();
    daily(&world, true);
    let open = world.provider.gate.available_permits();
    world.provider.gate.forget_permits(open);
    let engine = world.engine.clone();
    let check = tokio::spawn(async move { engine.run_daily_check().await });
    while world.asked() < 1 {
        tokio::task::yield_now().await;
    }
    assert!(!world.engine.daily_check_is_due(), "it is under way");
    check.abort();
    assert!(check.await.unwrap_err().is_cancelled());
    world.provider.gate.add_permits(open);
    assert!(!world.engine.daily_check_is_due(), "it is not begun again and again");
    world.clock.advance(TimeDelta::minutes(61));
    assert!(world.engine.daily_check_is_due());
    world.engine.run_daily_check().await.unwrap();
    world.clock.advance(TimeDelta::minutes(61));
    assert!(!world.engine.daily_check_is_due(), "a positive control: that one ended");
}

#[tokio::test]
async fn a_daily_check_that_a_lock_ended_is_run_when_the_vault_is_open_again() {
    let world = world();
    daily(&world, true);
    let open = world.provider.gate.available_permits();
    world.provider.gate.forget_permits(open);
    let engine = world.engine.clone();
    let check = tokio::spawn(async move { engine.run_daily_check().await });
    while world.asked() < 1 {
        tokio::task::yield_now().await;
    }
    world.engine.lock().unwrap();
    world.provider.gate.add_permits(open);
    assert!(matches!(check.await.unwrap(), Err(EngineError::VaultLocked)));
    world.unlock().unwrap();
    assert!(world.engine.daily_check_is_due());
}

#[tokio::test]
async fn the_daily_check_buys_no_token_where_one_lives_and_a_check_by_hand_does() {
    let world = World::new();
    let reference = world.add_deepvue();
    daily(&world, true);
    let end = world.now() + TimeDelta::hours(24);
    world.provider_says(&[sold("token-1", end)]);
    let first = world.engine.run_daily_check().await.unwrap().remove(0);
    assert_eq!((first.result, first.why, world.asked()), (CheckResult::Passed, None, 1));
    world.clock.advance(TimeDelta::hours(13));
    let second = world.engine.run_daily_check().await.unwrap().remove(0);
    assert_eq!((second.result, world.asked()), (CheckResult::Passed, 1));
    assert!(second.why.unwrap().contains("still lives"));
    world.engine.run_checks(Some(&reference), false, "test").await.unwrap();
    assert_eq!(world.asked(), 2, "who asks by hand wants to know of the key");
}

#[tokio::test(start_paused = true)]
async fn a_token_that_would_have_to_be_waited_for_is_not_bought() {
    let world = World::on_paused_time();
    world.add_deepvue();
    daily(&world, true);
    world.provider_answers([Said::new(429, &[("retry-after", "30")], "{}")]);
    let started = tokio::time::Instant::now();
    for checked in [world.engine.run_daily_check().await, Ok(run(&world, false).await)] {
        let checked = checked.unwrap().remove(0);
        assert_eq!(checked.result, CheckResult::NotRun, "{:?}", checked.why);
    }
    assert!(started.elapsed().as_secs() < 5, "nothing waited for half a minute");
    assert_eq!(world.asked(), 1);
}

#[tokio::test]
async fn a_failure_stays_while_its_request_has_to_wait() {
    let world = world();
    daily(&world, true);
    world.provider_says(&[(404, String::new())]);
    world.engine.run_daily_check().await.unwrap();
    world.clock.advance(TimeDelta::minutes(11 * 60 + 30));
    world.provider_answers([Said::new(429, &[("retry-after", "3600")], "{}")]);
    run(&world, false).await;
    world.clock.advance(TimeDelta::minutes(40));
    let checked = world.engine.run_daily_check().await.unwrap().remove(0);
    assert_eq!(checked.result, CheckResult::NotRun, "{:?}", checked.why);
    assert_eq!(failing(&world).len(), 1, "it failed last, and nothing was tried since");
    daily(&world, false);
    assert_eq!(failing(&world), [""; 0], "who wants no check wants no reminder of one");
}

#[tokio::test]
async fn a_failure_whose_request_is_gone_or_can_no_longer_be_run_is_not_reminded_of() {
    let world = world();
    daily(&world, true);
    world.provider_says(&[(404, String::new())]);
    save(&world, "user", "GET", "/user", &[]);
    world.engine.run_daily_check().await.unwrap();
    assert_eq!(failing(&world).len(), 1, "a positive control");
    let mut user = save_over(&world, "user", "/users/{id}");
    world.clock.advance(TimeDelta::days(1));
    world.engine.run_daily_check().await.unwrap();
    assert_eq!(failing(&world), [""; 0], "it lacks a value now");
    "/user".clone_into(&mut user.request.url);
    world.engine.save_request(&github(), user, Some("user"), "test").unwrap();
    world.clock.advance(TimeDelta::days(1));
    world.engine.run_daily_check().await.unwrap();
    assert_eq!(failing(&world).len(), 1, "a positive control");
    world.engine.remove_saved(&github(), "user", "test").unwrap();
    save(&world, "other", "GET", "/users/{id}", &[]);
    run(&world, false).await;
    assert_eq!(failing(&world), [""; 0], "it is gone");
}

#[tokio::test]
async fn a_failure_is_deleted_with_its_credential() {
    let world = world();
    daily(&world, true);
    world.provider_says(&[(404, String::new())]);
    world.engine.run_daily_check().await.unwrap();
    world.engine.remove(&github(), "test").unwrap();
    let kept = |world: &World| {
        world.engine.lock().unwrap();
        let kept = world.opened().observations().check_failures.len();
        world.unlock().unwrap();
        kept
    };
    assert_eq!(kept(&world), 1, "it may come back from the trash");
    world.engine.empty_trash(&TrashChoice::default(), true, "test").unwrap();
    assert_eq!(kept(&world), 0);
}
