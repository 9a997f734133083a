//! Who uses a credential: programs that were seen, and what the user wrote down.

use std::fs;

use keyturn_sandbox::Provider;
use serde_json::{Value, json};

use crate::support::{Outcome, World};

fn consumers(world: &World, words: &[&str]) -> Outcome {
    let words = [&["consumers", "deepvue/main"], words, &["--format", "json"]].concat();
    world.keyturn(&words).run()
}

/// Lets `make` take the secret.
fn make_takes_the_key(world: &World) {
    let recipe = "key:\n\t@keyturn get deepvue/main/client_secret > taken\n";
    fs::write(world.folder().join("Makefile"), recipe).unwrap();
    world.program(&["make", "--silent", "key"]).run().done();
    assert!(fs::metadata(world.folder().join("taken")).unwrap().len() > 1, "it got the key");
}

fn replace_key(world: &World) {
    let words = ["edit", "deepvue/main", "--secret", "client_secret"];
    world.keyturn(&words).stdin("replaced-client-secret-k2p4").run().done();
    world.keeps_secret("replaced-client-secret-k2p4");
}

fn seen<'a>(shown: &'a Value, program: &str) -> &'a Value {
    let seen = shown["seen"].as_array().unwrap();
    let one = seen.iter().find(|one| one["program"] == program);
    one.unwrap_or_else(|| panic!("{program} was seen: {seen:?}"))
}

#[test]
fn a_program_is_seen_by_itself_with_what_it_did_and_which_version_it_got() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    make_takes_the_key(&world);
    let shown = consumers(&world, &[]).done().json();
    let make = seen(&shown, "make");
    assert_eq!(
        (&make["action"], &make["version"], &make["uses"]),
        (&json!("get"), &json!(1), &json!(1))
    );
    assert_eq!(shown["behind"], json!([]));
    replace_key(&world);
    let shown = consumers(&world, &[]).done().json();
    assert_eq!((&shown["version"], &shown["wanted_version"]), (&json!(2), &json!(2)));
    let behind = shown["behind"].as_array().unwrap();
    assert!(behind[0].as_str().unwrap().starts_with("make (used version 1 last"), "{behind:?}");
    make_takes_the_key(&world);
    let shown = consumers(&world, &[]).done().json();
    assert_eq!(seen(&shown, "make")["version"], 2);
    assert_eq!(shown["behind"], json!([]));
    let text = world.keyturn(&["consumers", "deepvue/main"]).run().done().stdout;
    assert!(text.contains("make") && text.contains("Nobody is written down."), "{text}");
    world.keyturn(&["lock"]).run().done();
    world.home_holds_no_secret();
}

#[test]
fn who_is_written_down_has_a_number_and_a_version_and_lags_until_it_has_the_new_key() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    consumers(&world, &["--add", "GitHub Actions of repo X"]).done();
    let shown = consumers(&world, &["--add", "server Y"]).done().json();
    assert_eq!(shown["written_down"][1]["name"], "server Y");
    assert_eq!(shown["written_down"][1]["version"], 1);
    replace_key(&world);
    world.keyturn(&["stop"]).run().done();
    world.unlock();
    let shown = consumers(&world, &["--has-new", "2"]).done().json();
    assert_eq!(shown["behind"], json!(["GitHub Actions of repo X (has version 1)"]));
    let text = world.keyturn(&["consumers", "deepvue/main"]).run().done().stdout;
    assert!(text.contains("STILL WITHOUT IT\nGitHub Actions of repo X"), "{text}");
    let shown = consumers(&world, &["--lacks-new", "2"]).done().json();
    assert_eq!(shown["behind"].as_array().unwrap().len(), 2);
    let shown = consumers(&world, &["--remove", "1"]).done().json();
    assert_eq!(shown["written_down"].as_array().unwrap().len(), 1);
    let shown = consumers(&world, &["--add", "another"]).done().json();
    assert_eq!(shown["written_down"][0]["id"], 3, "a number is never used again");
}

#[test]
fn what_is_no_name_or_no_number_is_refused_with_words() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    consumers(&world, &["--add", "make"]).done();
    assert_eq!(consumers(&world, &["--add", "Make"]).exits(1).error()["code"], "already_exists");
    consumers(&world, &["--add", "  "]).exits(2);
    consumers(&world, &["--add", "a\nb"]).exits(2);
    consumers(&world, &["--add", &"a".repeat(201)]).exits(2);
    consumers(&world, &["--has-new", "7"]).exits(4);
    consumers(&world, &["--add", "x", "--remove", "1"]).exits(2);
    world.keyturn(&["consumers", "deepvue/none"]).run().exits(4);
    let key = world.sandbox().credentials().deepvue.client_secret;
    let refused = consumers(&world, &["--add", &key]).exits(2);
    assert!(refused.error()["message"].as_str().unwrap().contains("secret"), "{refused:?}");
    let shown = consumers(&world, &[]).done().json();
    assert_eq!(shown["written_down"].as_array().unwrap().len(), 1);
}
