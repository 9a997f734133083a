//! Finding credentials, and a key of any time by its last four characters.

use keyturn_sandbox::Provider;
use serde_json::{Value, json};

use crate::support::{Outcome, World};

const REPLACED: &str = "replaced-client-secret-k2p4";

fn find(world: &World, text: &str) -> Outcome {
    world.keyturn(&["find", text, "--format", "json"]).run()
}

fn end_of(secret: &str) -> String {
    let count = secret.chars().count();
    secret.chars().skip(count - 4).collect()
}

/// A world in which deepvue/main has a second key, and the end of the first one.
fn with_a_retired_key() -> (World, String) {
    let world = World::with_providers();
    world.add_with(Provider::Deepvue, &["--owner", "Ann"]);
    let first = world.sandbox().credentials().deepvue.client_secret;
    world.keyturn(&["consumers", "deepvue/main", "--add", "GitHub Actions"]).run().done();
    let words = ["edit", "deepvue/main", "--secret", "client_secret"];
    world.keyturn(&words).stdin(REPLACED).run().done();
    world.keeps_secret(REPLACED);
    (world, end_of(&first))
}

fn lines(found: &Value) -> Vec<&str> {
    found.as_array().unwrap().iter().map(|one| one["line"].as_str().unwrap()).collect()
}

#[test]
fn a_retired_key_is_found_by_its_last_four_with_a_line_that_is_safe_to_paste() {
    let (world, first) = with_a_retired_key();
    let found = find(&world, &first).done().json();
    let key = &found[0]["key"];
    assert_eq!((&key["standing"], &key["version"]), (&json!("retired"), &json!(1)));
    assert_eq!(key["last_four"], json!(first));
    assert!(key["retired_at"].is_string() && key["stored_at"].is_string());
    assert_eq!(found[0]["users"], json!(["GitHub Actions"]));
    let line = lines(&found)[0].to_owned();
    let begin = format!("deepvue/main, Client secret ending {first}: version 1, retired ");
    assert!(line.starts_with(&begin), "{line}");
    assert!(line.ends_with(", owner Ann, was used by GitHub Actions"), "{line}");
    assert!(!line.contains("127.0.0.1") && found[0]["hosts"].to_string().contains("127.0.0.1"));
    let text = world.keyturn(&["find", &first]).run().done();
    assert_eq!((text.stdout.trim_end(), text.stderr.as_str()), (line.as_str(), ""));
    let now = find(&world, "k2p4").done().json();
    assert_eq!(now[0]["key"]["standing"], "current");
}

#[test]
fn a_removed_credential_s_key_is_found_and_said_to_be_removed() {
    let (world, first) = with_a_retired_key();
    world.keyturn(&["remove", "deepvue/main", "--yes"]).run().done();
    let found = find(&world, &first).done().json();
    assert!(found[0]["removed_at"].is_string());
    assert!(lines(&found)[0].contains("; the credential was removed "), "{found}");
}

#[test]
fn words_are_found_in_owner_provider_host_and_consumer() {
    let (world, _) = with_a_retired_key();
    world.add(Provider::Deepidv);
    for words in [&["ann"][..], &["GITHUB", "actions"], &["deepvue", "127.0.0.1"]] {
        let found = world.keyturn(&[&["find"], words].concat()).run().done();
        assert!(found.stdout.starts_with("deepvue/main (Deepvue)"), "{words:?}: {found:?}");
        assert_eq!(found.stdout.lines().count(), 1, "{words:?}");
    }
    let none = world.keyturn(&["find", "zzzz"]).run().exits(4);
    assert_eq!((none.stdout.as_str(), none.stderr.as_str()), ("", "note: nothing was found\n"));
    assert_eq!(find(&world, "zzzz").exits(4).json(), json!([]));
    find(&world, " ").exits(2);
}

/// A whole key on the command line lies in the shell's history: the finding comes with that warning,
/// and nothing of the key comes back.
#[test]
fn a_whole_key_is_answered_with_a_warning_about_the_shell_s_history() {
    let (world, _) = with_a_retired_key();
    let first = world.sandbox().credentials().deepvue.client_secret;
    for whole in [first.as_str(), REPLACED] {
        let told = world.keyturn(&["find", whole]).run().done();
        assert!(told.stdout.starts_with("deepvue/main, Client secret ending "), "{told:?}");
        assert!(told.stderr.contains("looks like the whole key"), "{told:?}");
        assert!(told.stderr.contains("shell's history"), "{told:?}");
        assert_eq!(find(&world, whole).done().json()[0]["note"], "whole_secret");
    }
    // Also not in the journal, the log, or any other file.
    world.keyturn(&["lock"]).run().done();
    world.home_holds_no_secret();
    std::fs::write(world.home().join("planted"), REPLACED).unwrap();
    let control = std::panic::AssertUnwindSafe(|| world.home_holds_no_secret());
    assert!(std::panic::catch_unwind(control).is_err(), "positive control");
}
