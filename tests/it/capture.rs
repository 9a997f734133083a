//! Catching a key that its provider shows once (DC6).

use std::io::Write as _;

use keyturn_sandbox::Provider;
use serde_json::{Value, json};

use crate::support::World;

fn state(world: &World, reference: &str) -> Value {
    world.listed(reference)["reveal"]["state"].clone()
}

/// Runs a command on a terminal of its own, as a person would; `typed` is what that person types. Answers
/// its exit status and all that the terminal showed.
fn on_terminal(world: &World, command: &str, typed: &str) -> (Option<i32>, String) {
    let words = ["script", "--quiet", "--return", "--command", command, "/dev/null"];
    let mut child = world.program(&words).spawn_for_dialogue();
    let mut keyboard = child.stdin.take().unwrap();
    keyboard.write_all(typed.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    drop(keyboard);
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

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

/// DC6: recorded before it is revealed, called lost, known by its last four, caught at last.
#[test]
fn dc6_a_key_goes_through_its_states() {
    let world = World::with_providers();
    let key = world.admin().reveal_key();
    let four = world.admin().reveal_key();
    world.keyturn(&["add", "deepcurrent", "--not-revealed"]).run().done();
    assert_eq!(state(&world, "deepcurrent/main"), "not_revealed");
    world.keyturn(&["get", "deepcurrent/main/api_key"]).run().exits(4);
    world.keyturn(&["edit", "deepcurrent/main", "--lost"]).run().done();
    assert_eq!(state(&world, "deepcurrent/main"), "lost");
    world.keyturn(&["edit", "deepcurrent/main", "--last-four", &four]).run().done();
    assert_eq!(state(&world, "deepcurrent/main"), "last_four_only");
    let capture = ["capture", "deepcurrent/main", "--format", "json"];
    let another = "dc_a_key_of_another_account_1111";
    let refused = world.keyturn(&capture).stdin(another).run().exits(5);
    assert_eq!(refused.error()["code"], "confirmation_needed");
    let told = refused.error()["message"].as_str().unwrap().to_owned();
    assert!(told.contains(&four) && told.contains("1111"), "{told}");
    assert_eq!(state(&world, "deepcurrent/main"), "last_four_only", "nothing was stored");
    let found = world.keyturn(&capture).stdin(&key).run().done().json();
    assert_eq!(found["matches_known_last_four"], json!(true));
    assert_eq!(state(&world, "deepcurrent/main"), "captured");
    let lost = world.keyturn(&["edit", "deepcurrent/main", "--lost"]).run().exits(1);
    assert!(lost.stderr.contains("is stored here"), "{}", lost.stderr);
    world.keeps_secret(&key);
    world.home_holds_no_secret();
}

/// DC5: the test comes after it is safe, compares the last four, and undoes nothing.
#[test]
fn dc5_a_captured_key_is_tested_where_the_user_agrees() {
    let world = World::with_providers();
    let key = world.admin().reveal_key();
    for name in ["new", "wrong"] {
        let words = ["add", "deepcurrent", "--name", name, "--not-revealed", "--environment"];
        world.keyturn(&[&words[..], &["sandbox"]].concat()).run().done();
    }
    let words = ["capture", "deepcurrent/new", "--test", "--format", "json"];
    let captured = world.keyturn(&words).stdin(&key).run().done().json();
    assert_eq!(captured["tested"]["worked"], json!(true), "{captured}");
    assert_eq!(captured["tested"]["warning"], Value::Null);
    let wrong = "dc_a_key_of_another_account_1111";
    let words = ["capture", "deepcurrent/wrong", "--test"];
    let refused = world.keyturn(&words).stdin(wrong).run().exits(6);
    let said = &refused.stdout;
    let (safe, test) = (said.find("safe to close").unwrap(), said.find("refused it").unwrap());
    assert!(safe < test, "safe is said first: {said}");
    let stored = world.keyturn(&["get", "deepcurrent/wrong/api_key"]).run().done();
    assert_eq!(stored.line(), wrong, "a failing test undoes nothing");
    let words = ["capture", "deepcurrent/wrong", "--no-test", "--format", "json"];
    let untested = world.keyturn(&words).stdin(wrong).run().done().json();
    assert_eq!(untested["tested"], Value::Null);
}

#[test]
fn dc6_what_a_copy_brings_along_is_understood_or_refused_with_words() {
    let world = World::with_providers();
    let key = world.admin().reveal_key();
    let (start, end) = key.split_at(20);
    for (text, said) in [
        ("you@example.com".to_owned(), "looks like an e-mail address"),
        ("dc_FRIEND42".to_owned(), "referral code"),
        (format!("{start} {end}"), "a space in the middle"),
        (format!("{start}\n{end}"), "a line break in the middle"),
        (format!("{key}\ndc_a_key_of_another_account_1111"), "2 different values"),
        (["sk", "live", "0123456789abcdef"].join("_"), "begins with 'dc_'"),
        ("dc_••••••••••••7x9z".to_owned(), "masked"),
    ] {
        let refused = world.keyturn(&["capture", "deepcurrent/new"]).stdin(&text).run().exits(2);
        assert!(refused.stderr.contains(said), "{said}: {}", refused.stderr);
        assert!(!refused.stdout.contains("safe to close"));
        world.keyturn(&["show", "deepcurrent/new"]).run().exits(4);
    }
    let pasted = format!("export DEEPCURRENT_API_KEY=\"{start}\u{200b}{end}\"\n");
    let caught = world.keyturn(&["capture", "deepcurrent/new"]).stdin(&pasted).run().done();
    assert!(caught.stderr.contains("left out"), "it says so: {}", caught.stderr);
    let stored = world.keyturn(&["get", "deepcurrent/new/api_key"]).run().done();
    assert_eq!(stored.line(), key);
}

#[test]
fn dc6_a_key_that_is_stored_already_is_told_of_and_needs_a_yes() {
    let world = World::with_providers();
    world.add(Provider::Deepcurrent);
    let key = world.sandbox().credentials().deepcurrent.api_key.clone();
    let twice = ["capture", "deepcurrent/twin", "--format", "json"];
    let refused = world.keyturn(&twice).stdin(&key).run().exits(5);
    let message = refused.error()["message"].as_str().unwrap().to_owned();
    assert!(message.contains("deepcurrent/main/api_key"), "{message}");
    world.keyturn(&["show", "deepcurrent/twin"]).run().exits(4);
    let yes = [&twice[..], &["--yes"]].concat();
    let stored = world.keyturn(&yes).stdin(&key).run().done().json();
    assert_eq!(stored["duplicate_of"]["ref"], "deepcurrent/main");
    assert_eq!(stored["duplicate_of"]["standing"], "current");
}

/// DC7: while a rotation waits for its key, a capture is that key, and the old one stays in use.
#[test]
fn dc7_a_capture_during_a_rotation_is_its_new_key() {
    let world = World::with_providers();
    world.add(Provider::Deepcurrent);
    let main = "deepcurrent/main";
    let old = world.sandbox().credentials().deepcurrent.api_key.clone();
    world.keyturn(&["rotate", main, "--start"]).run().done();
    let new = world.admin().issue_key(Provider::Deepcurrent);
    world.keeps_secret(&old);
    let caught = world.keyturn(&["capture", main, "--format", "json"]).stdin(&new).run().done();
    assert_eq!(caught.json()["is_next"], json!(true));
    let in_use = world.keyturn(&["get", "deepcurrent/main/api_key"]).run().done();
    assert_eq!(in_use.line(), old);
    assert_eq!(world.listed(main)["rotation"]["state"], "issued");
}

/// DC6: showing it again takes a second yes, which is written down; a pipe takes it without.
#[test]
fn dc6_a_captured_key_is_shown_on_a_terminal_after_a_second_yes_alone() {
    let world = World::with_providers();
    let key = world.admin().reveal_key();
    world.keyturn(&["capture", "deepcurrent/new"]).stdin(&key).run().done();
    let get = "keyturn get deepcurrent/new/api_key --show";
    let (status, screen) = on_terminal(&world, &format!("{get} --no-input"), "");
    assert!(screen.contains("second yes") && !screen.contains(&key), "{screen}");
    assert_eq!(status, Some(5));
    let (status, screen) = on_terminal(&world, get, "n\n");
    assert!(!screen.contains(&key), "{screen}");
    assert_eq!(status, Some(5));
    let (status, screen) = on_terminal(&world, get, "y\n");
    assert!(screen.contains(&key), "the yes shows it");
    assert_eq!(status, Some(0));
    let (status, screen) = on_terminal(&world, &format!("{get} --yes"), "");
    assert!(screen.contains(&key));
    assert_eq!(status, Some(0));
}

/// DC6: the key is itself what is sent, so that its token shows it as well.
#[test]
fn dc6_a_token_that_holds_the_key_takes_the_same_second_yes() {
    let world = World::with_providers();
    let key = world.admin().reveal_key();
    world.keyturn(&["capture", "deepcurrent/new"]).stdin(&key).run().done();
    for form in ["", " --as env", " --as curl --with-key"] {
        let token = format!("keyturn token deepcurrent/new{form}");
        let (status, screen) = on_terminal(&world, &format!("{token} --no-input"), "");
        assert!(screen.contains("--show") && !screen.contains(&key), "{screen}");
        assert_eq!(status, Some(5));
        let (status, screen) = on_terminal(&world, &format!("{token} --show --no-input"), "");
        assert!(screen.contains("second yes") && !screen.contains(&key), "{form}: {screen}");
        assert_eq!(status, Some(5));
        let (status, screen) = on_terminal(&world, &format!("{token} --show"), "n\n");
        assert!(!screen.contains(&key), "{form}: {screen}");
        assert_eq!(status, Some(5));
        let (status, screen) = on_terminal(&world, &format!("{token} --show"), "y\n");
        assert!(screen.contains(&key), "{form}: the yes shows it");
        assert_eq!(status, Some(0));
        let (status, screen) = on_terminal(&world, &format!("{token} --show --yes"), "");
        assert!(screen.contains(&key));
        assert_eq!(status, Some(0));
    }
    let piped = world.keyturn(&["token", "deepcurrent/new"]).run().done();
    assert_eq!(piped.line(), key, "a pipe takes it without");
}

/// DC6: a program that failed gives nothing, and the clipboard may hold anything.
#[test]
fn dc6_an_empty_pipe_is_refused_and_the_clipboard_is_left_alone() {
    let world = World::with_providers();
    let refused = world.keyturn(&["capture", "deepcurrent/new"]).stdin("").run().exits(2);
    assert!(refused.stderr.contains("standard input is empty"), "{}", refused.stderr);
    assert!(refused.stderr.contains("/dev/null"), "{}", refused.stderr);
    world.keyturn(&["show", "deepcurrent/new"]).run().exits(4);
    let without = world.keyturn(&["capture", "deepcurrent/new"]).run();
    assert!(without.stderr.contains("keyturn capture REF"), "no screen: {}", without.stderr);
    assert!(!without.stderr.contains("keyturn get"), "{}", without.stderr);
}

/// DC7: what was asked for is done while a rotation waits, too: its own test.
#[test]
fn dc7_a_capture_that_should_be_tested_verifies_the_new_key_of_a_rotation() {
    let world = World::with_providers();
    world.add(Provider::Deepcurrent);
    let main = "deepcurrent/main";
    world.keyturn(&["rotate", main, "--start"]).run().done();
    let capture = ["capture", main, "--test", "--format", "json"];
    let wrong = "dc_a_key_of_another_account_1111";
    let refused = world.keyturn(&capture).stdin(wrong).run().exits(6).json();
    assert_eq!(refused["tested"]["worked"], json!(false), "{refused}");
    assert_eq!(world.listed(main)["rotation"]["state"], "issued");
    let new = world.admin().issue_key(Provider::Deepcurrent);
    let yes = [&capture[..], &["--yes"]].concat();
    let tested = world.keyturn(&yes).stdin(&new).run().done().json();
    assert_eq!(tested["tested"]["worked"], json!(true), "{tested}");
    assert_eq!(world.listed(main)["rotation"]["state"], "verified");
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
    world.set_clipboard("you@example.com");
    let refused = world.keyturn(&["capture", "deepcurrent/new"]).run().exits(2);
    assert!(refused.stderr.contains("e-mail address"), "{}", refused.stderr);
    assert_eq!(world.clipboard(), "you@example.com", "a refusal leaves the clipboard alone");
    world.set_clipboard(&key);
    world.keyturn(&["capture", "deepcurrent/new"]).run().done();
    assert_eq!(world.clipboard(), key, "so does a capture");
    assert_eq!(world.keyturn(&["get", "deepcurrent/new/api_key"]).run().done().line(), key);
}
