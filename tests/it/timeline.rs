//! Seeing what happens to one's keys, day by day.

use keyturn_sandbox::Provider;
use serde_json::Value;

use crate::support::World;

fn lanes(world: &World) -> Vec<Value> {
    let timeline = world.keyturn(&["timeline", "--format", "json"]).run().done().json();
    assert!(timeline["today"].is_string(), "{timeline}");
    timeline["lanes"].as_array().unwrap().clone()
}

fn events_of<'a>(lane: &'a Value, kind: &str) -> Vec<&'a Value> {
    let events = lane["events"].as_array().unwrap().iter();
    events.filter(|event| event["kind"] == kind).collect()
}

#[test]
fn the_timeline_has_a_lane_for_each_credential_and_says_what_due_and_list_say() {
    let world = World::with_providers();
    world.add_with(Provider::Deepidv, &["--issued", "2024-01-01", "--rotate-every", "90d"]);
    world.add(Provider::Deepvue);
    world.add_with(Provider::Deeply, &["--expires", "2099-01-01"]);
    world.keyturn(&["token", "deepvue/main"]).run().done();

    let lanes = lanes(&world);
    let names: Vec<&str> = lanes.iter().map(|lane| lane["ref"].as_str().unwrap()).collect();
    assert_eq!(names, ["deepidv/main", "deeply/main", "deepvue/main"], "due first above");
    assert_eq!(lanes[0]["from"], "2024-01-01");
    assert_eq!(lanes[0]["due_on"], "2024-03-31");
    assert_eq!(lanes[0]["window_from"], "2024-03-01", "thirty days ahead");
    assert_eq!(lanes[0]["state"], "overdue");
    assert_eq!(events_of(&lanes[0], "due")[0]["on"], "2024-03-31");
    assert_eq!(lanes[1]["until"], "2099-01-01");
    let token = events_of(&lanes[2], "token_expires");
    let listed = world.listed("deepvue/main");
    assert_eq!(token[0]["at"], listed["token"]["expires_at"]);
    for lane in &lanes {
        assert_eq!(lane["overlap_from"], Value::Null, "nothing is rotated: {lane}");
        assert_eq!(events_of(lane, "expires").len(), 0, "2099 is beyond 90 days");
    }
}

#[test]
fn the_timeline_on_a_terminal_lists_what_is_overdue_and_what_comes() {
    let world = World::with_providers();
    world.add_with(Provider::Deepidv, &["--issued", "2024-01-01", "--rotate-every", "90d"]);
    world.add_with(Provider::Deeply, &["--expires", "2099-01-01"]);
    let shown = world.keyturn(&["timeline"]).run().done().stdout;
    let mut lines = shown.lines();
    assert_eq!(lines.next().unwrap().split_whitespace().collect::<Vec<_>>()[..2], ["DAY", "WHEN"]);
    let overdue = lines.next().unwrap();
    assert!(overdue.starts_with("2024-03-31  ") && overdue.contains("days ago"), "{shown}");
    assert!(overdue.ends_with("deepidv/main  The key is due to be replaced"), "{shown}");
    assert!(!shown.contains("2099"), "{shown}");
    let far = world.keyturn(&["timeline", "--within", "36500d"]).run().done().stdout;
    assert!(far.contains("2099-01-01"), "{far}");

    world.keyturn(&["remove", "deepidv/main", "--yes"]).run().done();
    let quiet = world.keyturn(&["timeline", "--within", "0d"]).run().done().stdout;
    assert!(quiet.contains("The first key is due on 2099-01-01: deeply/main."), "{quiet}");
}

/// DV14: the checklist's item on monitoring is reminded of when it comes due again.
#[test]
fn dv14_monitoring_is_reminded_of_again_a_month_after_its_tick() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let tick = ["checklist", "deepvue/main", "--tick", "monitoring", "--format", "json"];
    let items = world.keyturn(&tick).run().done().json();
    let items = items.as_array().unwrap();
    let again_on =
        items.iter().find(|item| item["id"] == "monitoring").unwrap()["again_on"].clone();
    let coming = world.keyturn(&["remind", "--list", "--format", "json"]).run().done().json();
    let of_list = |one: &&Value| one["kind"] == "checklist" && one["ref"] == "deepvue/main";
    let reminder = coming.as_array().unwrap().iter().find(of_list).unwrap().clone();
    assert_eq!(reminder["due_on"], again_on);
    let lane = lanes(&world).remove(0);
    let reminders = events_of(&lane, "reminder");
    assert_eq!(reminders.len(), 1, "{lane}");
    assert_eq!(reminders[0]["on"], again_on);
}

#[test]
fn a_locked_vault_shows_no_timeline() {
    let world = World::with_vault();
    let empty = world.keyturn(&["timeline"]).run().done().stdout;
    assert_eq!(empty, "Nothing happens within 90 days.\n");
    world.keyturn(&["lock"]).run().done();
    world.keyturn(&["timeline"]).run().exits(3);
}
