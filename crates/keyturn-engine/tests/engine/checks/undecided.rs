//! What says nothing of a key: no answer, a provider in trouble, a turn that has not come.

use chrono::TimeDelta;
use keyturn_core::CredentialRef;
use keyturn_engine::{AddCredential, CheckResult};
use keyturn_request::{Request, SavedRequest};

use super::daily::{daily, failing};
use super::{github, outcomes, run, save, world};
use crate::world::{Said, World, deepvue, sold};

/// The paths that were asked for since the last look.
fn paths(world: &World) -> Vec<String> {
    std::mem::take(&mut *world.provider.paths.lock().unwrap())
}

fn save_for_deepvue(world: &World, names: &[&str]) -> CredentialRef {
    let deepvue: CredentialRef = "deepvue/main".parse().unwrap();
    for name in names {
        let saved = SavedRequest {
            name: (*name).to_owned(),
            request: Request::new("GET", &format!("/v1/{name}")),
            environment: None,
            recipe: None,
            sample: None,
            checks: Vec::new(),
        };
        world.engine.save_request(&deepvue, saved, None, "test").unwrap();
    }
    deepvue
}

#[tokio::test]
async fn nobody_who_is_offline_is_told_that_a_key_is_dead_and_it_is_asked_later() {
    let world = world();
    daily(&world, true);
    world.provider_is_unreachable();
    let checked = world.engine.run_daily_check().await.unwrap();
    assert_eq!(checked[0].result, CheckResult::Failed, "a positive control");
    assert_eq!(failing(&world), [""; 0]);
    assert!(!world.engine.daily_check_is_due());
    world.clock.advance(TimeDelta::minutes(61));
    assert!(world.engine.daily_check_is_due(), "the day's check is still to be run");
    let world = world.restart();
    assert!(world.engine.daily_check_is_due(), "also after a lock");
    world.provider_says(&[(401, r#"{"message":"Bad credentials"}"#.to_owned())]);
    world.engine.run_daily_check().await.unwrap();
    assert_eq!(failing(&world).len(), 1, "a positive control");
    world.clock.advance(TimeDelta::hours(5));
    assert!(!world.engine.daily_check_is_due(), "it was answered");
    world.clock.advance(TimeDelta::hours(10));
    world.provider_is_unreachable();
    world.engine.run_daily_check().await.unwrap();
    assert_eq!(failing(&world).len(), 1, "and being offline does not make it well");
}

#[tokio::test]
async fn who_stays_offline_is_asked_less_and_less_often() {
    let world = world();
    daily(&world, true);
    world.provider_is_unreachable();
    let mut tries = 0;
    for _ in 0..11 {
        if world.engine.daily_check_is_due() {
            world.engine.run_daily_check().await.unwrap();
            tries += 1;
        }
        world.clock.advance(TimeDelta::hours(1));
    }
    assert_eq!(tries, 4, "at once, and after 1, 3 and 7 hours");
}

#[tokio::test]
async fn a_provider_in_trouble_says_nothing_of_a_key_whatever_its_status() {
    for status in [408, 429, 500, 502, 503, 504, 521] {
        let world = world();
        daily(&world, true);
        save(&world, "user", "GET", "/user", &["status 200"]);
        world.provider_says(&[(status, String::new())]);
        let checked = world.engine.run_daily_check().await.unwrap();
        assert_eq!(outcomes(&checked), [("user", CheckResult::Failed)], "{status}");
        assert_eq!(failing(&world), [""; 0], "{status}");
    }
    for status in [301, 400, 402, 403, 404, 501] {
        let world = world();
        daily(&world, true);
        world.provider_says(&[(status, String::new())]);
        world.engine.run_daily_check().await.unwrap();
        assert_eq!(failing(&world).len(), 1, "{status}");
    }
    let world = world();
    daily(&world, true);
    save(&world, "down", "GET", "/user", &["status 503"]);
    world.provider_says(&[(503, String::new())]);
    let checked = world.engine.run_daily_check().await.unwrap();
    assert_eq!(outcomes(&checked), [("down", CheckResult::Passed)], "it is what was expected");
}

#[tokio::test]
async fn only_what_nobody_could_tell_is_asked_again_that_day() {
    let world = world();
    daily(&world, true);
    save(&world, "a", "GET", "/a", &[]);
    save(&world, "b", "GET", "/b", &[]);
    save(&world, "c", "GET", "/c", &[]);
    world.provider_says(&[(503, String::new()), (404, String::new()), (200, String::new())]);
    world.engine.run_daily_check().await.unwrap();
    assert_eq!(failing(&world).len(), 1, "of the 404");
    assert_eq!(paths(&world), ["/a", "/b", "/c"]);
    assert!(!world.engine.daily_check_is_due());
    world.clock.advance(TimeDelta::minutes(61));
    assert!(world.engine.daily_check_is_due());
    world.engine.run_daily_check().await.unwrap();
    assert_eq!(paths(&world), ["/a"]);
    assert_eq!(failing(&world).len(), 1, "nothing was heard of the 404 since");
    world.clock.advance(TimeDelta::hours(5));
    assert!(!world.engine.daily_check_is_due(), "all was told");
    world.clock.advance(TimeDelta::hours(10));
    world.engine.run_daily_check().await.unwrap();
    assert_eq!(paths(&world), ["/a", "/b", "/c"], "a new day");
    assert_eq!(failing(&world), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn dv13_a_turn_that_comes_in_a_moment_is_waited_for_and_one_in_a_minute_is_not() {
    let world = World::on_paused_time();
    let starter = AddCredential { plan: Some("starter".to_owned()), ..deepvue() };
    world.engine.add(starter, "test").unwrap();
    save_for_deepvue(&world, &["a", "b", "c", "d", "e", "f"]);
    let end = world.now() + TimeDelta::hours(24);
    world.provider_says(&[sold("token-1", end), (200, "{}".to_owned())]);
    let checked = run(&world, false).await;
    assert!(checked.iter().all(|one| one.result == CheckResult::Passed), "one request a second");
    world.provider_answers([Said::new(429, &[("retry-after", "30")], "{}")]);
    let begun = tokio::time::Instant::now();
    let checked = run(&world, false).await;
    assert!(checked.iter().all(|one| one.result != CheckResult::Passed), "a positive control");
    assert!(begun.elapsed().as_secs() < 10);
}

/// A wrong password, tried again and again, may lock an account.
#[tokio::test]
async fn a_credential_that_was_refused_is_not_sent_again_with_each_of_its_requests() {
    let refused = |checked: &[keyturn_engine::Checked]| {
        checked.iter().filter(|one| one.result == CheckResult::Failed).count()
    };
    let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
    let world = World::new();
    world.add_deepvue();
    daily(&world, true);
    save_for_deepvue(&world, &names);
    let wrong = r#"{"detail":"Incorrect client_id or client_secret"}"#;
    world.provider_says(&[(401, wrong.to_owned())]);
    let checked = world.engine.run_daily_check().await.unwrap();
    assert_eq!((world.asked(), checked.len()), (1, 12));
    assert_eq!(refused(&checked), 4, "those that waited for the same answer");
    let why = checked[11].why.as_deref().unwrap();
    assert!(why.contains("refused"), "{why}");
    assert_eq!(failing(&world).len(), 1);
    world.clock.advance(TimeDelta::minutes(61));
    assert!(!world.engine.daily_check_is_due(), "nor in an hour");

    let world = super::world();
    for name in names {
        save(&world, name, "GET", "/user", &[]);
    }
    world.provider_says(&[(401, r#"{"message":"Bad credentials"}"#.to_owned())]);
    assert_eq!(refused(&run(&world, false).await), world.asked());
    assert!(world.asked() <= 4, "{}", world.asked());
    world.provider_says(&[(200, "{}".to_owned())]);
    assert_eq!(world.engine.exchanges(&github()).unwrap().len(), world.asked());
    assert!(run(&world, false).await.iter().all(|one| one.result == CheckResult::Passed));
}
