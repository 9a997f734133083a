//! The JSON Schema that editors use: it is the types', it knows the built-in profiles, and it refuses
//! what is no profile. The validator is another project's.

#![expect(clippy::unwrap_used, reason = "a test's helper fails like the test")]

use std::fs;
use std::path::Path;

use jsonschema::Validator;
use keyturn_providers::Catalogue;
use keyturn_providers::schema::json::json_schema;
use serde_json::{Value, json};

const COMMITTED: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/provider-profile.schema.json");

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(&json_schema()).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// A TOML file as a validator sees it.
fn as_json(text: &str) -> Value {
    serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap()
}

fn file(name: &str) -> &'static str {
    let named = |(path, _): &&(&str, &str)| path.ends_with(&format!("/{name}.toml"));
    Catalogue::builtin_files().iter().find(named).unwrap().1
}

#[test]
fn the_committed_schema_is_that_of_the_types() {
    let committed = Path::new(COMMITTED);
    if std::env::var_os("KEYTURN_WRITE_SCHEMA").is_some() {
        fs::write(committed, json_schema()).unwrap();
    }
    assert_eq!(
        fs::read_to_string(committed).unwrap_or_default(),
        json_schema(),
        "run KEYTURN_WRITE_SCHEMA=1 cargo test -p keyturn-providers --test json_schema"
    );
}

#[test]
fn every_built_in_profile_is_one_by_the_schema() {
    let validator = validator();
    for (path, text) in Catalogue::builtin_files() {
        let errors: Vec<String> = validator
            .iter_errors(&as_json(text))
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{path}: {errors:#?}");
    }
}

#[test]
fn what_is_no_profile_is_none_by_the_schema() {
    let validator = validator();
    let cases: [(&str, &str, Value); 12] = [
        ("an unknown key", "/colour", json!("red")),
        ("an unknown key of a field", "/fields/0/lable", json!("x")),
        ("an unknown key of a recipe's header", "/recipes/0/headers/0/shceme", json!("Bearer")),
        ("an unknown key of a method", "/methods/0/recomended", json!(true)),
        ("a number as text", "/schema", json!("1")),
        ("a status as text", "/answers/0/status", json!("401")),
        ("a list as text", "/recipes/0/paths", json!("/v1")),
        ("an unknown kind of field", "/fields/0/kind", json!("hidden")),
        ("an unknown encoding", "/exchanges/0/encoding", json!("xml")),
        ("an unknown way to authenticate", "/exchanges/0/auth/kind", json!("digest")),
        ("an unknown kind of test call", "/test_call/kind", json!("ping")),
        ("a negative limit", "/limits/0/per_second", json!(-1)),
    ];
    let sound = as_json(file("deepvue"));
    assert!(validator.is_valid(&sound));
    for (what, pointer, value) in cases {
        let mut broken = sound.clone();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        broken.pointer_mut(parent).unwrap()[name] = value;
        assert!(!validator.is_valid(&broken), "{what} is taken for a profile");
    }
    for missing in ["id", "environments", "fields", "methods", "recipes", "rotation", "test_call"] {
        let mut broken = sound.clone();
        broken.as_object_mut().unwrap().remove(missing);
        assert!(!validator.is_valid(&broken), "a profile without {missing} is taken for one");
    }
}

#[test]
fn the_schema_tells_what_each_part_is_for() {
    let schema: Value = serde_json::from_str(&json_schema()).unwrap();
    let members = schema["properties"].as_object().unwrap();
    for (name, member) in members {
        assert!(member["description"].is_string(), "{name} has no description");
    }
}
