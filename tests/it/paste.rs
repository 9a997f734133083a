//! Adding from a pasted text: `keyturn add --paste`.

use keyturn_sandbox::Provider;
use serde_json::json;

use crate::support::World;

/// A `.env` file with the sandbox's own credentials, so that every search for secrets knows them.
fn env(world: &World) -> String {
    let known = world.sandbox().credentials();
    format!(
        "# from the console\nexport DEEPVUE_CLIENT_ID={}\nDEEPVUE_CLIENT_SECRET=\"{}\"\nDEEPIDV_API_KEY={}\nDEBUG=1\n",
        known.deepvue.client_id, known.deepvue.client_secret, known.deepidv.api_key
    )
}

#[test]
fn several_credentials_of_a_pasted_file_are_added_and_nothing_of_them_is_shown() {
    let world = World::with_providers();
    let added = world.keyturn(&["add", "--paste", "--yes"]).stdin(&env(&world)).run().done();
    world.holds_no_secret("what is said", &format!("{}{}", added.stdout, added.stderr));
    assert!(added.stderr.contains("Deepvue"), "{}", added.stderr);
    assert!(added.stdout.contains("Added deepidv/main."), "{}", added.stdout);
    let known = world.sandbox().credentials();
    let secret = world.keyturn(&["get", "deepvue/main/client_secret"]).run().done();
    assert_eq!(secret.line(), known.deepvue.client_secret);
    let key = world.keyturn(&["get", "deepidv/main/api_key"]).run().done();
    assert_eq!(key.line(), known.deepidv.api_key);
    world.home_holds_no_secret();
}

#[test]
fn one_that_is_refused_says_what_was_added_before_it() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let paste = ["add", "--paste", "--yes", "--format", "json"];
    let refused = world.keyturn(&paste).stdin(&env(&world)).run().exits(1).error();
    assert_eq!(refused["code"], "already_exists");
    let hint = refused["hint"].as_str().unwrap();
    assert!(hint.ends_with("Added before it: deepvue/main."), "{hint}");
    assert_eq!(world.listed("deepvue/main")["ref"], "deepvue/main");
}

#[test]
fn without_a_yes_nothing_is_added_and_what_was_found_is_said() {
    let world = World::with_providers();
    let refused = world.keyturn(&["add", "--paste"]).stdin(&env(&world)).run().exits(5);
    assert!(refused.stderr.contains("certainly Deepvue (deepvue)"), "{}", refused.stderr);
    world.holds_no_secret("what is said", &refused.stderr);
    world.keyturn(&["show", "deepvue/main"]).run().exits(4);
}

#[test]
fn a_pasted_command_is_added_under_a_name_of_ones_own() {
    let world = World::with_providers();
    let key = &world.sandbox().credentials().deepidv.api_key;
    let command = format!("curl https://api.deepidv.com/v1/sessions \\\n -H 'x-api-key: {key}'");
    let words = [
        "add", "deepidv", "--paste", "--yes", "--name", "web", "--owner", "Ann", "--format", "json",
    ];
    let added = world.keyturn(&words).stdin(&command).run().done().json();
    assert_eq!(added["ref"], "deepidv/web");
    assert_eq!(added["owner"], "Ann");
    assert_eq!(added["environment"], "production");
    let again = ["add", "--paste", "--yes", "--name", "twin"];
    let told = world.keyturn(&again).stdin(&command).run().done();
    let said = "this same key is stored already, as deepidv/web/api_key";
    assert!(told.stderr.contains(said), "{}", told.stderr);
}

#[test]
fn a_key_of_an_unknown_host_needs_its_host() {
    let world = World::with_providers();
    let words = ["add", "generic-bearer", "--paste", "--yes", "--format", "json"];
    let text = "Bearer acme.0123456789-abcdef.WxYz";
    let refused = world.keyturn(&words).stdin(text).run().exits(2);
    assert!(refused.error()["message"].as_str().unwrap().contains("host"), "{}", refused.stdout);
    let given = [&words[..], &["--field", "host=api.acme.example"]].concat();
    let added = world.keyturn(&given).stdin(text).run().done().json();
    assert_eq!(added["open_values"]["host"], "api.acme.example");
}

#[test]
fn what_is_not_recognised_is_refused_in_words_and_never_repeated() {
    let world = World::with_providers();
    for (text, said) in [
        ("please send me the canary-key", "was not recognised"),
        ("keyturn://deepvue/main/client_secret", "what it names is not here"),
        (&"canary ".repeat(9_400), "more than 64 KiB"),
    ] {
        let refused = world.keyturn(&["add", "--paste", "--yes"]).stdin(text).run().exits(2);
        assert!(refused.stderr.contains(said), "{said}: {}", refused.stderr);
        assert!(!refused.stderr.contains("canary"), "{}", refused.stderr);
    }
    world.add(Provider::Deepvue);
    let here = world.keyturn(&["add", "--paste"]).stdin("keyturn://deepvue/main").run().exits(2);
    assert!(here.stderr.contains("deepvue/main is here already"), "{}", here.stderr);
}

#[test]
fn pasting_is_an_addition_with_words_of_its_own() {
    let world = World::with_providers();
    for words in [&["add", "--yes"][..], &["add"], &["add", "--paste", "--secrets-stdin"]] {
        world.keyturn(words).run().exits(2);
    }
    let locked = world.keyturn(&["lock"]).run();
    locked.done();
    let refused = world.keyturn(&["add", "--paste", "--yes", "--format", "json"]);
    let refused = refused.stdin("dc_live_0123456789abcdef").run().exits(3);
    assert_eq!(refused.error()["code"], json!("vault_locked"));
}
