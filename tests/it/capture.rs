//! Catching a key that its provider shows once (DC6).

use keyturn_sandbox::Provider;
use serde_json::json;

use crate::support::World;

#[test]
fn dc6_a_revealed_key_is_stored_read_back_and_then_it_is_safe_to_close() {
    let world = World::with_providers();
    let key = world.admin().reveal_key();
    let captured = world.keyturn(&["capture", "deepcurrent/new"]).stdin(&key).run().done();
    assert!(captured.stdout.contains("safe to close"), "{}", captured.stdout);
    world.holds_no_secret("what capture says", &captured.stdout);
    let listed = world.listed("deepcurrent/new");
    assert_eq!(listed["reveal"]["state"], "captured");
    let field =
        listed["fields"].as_array().unwrap().iter().find(|field| field["name"] == "api_key");
    assert_eq!(field.unwrap()["last_four"], world.admin().reveal_key(), "as the provider shows it");
    world.keyturn(&["stop"]).run().done();
    world.unlock();
    let stored = world.keyturn(&["get", "deepcurrent/new/api_key"]).run().done();
    assert_eq!(stored.line(), key);
}

#[test]
fn dc6_an_answer_in_json_says_the_same() {
    let world = World::with_providers();
    let key = world.admin().reveal_key();
    let words = ["capture", "deepcurrent/new", "--format", "json"];
    let captured = world.keyturn(&words).stdin(&key).run().done().json();
    assert_eq!(captured["safe_to_close"], json!(true));
    assert_eq!(captured["stored"], "deepcurrent/new/api_key");
}

#[test]
fn a_stored_key_is_not_overwritten_by_a_capture() {
    let world = World::with_providers();
    world.add(Provider::Deepcurrent);
    let words = ["capture", "deepcurrent/main", "--format", "json"];
    let other = "dc_another_key_that_is_not_the_stored_one";
    let refused = world.keyturn(&words).stdin(other).run().exits(1);
    assert_eq!(refused.error()["code"], "already_exists");
    let kept = world.keyturn(&["get", "deepcurrent/main/api_key"]).run().done();
    assert_eq!(kept.line(), world.sandbox().credentials().deepcurrent.api_key);
}

#[test]
fn dc2_what_is_no_key_is_not_safe_to_close() {
    let world = World::with_providers();
    let refused = world.keyturn(&["capture", "deepcurrent/new"]).stdin("hunter2").run().exits(2);
    assert!(!refused.stdout.contains("safe to close"));
    world.keyturn(&["show", "deepcurrent/new"]).run().exits(4);
}

#[test]
fn dc6_without_input_the_key_comes_from_the_clipboard() {
    let world =
        World::empty().screen().vault().providers(&keyturn_sandbox::SandboxOptions::default());
    let key = world.admin().reveal_key();
    world.set_clipboard(&key);
    world.keyturn(&["capture", "deepcurrent/new"]).run().done();
    assert_eq!(world.keyturn(&["get", "deepcurrent/new/api_key"]).run().done().line(), key);
}
