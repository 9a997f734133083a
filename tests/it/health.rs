//! What should be looked at.

use keyturn_sandbox::Provider;
use serde_json::{Value, json};

use crate::support::World;

fn health(world: &World) -> Value {
    world.keyturn(&["health", "--format", "json"]).run().done().json()
}

fn kinds(health: &Value) -> Vec<(&str, &str)> {
    let findings = health["findings"].as_array().unwrap().iter();
    findings.map(|one| (one["kind"].as_str().unwrap(), one["ref"].as_str().unwrap())).collect()
}

#[test]
fn a_vault_that_is_well_has_no_findings_and_fail_does_not_fail() {
    let world = World::with_providers();
    world.add_with(Provider::Deepvue, &["--owner", "Ann"]);
    let shown = health(&world);
    assert_eq!((&shown["credentials"], &shown["findings"]), (&json!(1), &json!([])));
    let text = world.keyturn(&["health", "--fail"]).run().done().stdout;
    assert_eq!(text, "Nothing to look at in 1 credential.\n");
}

#[test]
fn findings_come_gravest_first_and_only_fail_makes_them_a_failure() {
    let world = World::with_providers();
    world.add_with(Provider::Deepvue, &["--owner", "Ann", "--expires", "2020-02-29"]);
    world.add_with(Provider::Deepvue, &["--name", "copy"]);
    let lost = ["add", "deepcurrent", "--last-four", "7x9z", "--owner", "Ann"];
    world.keyturn(&lost).run().done();
    let shown = health(&world);
    assert_eq!(
        kinds(&shown),
        [
            ("overdue", "deepvue/main"),
            ("reused_value", "deepvue/copy"),
            ("reused_value", "deepvue/main"),
            ("value_lost", "deepcurrent/main"),
            ("no_owner", "deepvue/copy"),
        ]
    );
    let overdue = &shown["findings"][0];
    assert!(overdue["finding"].as_str().unwrap().contains("2020-02-29"), "{overdue}");
    assert!(overdue["action"].as_str().unwrap().contains("keyturn rotate deepvue/main"));
    let text = world.keyturn(&["health"]).run().done().stdout;
    assert!(text.contains("overdue") && text.contains("5 things to look at in 3"), "{text}");
    world.keyturn(&["health", "--fail"]).run().exits(1);
    world.keyturn(&["lock"]).run().done();
    world.keyturn(&["health"]).run().exits(3);
    world.home_holds_no_secret();
}

#[test]
fn a_key_for_tests_is_told_where_nothing_says_that_it_is_one() {
    let world = World::with_vault();
    // Put together, so that no scanner takes it for a real one.
    let key = format!("sk_test_{}", "a".repeat(24));
    world.keeps_secret(&key);
    for name in ["shop", "sandbox"] {
        let words = ["add", "stripe", "--name", name, "--owner", "Ann", "--secret", "secret_key"];
        world.keyturn(&words).stdin(&key).run().done();
    }
    let shown = health(&world);
    assert!(kinds(&shown).contains(&("test_key_in_production", "stripe/shop")), "{shown}");
    assert!(!kinds(&shown).contains(&("test_key_in_production", "stripe/sandbox")), "{shown}");
}
