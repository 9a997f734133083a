//! Explaining an answer that the user's own program got.

use keyturn_sandbox::Provider;
use serde_json::{Value, json};

use crate::support::{Outcome, World};

fn explain(world: &World, words: &[&str], body: &str) -> Outcome {
    let words = [&["explain"], words, &["--format", "json"]].concat();
    world.keyturn(&words).stdin(body).run()
}

fn row(world: &World, words: &[&str], body: &str) -> Value {
    explain(world, words, body).done().json()["row"].clone()
}

/// X1: the same 403 means something else at each provider.
#[test]
fn x1_a_403_is_explained_by_the_provider_it_came_from() {
    let world = World::with_providers();
    for provider in Provider::ALL {
        world.add(provider);
    }
    let meanings: std::collections::BTreeSet<String> = Provider::ALL
        .iter()
        .map(|provider| {
            let reference = format!("{provider}/main");
            let said = explain(&world, &[&reference, "--status", "403"], "").done().json();
            said["meaning"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(meanings.len(), 4, "{meanings:?}");
    assert_eq!(row(&world, &["deeply/main", "--status", "403"], ""), "DE5.403.no-key");
    assert_eq!(row(&world, &["deepidv/main", "--status", "403"], ""), "DI7.403");
    assert_eq!(row(&world, &["deepcurrent/main", "--status", "403"], ""), "DC8.403");
    let unknown = explain(&world, &["deepvue/main", "--status", "401"], "teapot").done().json();
    assert_eq!((&unknown["row"], &unknown["keyturn"]), (&json!(null), &json!("none")));
}

#[test]
fn x2_both_places_of_an_error_text_are_read_and_none_is_required() {
    let world = World::with_providers();
    world.add(Provider::Deeply);
    let words = ["deeply/main", "--status", "401"];
    let said = |body: &str| explain(&world, &words, body).done().json()["provider_says"].clone();
    assert_eq!(said(r#"{"detail":"no way"}"#), "no way");
    assert_eq!(said(r#"{"detail":{"message":"no way"}}"#), "no way");
    for body in ["", "<html>", "{", "[1]", r#"{"detail":{"code":7}}"#] {
        assert_eq!(said(body), json!(null), "{body}");
    }
}

#[test]
fn dv7_deepvues_errors_are_told_apart_by_body_token_and_address() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let row = |words: &[&str], body: &str| {
        let body = json!({"detail": body}).to_string();
        row(&world, &[&["deepvue/main", "--status"], words].concat(), &body)
    };
    assert_eq!(row(&["401"], "Incorrect client_id or client_secret"), "DV7.401.credentials");
    assert_eq!(row(&["401"], "Not authenticated"), "DV7.401.not-authenticated");
    let bearer = ["401", "--sent", "token"];
    assert_eq!(row(&bearer, "Not authenticated"), "DV7.401.not-enough");
    assert_eq!(row(&["403"], "Not a valid token"), "DV7.403.not-a-valid-token");
    assert_eq!(row(&["403"], "Access forbidden"), "DV7.403.access-forbidden");
    let exchange = ["403", "--endpoint", "/v1/authorize?x=1"];
    assert_eq!(row(&exchange, "Access forbidden"), "DV7.403.exchange");
    for (said, found) in
        [("no", "DV7.403.access-forbidden-unlisted"), ("yes", "DV7.403.access-forbidden-listed")]
    {
        world.keyturn(&["ips", "deepvue/main", "--this-machine", said]).run().done();
        assert_eq!(row(&["403"], "Access forbidden"), found);
    }
}

/// DV7: what is no longer valid is renewed by the program's own hand, and the explanation says how.
#[test]
fn the_explanation_of_an_ended_token_names_the_command_that_helps() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let body = r#"{"detail":"Not a valid token"}"#;
    let said = explain(&world, &["deepvue/main", "--status", "403"], body).done().json();
    assert_eq!(said["keyturn"], "renew_once");
    assert!(said["notes"].to_string().contains("keyturn token deepvue/main --renew"), "{said}");
    assert_eq!(world.admin().total(Provider::Deepvue), 0, "nothing is sent");
}

#[test]
fn di7_each_status_is_explained_and_401_names_the_day_of_the_copy() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let shown = world.keyturn(&["show", "deepidv/main", "--format", "json"]).run().done().json();
    let day = shown["created_at"].as_str().unwrap().get(..10).unwrap().to_owned();
    let body = r#"{"detail":"Invalid or missing API key"}"#;
    let said = explain(&world, &["deepidv/main", "--status", "401"], body).done().json();
    assert_eq!((&said["row"], &said["credential_refused"]), (&json!("DI7.401"), &json!(true)));
    let action = said["action"].as_str().unwrap();
    assert!(action.contains(&day) && action.contains("regenerated"), "{action}");
    for (status, found) in [("402", "DI7.402"), ("403", "DI7.403"), ("429", "DI7.429")] {
        assert_eq!(row(&world, &["deepidv/main", "--status", status], ""), found);
    }
}

#[test]
fn de5_deeplys_three_errors_are_told_apart() {
    let world = World::with_providers();
    world.add(Provider::Deeply);
    let row = |status: &str, message: &str| {
        let body = json!({"detail": {"message": message}}).to_string();
        row(&world, &["deeply/main", "--status", status], &body)
    };
    let expired = "Authentication token expired. Please reissue a new token to renew your session.";
    assert_eq!(row("401", expired), "DE5.401.expired");
    assert_eq!(row("401", "Authentication token is invalid."), "DE5.401.invalid");
    assert_eq!(row("403", "Authentication token is missing."), "DE5.403.no-key");
}

#[test]
fn de7_a_429_says_when_to_come_back_and_that_no_main_page_has_it() {
    let world = World::with_providers();
    world.add(Provider::Deeply);
    let body = r#"{"detail":{"message":"slow down","limit":10,"remaining":0,"reset":1772000000}}"#;
    let said = explain(&world, &["deeply/main", "--status", "429"], body).done().json();
    assert_eq!(said["retry_at"], "2026-02-25T06:13:20Z");
    assert_eq!((&said["keyturn"], &said["verified"]), (&json!("back_off"), &json!(false)));
}

#[test]
fn dc8_a_401_depends_on_what_was_sent_and_a_403_on_plan_and_role() {
    let world = World::with_providers();
    world.add(Provider::Deepcurrent);
    world.add_login();
    assert_eq!(row(&world, &["deepcurrent/main", "--status", "401"], ""), "DC8.401.key-or-nothing");
    assert_eq!(
        row(&world, &["deepcurrent/login", "--status", "401"], ""),
        "DC4.401.login-or-nothing"
    );
    for reference in ["deepcurrent/main", "deepcurrent/login"] {
        let said = explain(&world, &[reference, "--status", "403"], "").done().json();
        assert_eq!((&said["row"], &said["keyturn"]), (&json!("DC8.403"), &json!("none")));
    }
}

#[test]
fn an_answer_that_no_row_explains_says_so_and_shows_the_body_without_secrets() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let key = world.sandbox().credentials().deepidv.api_key;
    let body = format!("I am a teapot, and you are {key}\x1b[2J\n");
    let words = ["explain", "deepidv/main", "--status", "418"];
    let told = world.keyturn(&words).stdin(&body).run().done().stdout;
    assert!(told.contains("no row of the profile matches this answer"), "{told}");
    assert!(told.contains("I am a teapot, and you are <redacted>␛[2J"), "{told}");
    let said = explain(&world, &["deepidv/main", "--status", "418"], &body).done().json();
    assert_eq!(said["row"], json!(null));
    world.home_holds_no_secret();
}

#[test]
fn a_body_may_be_missing_or_of_another_encoding_and_not_without_end() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let script = r#"
        printf '{"detail":"Not a valid token"}' | iconv -t UTF-16 |
            keyturn explain deepvue/main --status 403 --format json
        head -c 1048577 /dev/zero | keyturn explain deepvue/main --status 403 --format json
        echo "status $?"
    "#;
    let told = world.program(&["sh", "-c", script]).run().done();
    let (first, last) = told.stdout.split_once('\n').unwrap();
    let said: Value = serde_json::from_str(first).unwrap();
    assert_eq!(said["row"], "DV7.403.not-a-valid-token");
    assert_eq!(last.trim(), "status 2");
    assert_eq!(row(&world, &["deepvue/main", "--status", "403"], ""), "DV9.403.forbidden");
}

#[test]
fn a_credential_that_is_not_there_is_exit_4() {
    let world = World::with_providers();
    let refused = explain(&world, &["deepvue/other", "--status", "403"], "").exits(4);
    assert_eq!(refused.error()["code"], "not_found");
}
