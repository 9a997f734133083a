//! `keyturn check`: is every key of mine still alive?

use keyturn_sandbox::Provider;
use serde_json::Value;

use crate::support::{Outcome, World, wait};

fn check(world: &World, words: &[&str]) -> Outcome {
    world.keyturn(&[&["check"], words].concat()).run()
}

fn save(world: &World, name: &str, target: &[&str], checks: &[&str]) {
    let reference = ["request", "deepcurrent/main"];
    let checks: Vec<&str> = checks.iter().flat_map(|check| ["--check", *check]).collect();
    world.keyturn(&[&reference[..], target, &["--save", name], &checks].concat()).run().done();
}

fn world() -> World {
    let world = World::with_providers();
    world.add(Provider::Deepcurrent);
    world
}

#[test]
fn each_key_is_checked_by_what_is_saved_and_else_by_its_harmless_test_call() {
    let world = world();
    world.add(Provider::Deepidv);
    save(&world, "me", &["/api/v1/users/me"], &["status 2xx", "header content-type contains json"]);
    save(&world, "gone", &["/api/v1/nowhere"], &["json $.id present", "status 200"]);
    let all = check(&world, &["--format", "json"]).exits(1).json();
    let told: Vec<_> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|one| [&one["ref"], &one["request"], &one["outcome"]].map(|v| v.as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ["deepcurrent/main", "gone", "failed"],
            ["deepcurrent/main", "me", "passed"],
            ["deepidv/main", "", "not_run"]
        ]
    );
    let table = check(&world, &["deepcurrent/main"]).exits(1);
    assert!(table.stdout.contains("failed: 2 of 2 checks did not pass"), "{}", table.stdout);
    let below = "failed: deepcurrent/main gone: status is 200; got 404";
    assert!(table.stderr.contains(below), "{}", table.stderr);
    check(&world, &["deepidv/main"]).done();
    check(&world, &["deepidv/none"]).exits(4);
}

/// DI4: what creates something is run with a yes alone.
#[test]
fn di4_a_saved_request_that_creates_something_needs_a_yes() {
    let world = world();
    save(&world, "create", &["POST", "/api/v1/items"], &[]);
    world.admin().forget_requests();
    let not_run = check(&world, &["--format", "json"]).done().json();
    assert_eq!(not_run[0]["outcome"], "not_run");
    assert_eq!(world.admin().count(Provider::Deepcurrent, "/api/v1/items"), 0);
}

#[test]
fn a_key_that_the_provider_refuses_is_a_finding() {
    let world = world();
    check(&world, &[]).done();
    world.admin().revoke_key(Provider::Deepcurrent);
    world.admin().expire_tokens(Provider::Deepcurrent);
    let refused = check(&world, &["--format", "json"]).exits(1).json();
    assert_eq!(
        (&refused[0]["outcome"], &refused[0]["credential_refused"]),
        (&"failed".into(), &true.into())
    );
}

#[test]
fn the_daily_check_is_switched_on_and_what_fails_is_reminded_of() {
    let world = world();
    save(&world, "gone", &["/api/v1/nowhere"], &[]);
    check(&world, &["--daily", "on"]).done();
    let failed = |list: &Value| {
        let items = list.as_array().unwrap().iter();
        items.filter(|item| item["kind"] == "check_failed").count()
    };
    wait::until("the failed check is reminded of", || {
        (failed(&world.json(&["remind", "--list"])) == 1).then_some(())
    });
    check(&world, &["--daily", "off"]).done();
    assert_eq!(failed(&world.json(&["remind", "--list"])), 0);
}
