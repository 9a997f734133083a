//! Adding, listing, showing, changing and removing credentials.

use keyturn_sandbox::Provider;
use serde_json::json;

use crate::support::World;

#[test]
fn a_credential_of_each_provider_is_kept_and_listed_without_its_secrets() {
    let world = World::with_providers();
    for provider in Provider::ALL {
        world.add(provider);
    }
    world.add_login();
    let list = world.keyturn(&["list", "--format", "json"]).run().done().json();
    assert_eq!(list.as_array().unwrap().len(), 5);
    let deepvue = world.listed("deepvue/main");
    assert_eq!(deepvue["provider"], "deepvue");
    assert_eq!(deepvue["name"], "main");
    assert_eq!(deepvue["environment"], "sandbox");
    assert_eq!(deepvue["token"]["state"], "none");
    assert_eq!(deepvue["token"]["expires_at"], json!(null));
    assert_eq!(deepvue["rotation"]["state"], "none");
    assert_eq!(deepvue["reveal"]["state"], "not_applicable");
    let secret = deepvue["fields"].as_array().unwrap();
    let secret = secret.iter().find(|field| field["name"] == "client_secret").unwrap();
    assert_eq!((&secret["secret"], &secret["set"]), (&json!(true), &json!(true)));
    let known = world.sandbox().credentials().deepvue.client_secret;
    assert!(known.ends_with(secret["last_four"].as_str().unwrap()));

    let filtered = world.keyturn(&["list", "--provider", "deeply", "--format", "json"]);
    assert_eq!(filtered.run().done().json().as_array().unwrap().len(), 1);
    let shown = world.keyturn(&["show", "deepvue/main", "--format", "json"]).run().done().json();
    assert_eq!(shown["ref"], "deepvue/main");
    let text = world.keyturn(&["list"]).run().done().stdout;
    assert!(text.contains("deepcurrent/login"), "{text}");
    world.home_holds_no_secret();
}

#[test]
fn what_is_known_of_a_credential_survives_lock_and_restart() {
    let world = World::with_providers();
    let flags = [
        "--owner",
        "Payments",
        "--note",
        "for the nightly run",
        "--issued",
        "2026-01-02",
        "--expires",
        "2031-01-01",
        "--rotate-every",
        "90d",
    ];
    world.add_with(Provider::Deepidv, &flags);
    let before = world.keyturn(&["show", "deepidv/main", "--format", "json"]).run().done().json();
    world.keyturn(&["stop"]).run().done();
    world.unlock();
    let after = world.keyturn(&["show", "deepidv/main", "--format", "json"]).run().done().json();
    assert_eq!(before, after);
    assert_eq!(after["owner"], "Payments");
    assert_eq!(after["rotation"]["due_on"], "2026-04-02");
}

#[test]
fn a_changed_secret_replaces_the_old_one_and_forgets_its_token() {
    let world = World::with_providers();
    world.add(Provider::Deeply);
    world.keyturn(&["token", "deeply/main"]).run().done();
    assert_ne!(world.listed("deeply/main")["token"]["state"], "none");
    let new = world.admin().regenerate_key(Provider::Deeply);
    let edit = ["edit", "deeply/main", "--secret", "api_key", "--owner", "Ops"];
    world.keyturn(&edit).stdin(&new).run().done();
    let listed = world.listed("deeply/main");
    assert_eq!(listed["token"]["state"], "none");
    assert_eq!(listed["owner"], "Ops");
    world.keyturn(&["token", "deeply/main"]).run().done();
    assert_eq!(world.keyturn(&["get", "deeply/main/api_key"]).run().done().line(), new);
}

#[test]
fn a_removed_credential_is_gone_and_its_name_is_free() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let unanswered = world.keyturn(&["remove", "deepidv/main", "--format", "json"]).run().exits(5);
    assert_eq!(unanswered.error()["code"], "confirmation_needed");
    world.keyturn(&["show", "deepidv/main"]).run().done();
    world.keyturn(&["remove", "deepidv/main", "--yes"]).run().done();
    world.keyturn(&["show", "deepidv/main"]).run().exits(4);
    world.keyturn(&["get", "deepidv/main/api_key"]).run().exits(4);
    world.add(Provider::Deepidv);
}

#[test]
fn what_does_not_exist_is_exit_4_with_what_does() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    for words in [
        &["show", "deepidv/other"][..],
        &["get", "deepidv/main/no_such_field"],
        &["token", "nobody/main"],
        &["add", "nobody", "--field", "a=b"],
        &["provider", "show", "nobody"],
        &[
            "add",
            "deepvue",
            "--name",
            "x",
            "--environment",
            "nowhere",
            "--field",
            "client_id=an-app",
            "--secrets-stdin",
        ],
    ] {
        let words = [words, &["--format", "json"]].concat();
        let refused = world.keyturn(&words).stdin("{\"client_secret\":\"abcdefghijkl\"}").run();
        assert_eq!(refused.clone().exits(4).error()["code"], "not_found", "{words:?}");
    }
}

#[test]
fn a_name_is_taken_once() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let words =
        ["add", "deepidv", "--environment", "sandbox", "--secret", "api_key", "--format", "json"];
    let refused = world.keyturn(&words).stdin("another key that is new").run().exits(1);
    assert_eq!(refused.error()["code"], "already_exists");
    let kept = world.keyturn(&["get", "deepidv/main/api_key"]).run().done();
    assert_eq!(kept.line(), world.sandbox().credentials().deepidv.api_key);
}

#[test]
fn a_secret_as_an_argument_is_refused_and_not_repeated() {
    let world = World::with_providers();
    let words = ["add", "deepidv", "--field", "api_key=canary-in-an-argument", "--format", "json"];
    let refused = world.keyturn(&words).run().exits(2);
    assert!(!refused.stderr.contains("canary-in"), "{}", refused.stderr);
    assert_eq!(refused.error()["code"], "invalid_input");
}

#[test]
fn dc2_what_is_no_key_of_the_provider_is_refused() {
    let world = World::with_providers();
    let words = [
        "add",
        "deepcurrent",
        "--environment",
        "sandbox",
        "--secret",
        "api_key",
        "--format",
        "json",
    ];
    let refused = world.keyturn(&words).stdin("sk_canary_of_another_provider").run().exits(2);
    assert!(refused.error()["message"].as_str().unwrap().contains("dc_"), "{}", refused.stderr);
    assert!(!refused.stderr.contains("canary"), "{}", refused.stderr);
}

#[test]
fn dc6_a_key_of_which_only_four_characters_are_known_can_be_kept() {
    let world = World::with_providers();
    let words = ["add", "deepcurrent", "--environment", "sandbox", "--last-four", "9xYz"];
    world.keyturn(&words).run().done();
    let listed = world.listed("deepcurrent/main");
    assert_eq!(listed["reveal"]["state"], "last_four_only");
    let key = listed["fields"].as_array().unwrap().iter().find(|field| field["name"] == "api_key");
    let key = key.unwrap();
    assert_eq!((&key["set"], &key["last_four"]), (&json!(false), &json!("9xYz")));
    world.keyturn(&["get", "deepcurrent/main/api_key"]).run().exits(4);
}

#[test]
fn a_wrong_call_is_exit_2() {
    let world = World::empty();
    for words in [
        &["no-such-command"][..],
        &["list", "--no-such-flag"],
        &["show"],
        &["show", "not-a-reference"],
        &["add", "deepvue", "--rotate-every", "soon"],
        &["add", "deepvue", "--issued", "yesterday"],
        &["list", "--format", "yaml"],
    ] {
        world.keyturn(words).run().exits(2);
    }
}

#[test]
fn a_changed_host_needs_a_yes_before_stored_secrets_go_there() {
    let world = World::with_vault();
    let fields = ["--field", "host=api.example", "--secret", "password", "--field", "username=u"];
    let add = [&["add", "generic-basic", "--name", "main"][..], &fields].concat();
    world.keyturn(&add).stdin("canary-7x9z").run().done();
    let edit = ["edit", "generic-basic/main", "--field", "host=evil.example", "--format", "json"];
    let refused = world.keyturn(&edit).run().exits(5);
    assert_eq!(refused.error()["code"], "confirmation_needed");
    let said = refused.error()["message"].as_str().unwrap().to_owned();
    assert!(said.contains("https://api.example → https://evil.example"), "{said}");
    let shown = world.keyturn(&["show", "generic-basic/main", "--format", "json"]).run().done();
    assert_eq!(shown.json()["open_values"]["host"], "api.example");
    let changed = world.keyturn(&[&edit[..], &["--yes"]].concat()).run().done();
    assert_eq!(changed.json()["open_values"]["host"], "evil.example");
}

/// Owners, notes and users' names are shown openly, and stand in lines that are pasted into chats.
#[test]
fn a_text_that_is_shown_openly_never_has_a_stored_secret_in_it() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let key = world.sandbox().credentials().deepidv.api_key;
    let text = format!("svc {key}");
    for words in [
        &["edit", "deepidv/main", "--owner", &text][..],
        &["edit", "deepidv/main", "--note", &text],
        &["consumers", "deepidv/main", "--add", &text],
        &["rotate", "deepidv/main", "--compromised", "--note", &text, "--yes"],
    ] {
        let refused = world.keyturn(&[words, &["--format", "json"]].concat()).run().exits(2);
        let said = refused.error()["message"].as_str().unwrap().to_owned();
        assert!(said.contains("has the value of api_key in it"), "{said}");
        assert!(!refused.stdout.contains(&key) && !refused.stderr.contains(&key), "it came back");
    }
    world.keyturn(&["lock"]).run().done();
    world.home_holds_no_secret();
}

#[test]
fn dates_that_cannot_be_so_are_refused_with_words() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    for (words, said) in [
        (&["--issued", "2026-01-01", "--expires", "2025-01-01"][..], "cannot end on 2025-01-01"),
        (&["--age-only", "on", "--rotate-every", "30d"], "no interval or day reminds"),
    ] {
        let words = [&["edit", "deepidv/main"], words, &["--format", "json"]].concat();
        let refused = world.keyturn(&words).run().exits(2);
        assert!(refused.error()["message"].as_str().unwrap().contains(said), "{refused:?}");
    }
}
