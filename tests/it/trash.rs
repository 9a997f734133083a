//! The trash: what was removed comes back, or is gone for good.

use keyturn_sandbox::Provider;
use serde_json::json;

use crate::support::World;

#[test]
fn what_was_removed_comes_back_with_its_secret_and_is_used_at_once() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    world.keyturn(&["token", "deepvue/main"]).run().done();
    world.keyturn(&["remove", "deepvue/main", "--yes"]).run().done();
    world.keyturn(&["token", "deepvue/main"]).run().exits(4);
    let trash = world.json(&["trash", "list"]);
    assert_eq!(trash[0]["ref"], "deepvue/main");
    assert_eq!((&trash[0]["days_left"], &trash[0]["name_taken"]), (&json!(29), &json!(false)));
    let text = world.keyturn(&["trash", "list"]).run().done().stdout;
    assert!(text.contains("deepvue/main") && text.contains("29 d"), "{text}");
    let restored = world.json(&["trash", "restore", "deepvue/main"]);
    assert_eq!(restored["ref"], "deepvue/main");
    world.keyturn(&["token", "deepvue/main"]).run().done();
    assert_eq!(world.json(&["trash", "list"]), json!([]));
    world.home_holds_no_secret();
}

#[test]
fn a_name_that_is_taken_is_said_with_the_way_out() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    world.keyturn(&["remove", "deepvue/main", "--yes"]).run().done();
    world.add(Provider::Deepvue);
    let words = ["trash", "restore", "deepvue/main", "--format", "json"];
    let refused = world.keyturn(&words).run().exits(1).error();
    assert_eq!(refused["code"], "already_exists");
    assert!(refused["hint"].as_str().unwrap().contains("--as NAME"), "{refused}");
    let restored = world.json(&["trash", "restore", "deepvue/main", "--as", "main-2025"]);
    assert_eq!(restored["ref"], "deepvue/main-2025");
}

#[test]
fn emptying_asks_first_and_then_it_is_gone() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    world.keyturn(&["remove", "deepvue/main", "--yes"]).run().done();
    let words = ["trash", "empty", "--format", "json"];
    assert_eq!(world.keyturn(&words).run().exits(5).error()["code"], "confirmation_needed");
    world.keyturn(&["trash", "empty", "deepvue/other", "--yes"]).run().exits(4);
    let emptied = world.json(&["trash", "empty", "deepvue/main", "--yes"]);
    assert_eq!(emptied, json!({ "deleted": ["deepvue/main"] }));
    world.keyturn(&["trash", "restore", "deepvue/main"]).run().exits(4);
    let log = world.json(&["log", "--ref", "deepvue/main"]);
    assert_eq!(log[0]["kind"], "deleted", "the journal still tells: {log}");
    world.home_holds_no_secret();
}
