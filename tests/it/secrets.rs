//! Handing out stored secrets.

use keyturn_sandbox::Provider;
use serde_json::json;

use crate::support::World;

#[test]
fn one_field_comes_raw_and_all_fields_come_as_json() {
    let world = World::with_providers();
    world.add_login();
    let known = world.sandbox().credentials().deepcurrent;
    let password = world.keyturn(&["get", "deepcurrent/login/password"]).run().done();
    assert_eq!(password.line(), known.password);
    let all = world.keyturn(&["get", "deepcurrent/login", "--as", "json"]).run().done().json();
    assert_eq!(all["username"], known.email);
    assert_eq!(all["password"], known.password);
}

#[test]
fn the_committable_reference_means_the_same() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let long = world.keyturn(&["get", "keyturn://deepidv/main/api_key"]).run().done();
    assert_eq!(long.line(), world.sandbox().credentials().deepidv.api_key);
}

#[test]
fn a_whole_credential_without_a_form_is_a_question_of_which_field() {
    let world = World::with_providers();
    world.add_login();
    let refused = world.keyturn(&["get", "deepcurrent/login", "--format", "text"]).run().exits(2);
    assert!(refused.stderr.contains("deepcurrent/login"), "{}", refused.stderr);
}

#[test]
fn a_secret_with_odd_characters_comes_back_as_it_went_in() {
    let world = World::with_providers();
    let odd = "a'b\"c $d `e` \\f päß 🔑 #g";
    let words = [
        "add",
        "deepcurrent",
        "--environment",
        "sandbox",
        "--name",
        "odd",
        "--field",
        "username=someone@example.com",
        "--secrets-stdin",
    ];
    world.keyturn(&words).stdin(&json!({"password": odd}).to_string()).run().done();
    let back = world.keyturn(&["get", "deepcurrent/odd/password"]).run().done();
    assert_eq!(back.stdout.trim_end_matches('\n'), odd);
    let script =
        r#"eval "$(keyturn get deepcurrent/odd --as env)"; printf %s "$DEEPCURRENT_PASSWORD""#;
    assert_eq!(world.program(&["sh", "-c", script]).run().done().stdout, odd);
}
