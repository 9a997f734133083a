//! Being told when a key has to be replaced.

use keyturn_sandbox::{Provider, SandboxOptions};
use serde_json::Value;

use crate::support::{World, wait};

#[test]
fn due_lists_what_comes_up_and_fails_where_it_is_told_to() {
    let world = World::with_providers();
    world.add_with(Provider::Deepidv, &["--issued", "2024-01-01", "--rotate-every", "90d"]);
    world.add_with(Provider::Deepvue, &["--expires", "2099-01-01"]);
    world.add(Provider::Deeply);
    let due = world.keyturn(&["due", "--format", "json"]).run().done().json();
    let due = due.as_array().unwrap();
    assert_eq!(due.len(), 1, "{due:?}");
    assert_eq!(due[0]["ref"], "deepidv/main");
    assert_eq!(due[0]["due_on"], "2024-03-31");
    assert!(due[0]["days_left"].as_i64().unwrap() < 0);
    assert_eq!(world.listed("deepidv/main")["rotation"]["state"], "overdue");
    assert_eq!(world.listed("deepvue/main")["rotation"]["state"], "ok");
    world.keyturn(&["due", "--fail-within", "7d"]).run().exits(1);
    world.keyturn(&["edit", "deepidv/main", "--issued", "2098-01-01"]).run().done();
    world.keyturn(&["due", "--fail-within", "7d"]).run().done();
    let listed = world.keyturn(&["list", "--due", "14d", "--format", "json"]).run().done().json();
    assert_eq!(listed, serde_json::json!([]));
}

/// A key whose rotation date has come gives one OS notification.
#[test]
fn one_notification_tells_of_a_key_that_has_come_due() {
    let world = World::empty().notifications().vault().providers(&SandboxOptions::default());
    world.add_with(Provider::Deepidv, &["--issued", "2024-01-01", "--rotate-every", "90d"]);
    let summaries = || -> Vec<String> {
        let shown = world.desktop_program(&["dunstctl", "count", "displayed"]).stdout;
        let count = String::from_utf8(shown).unwrap();
        if count.trim().parse() == Ok(0_u32) || count.trim().is_empty() {
            return Vec::new();
        }
        world.desktop_program(&["dunstctl", "close-all"]);
        let history = world.desktop_program(&["dunstctl", "history"]).stdout;
        let history: Value = serde_json::from_slice(&history).unwrap();
        let shown = history["data"][0].as_array().unwrap();
        shown.iter().map(|one| one["summary"]["data"].as_str().unwrap().to_owned()).collect()
    };
    let told = wait::until("a notification", || Some(summaries()).filter(|told| !told.is_empty()));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("deepidv/main"), "{told:?}");

    // A second credential that is due proves that the first is not told again: one more comes.
    world.keyturn(&["stop"]).run().done();
    world.unlock();
    world.add_with(Provider::Deeply, &["--expires", "2024-01-01"]);
    let told = wait::until("another notification", || {
        Some(summaries()).filter(|told| told.iter().any(|one| one.contains("deeply/main")))
    });
    let again = told.iter().filter(|one| one.contains("deepidv/main")).count();
    assert_eq!(again, 1, "each is told once: {told:?}");
}
