//! The providers and their profiles, as the command line shows them.

use std::fs;

use serde_json::Value;

use crate::support::World;

#[test]
fn the_four_providers_are_there_from_the_start() {
    let world = World::with_vault();
    let list = world.keyturn(&["provider", "list", "--format", "json"]).run().done().json();
    let ids: Vec<_> =
        list.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    for id in ["deepvue", "deepidv", "deeply", "deepcurrent"] {
        assert!(ids.contains(&id), "{ids:?}");
    }
}

#[test]
fn dv1_a_provider_shows_its_fields_and_where_to_find_them() {
    let world = World::with_vault();
    let shown = world.keyturn(&["provider", "show", "deepvue", "--format", "json"]).run().done();
    let shown: Value = shown.json();
    let fields = shown["fields"].as_array().unwrap();
    let secret = fields.iter().find(|field| field["name"] == "client_secret").unwrap();
    assert!(secret.to_string().contains("Credentials"), "{secret}");
    let text = world.keyturn(&["provider", "show", "deepvue"]).run().done().stdout;
    assert!(text.contains("client_id") && text.contains("client_secret"), "{text}");
}

#[test]
fn a_profile_s_mistake_is_told_with_file_line_and_reason() {
    let world = World::empty();
    let builtin = concat!(env!("CARGO_MANIFEST_DIR"), "/../keyturn-providers/builtin/deepidv.toml");
    let text = fs::read_to_string(builtin).unwrap();
    fs::write(world.folder().join("taken.toml"), &text).unwrap();
    let told = world.keyturn(&["provider", "check", "taken.toml"]).run().exits(1);
    assert!(told.stdout.contains("built-in profile called 'deepidv'"), "{}", told.stdout);
    let text = text.replacen("id = \"deepidv\"", "id = \"acme\"", 1);
    fs::write(world.folder().join("good.toml"), &text).unwrap();
    world.keyturn(&["provider", "check", "good.toml"]).run().done();
    let broken = text.replace("base_url", "base_ulr");
    let line = 1 + broken.lines().position(|line| line.contains("base_ulr")).unwrap();
    fs::write(world.folder().join("bad.toml"), &broken).unwrap();
    let told = world.keyturn(&["provider", "check", "bad.toml"]).run().exits(1);
    let said = format!("{}{}", told.stdout, told.stderr);
    assert!(said.contains(&format!("bad.toml:{line}")), "{said}");
    assert!(said.contains("base_url"), "what may have been meant: {said}");
}

#[test]
fn completions_are_written_for_each_shell() {
    let world = World::empty();
    for shell in ["bash", "zsh", "fish"] {
        let script = world.keyturn(&["completions", shell]).run().done();
        assert!(script.stdout.contains("keyturn"), "{shell}");
    }
}
