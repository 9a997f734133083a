//! A key, a login, or both: which is used, and what is known of the key.

use keyturn_sandbox::{Provider, Sandbox};
use serde_json::{Value, json};

use crate::support::World;

const LOGIN: &str = "/api/v1/login/access-token";

fn show(world: &World, reference: &str) -> Value {
    world.keyturn(&["show", reference, "--format", "json"]).run().done().json()
}

/// Adds `deepcurrent/both`, which holds a key and a login.
fn add_both(world: &World, flags: &[&str]) {
    let known = Sandbox::credentials(world.sandbox()).deepcurrent;
    let email = format!("username={}", known.email);
    let words = [
        "add",
        "deepcurrent",
        "--name",
        "both",
        "--environment",
        "sandbox",
        "--field",
        &email,
        "--secrets-stdin",
    ];
    let secrets = json!({"api_key": known.api_key, "password": known.password}).to_string();
    world.keyturn(&[&words[..], flags].concat()).stdin(&secrets).run().done();
}

#[test]
fn dc1_the_key_is_recommended_and_a_credential_says_which_method_it_uses() {
    let world = World::with_providers();
    let page = world.keyturn(&["provider", "show", "deepcurrent", "--format", "json"]).run().done();
    let methods = page.json()["methods"].clone();
    assert_eq!(
        (&methods[0]["name"], &methods[0]["recommended"]),
        (&json!("api_key"), &json!(true))
    );
    assert_eq!((&methods[1]["name"], &methods[1]["recommended"]), (&json!("login"), &json!(false)));
    world.add(Provider::Deepcurrent);
    world.add_login();
    add_both(&world, &[]);
    let used = |reference: &str| show(&world, reference)["method"]["name"].clone();
    assert_eq!(used("deepcurrent/main"), "api_key");
    assert_eq!(used("deepcurrent/login"), "login");
    assert_eq!(used("deepcurrent/both"), "api_key");
    assert_eq!(show(&world, "deepcurrent/both")["method"]["others"], json!(["login"]));
    world.keyturn(&["request", "deepcurrent/both", "--sample", "me"]).run().done();
    assert_eq!(world.admin().count(Provider::Deepcurrent, LOGIN), 0, "the key was sent");
    world.keyturn(&["edit", "deepcurrent/both", "--field", "method=login"]).run().done();
    assert_eq!(used("deepcurrent/both"), "login");
    let text = world.keyturn(&["show", "deepcurrent/both"]).run().done().stdout;
    assert!(text.contains("(login); stored as well: api_key"), "{text}");
    world.keyturn(&["request", "deepcurrent/both", "--sample", "me"]).run().done();
    assert_eq!(world.admin().count(Provider::Deepcurrent, LOGIN), 1);
    for sent in world.admin().requests(Provider::Deepcurrent) {
        let bearer = sent.header("authorization").unwrap_or_default().starts_with("Bearer ");
        assert!(bearer || sent.path == LOGIN, "every request but the login carries one");
    }
}

/// DC8: with the API key no login is tried, also where one is stored.
#[test]
fn dc8_a_refused_key_leads_to_no_login_even_where_one_is_stored() {
    let world = World::with_providers();
    add_both(&world, &[]);
    world.admin().revoke_key(Provider::Deepcurrent);
    let words = ["request", "deepcurrent/both", "--sample", "me", "--format", "json"];
    let refused = world.keyturn(&words).run().exits(6).json();
    assert_eq!(refused["diagnosis"]["row"], "DC8.401.key");
    assert_eq!(world.admin().count(Provider::Deepcurrent, LOGIN), 0);
}

#[test]
fn dc2_a_key_never_expires_is_reminded_of_by_its_age_and_a_referral_code_is_none() {
    let world = World::with_providers();
    let flags = ["--issued", "2024-01-01", "--rotate-every", "180d"];
    world.add_with(Provider::Deepcurrent, &flags);
    let key = world.keyturn(&["token", "deepcurrent/main", "--as", "json"]).run().done().json();
    assert_eq!((&key["source"], &key["expires_at"]), (&json!("no_expiry"), &json!(null)));
    let due = world.keyturn(&["due", "--format", "json"]).run().done().json();
    assert_eq!((&due[0]["due_on"], &due[0]["reason"]), (&json!("2024-06-29"), &json!("age")));
    let captured =
        world.keyturn(&["capture", "deepcurrent/code"]).stdin("dc_FRIEND42").run().exits(2);
    assert!(captured.stderr.contains("referral code"), "{}", captured.stderr);
}

#[test]
fn dc5_another_key_than_the_providers_is_told_of() {
    let world = World::with_providers();
    world.add(Provider::Deepcurrent);
    let me = || {
        let words = ["request", "deepcurrent/main", "--sample", "me", "--format", "json"];
        world.keyturn(&words).run().done().json()
    };
    let answer = me();
    assert!(answer["body"].as_str().unwrap().contains("api_key_last_four"), "{answer}");
    assert_eq!(answer["diagnosis"]["notes"], json!([]), "it is the stored one");
    // Support has issued another key; the old one works until that is confirmed.
    let new = world.admin().issue_key(Provider::Deepcurrent);
    let tail: String = new.chars().skip(new.chars().count() - 4).collect();
    let notes = me()["diagnosis"]["notes"].to_string();
    assert!(notes.contains(&format!("api_key ends in {tail}")), "{notes}");
    let told = world.keyturn(&["request", "deepcurrent/main", "--sample", "me"]).run().done();
    assert!(told.stderr.contains(&tail), "{}", told.stderr);
}

/// DC3: the login is an urlencoded form of the documented fields.
#[test]
fn dc3_a_login_sends_username_and_password_and_no_key() {
    let world = World::with_providers();
    world.add_login();
    let token = world.keyturn(&["token", "deepcurrent/login", "--as", "json"]).run().done().json();
    assert_eq!(token["token_type"], "bearer");
    let sent = &world.admin().requests(Provider::Deepcurrent)[0];
    assert_eq!((sent.method.as_str(), sent.path.as_str()), ("POST", LOGIN));
    let names: Vec<&str> =
        sent.body.split('&').filter_map(|pair| Some(pair.split_once('=')?.0)).collect();
    assert_eq!(names, ["username", "password"]);
    assert_eq!(sent.header("authorization"), None);
}
