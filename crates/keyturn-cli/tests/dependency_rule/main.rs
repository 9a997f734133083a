//! Holds the tree to its dependency rule: who may depend on whom, and who may name what.
//!
//! The tables are in `graph.rs` (manifests, read through `cargo metadata`) and in `names.rs` (the
//! sources). Each rule is a pure function, and each has a test that plants a violation and sees it
//! found: a rule that cannot fail proves nothing. `docs/architecture.md` says why the rules are these.

mod graph;
mod names;

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

/// The folder that holds the workspace's manifest.
fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The manifests of the whole workspace as cargo reads them; needs no network.
fn metadata() -> Value {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON")
}

/// The real metadata with one more dependency in the manifest of `package`.
fn with_planted(package: &str, dependency: &str, kind: &Value) -> Value {
    let mut metadata = metadata();
    let packages = metadata["packages"].as_array_mut().expect("a list of packages");
    let target = packages.iter_mut().find(|found| found["name"] == package);
    target.expect("the package exists")["dependencies"]
        .as_array_mut()
        .expect("a list of dependencies")
        .push(json!({ "name": dependency, "kind": kind, "rename": null }));
    metadata
}

#[track_caller]
fn assert_found(violations: &[String], words: &[&str]) {
    let found = violations.iter().any(|line| words.iter().all(|word| line.contains(word)));
    assert!(found, "nothing with {words:?} in {violations:#?}");
}

#[track_caller]
fn assert_none(violations: &[String]) {
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

#[test]
fn crates_depend_only_downwards() {
    assert_none(&graph::edges(&metadata()));
}

#[test]
fn a_planted_upward_edge_is_found() {
    let planted = with_planted("keyturn-core", "keyturn-vault", &Value::Null);
    assert_found(&graph::edges(&planted), &["keyturn-core", "keyturn-vault"]);
}

#[test]
fn a_planted_edge_past_a_floor_is_found() {
    let planted = with_planted("keyturn-cli", "keyturn-engine", &Value::Null);
    assert_found(&graph::edges(&planted), &["keyturn-cli", "keyturn-engine"]);
}

#[test]
fn a_planted_development_edge_upwards_is_found() {
    let planted = with_planted("keyturn-http", "keyturn-agent", &json!("dev"));
    assert_found(&graph::edges(&planted), &["keyturn-http", "keyturn-agent", "dev"]);
}

#[test]
fn a_planted_edge_to_the_sandbox_outside_tests_is_found() {
    let planted = with_planted("keyturn-agent", "keyturn-sandbox", &Value::Null);
    assert_found(&graph::edges(&planted), &["keyturn-agent", "keyturn-sandbox"]);
}

#[test]
fn the_sandbox_may_be_a_development_dependency() {
    let planted = with_planted("keyturn-engine", "keyturn-sandbox", &json!("dev"));
    assert_none(&graph::edges(&planted));
}

#[test]
fn a_crate_that_no_table_knows_is_found() {
    let mut metadata = metadata();
    let stranger = json!({ "name": "keyturn-stranger", "dependencies": [] });
    metadata["packages"].as_array_mut().unwrap().push(stranger);
    assert_found(&graph::edges(&metadata), &["keyturn-stranger", "no place"]);
}

#[test]
fn each_reserved_package_is_named_only_by_its_owner() {
    assert_none(&graph::owners(&metadata()));
}

#[test]
fn a_planted_reserved_package_is_found_wherever_it_is_named() {
    for package in ["tauri", "rusqlite", "keyring-core", "reqwest", "aes-gcm", "argon2"] {
        for kind in [Value::Null, json!("dev"), json!("build")] {
            let planted = with_planted("keyturn-engine", package, &kind);
            assert_found(&graph::owners(&planted), &["keyturn-engine", package]);
        }
    }
}

#[test]
fn all_eight_packages_of_the_card_are_declared() {
    assert_none(&graph::card(&metadata()));
}

#[test]
fn a_missing_package_of_the_card_is_found() {
    for &name in graph::CARD {
        let mut metadata = metadata();
        for package in metadata["packages"].as_array_mut().unwrap() {
            let dependencies = package["dependencies"].as_array_mut().unwrap();
            dependencies.retain(|found| found["name"] != name && found["rename"] != name);
        }
        assert_found(&graph::card(&metadata), &[name]);
    }
}

#[test]
fn a_package_of_the_card_that_only_tests_use_is_found() {
    let mut metadata = metadata();
    for package in metadata["packages"].as_array_mut().unwrap() {
        for dependency in package["dependencies"].as_array_mut().unwrap() {
            if dependency["name"] == "reqwest" {
                dependency["kind"] = json!("dev");
            }
        }
    }
    assert_found(&graph::card(&metadata), &["reqwest"]);
}

#[test]
fn all_eight_packages_of_the_card_are_used_in_the_sources() {
    let sources = names::sources(root());
    let unused: Vec<_> =
        graph::CARD.iter().filter(|name| !names::is_used(&sources, name)).collect();
    assert!(unused.is_empty(), "declared, but no source says `use` of {unused:?}");
}

#[test]
fn a_package_that_no_source_uses_is_found() {
    assert!(!names::is_used(&names::sources(root()), "never-heard-of"));
}

#[test]
fn no_provider_is_named_in_the_sources() {
    let sources = names::sources(root());
    assert!(sources.len() > 20, "the walk found only {} files", sources.len());
    assert_none(&names::violations(&sources));
}

#[test]
fn a_planted_provider_name_is_found_with_file_and_line() {
    let planted = names::Source::new("crates/x/src/a.rs", "// one\nlet p = \"DeepVue\";\n");
    assert_found(&names::violations(&[planted]), &["crates/x/src/a.rs:2", "deepvue"]);
}

#[test]
fn a_provider_name_in_a_test_module_is_allowed_and_after_it_found() {
    let text = "#[cfg(test)]\nmod tests {\n    const A: &str = \"deepidv\";\n}\nconst B: &str = \"deepcurrent\";\n";
    let planted = names::Source::new("crates/x/src/a.rs", text);
    let violations = names::violations(&[planted]);
    assert_found(&violations, &["crates/x/src/a.rs:5", "deepcurrent"]);
    assert_eq!(violations.len(), 1, "{violations:#?}");
}

#[test]
fn a_built_in_profile_may_be_named_as_a_file_and_not_as_an_id() {
    let file = names::Source::new("a.rs", "include_str!(\"../builtin/deeply.toml\")\n");
    assert_none(&names::violations(&[file]));
    let id = names::Source::new("a.rs", "(\"deeply\", include_str!(\"../builtin/deeply.toml\"))\n");
    assert_found(&names::violations(&[id]), &["a.rs:1", "deeply"]);
}
