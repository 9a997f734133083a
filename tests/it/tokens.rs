//! Getting a token, using it again, and getting the next one.

use keyturn_sandbox::{Provider, SandboxOptions};
use serde_json::{Value, json};

use crate::support::World;

const AUTHORIZE: &str = "/v1/authorize";
const LOGIN: &str = "/api/v1/login/access-token";
const REISSUE: &str = "/api/v1/auth/reissue";

fn token(world: &World, reference: &str, flags: &[&str]) -> Value {
    let words = [&["token", reference, "--as", "json"], flags].concat();
    world.keyturn(&words).run().done().json()
}

#[test]
fn dv2_dv3_dv4_a_token_of_24_hours_is_bought_once_and_used_again() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let first = token(&world, "deepvue/main", &[]);
    assert_eq!(first["access_token"], world.admin().last_token(Provider::Deepvue).unwrap());
    assert_eq!(first["token_type"], "bearer");
    assert_eq!(first["reused"], false);
    assert_eq!(first["source"], "response_field");
    let left = first["expires_in_s"].as_i64().unwrap();
    assert!((86_000..=86_400).contains(&left), "{left}");

    let sent = &world.admin().requests(Provider::Deepvue)[0];
    assert!(sent.header("content-type").unwrap().starts_with("multipart/form-data"));
    assert_eq!(sent.header("authorization"), None);
    assert!(!sent.body.contains("grant_type"));

    let second = token(&world, "deepvue/main", &[]);
    assert_eq!(second["access_token"], first["access_token"]);
    assert_eq!(second["reused"], true);
    assert_eq!(world.admin().total(Provider::Deepvue), 1, "0 requests for the second one");
    let listed = world.listed("deepvue/main");
    assert_eq!(listed["token"]["state"], "fresh");
}

#[test]
fn dv10_a_token_survives_the_agent() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let first = token(&world, "deepvue/main", &[]);
    world.keyturn(&["stop"]).run().done();
    world.unlock();
    let second = token(&world, "deepvue/main", &[]);
    assert_eq!(
        (&second["access_token"], &second["reused"]),
        (&first["access_token"], &json!(true))
    );
    assert_eq!(world.admin().total(Provider::Deepvue), 1);
}

#[test]
fn dv10_fifty_callers_at_once_cause_one_exchange() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let children: Vec<_> =
        (0..50).map(|_| world.keyturn(&["token", "deepvue/main"]).spawn()).collect();
    let mut tokens: Vec<_> = children
        .into_iter()
        .map(|child| child.wait_with_output().unwrap())
        .map(|output| {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stdout).unwrap()
        })
        .collect();
    tokens.dedup();
    assert_eq!(tokens.len(), 1, "all got the same token");
    assert_eq!(world.admin().count(Provider::Deepvue, AUTHORIZE), 1);
}

#[test]
fn a_token_is_renewed_when_asked_for_and_when_too_little_of_it_is_left() {
    let world = World::with_providers();
    world.add_login();
    let first = token(&world, "deepcurrent/login", &[]);
    let renewed = token(&world, "deepcurrent/login", &["--renew"]);
    assert_ne!(first["access_token"], renewed["access_token"]);
    let enough = token(&world, "deepcurrent/login", &["--min-ttl", "5m"]);
    assert_eq!(enough["access_token"], renewed["access_token"]);
    let longer = token(&world, "deepcurrent/login", &["--min-ttl", "2h"]);
    assert_ne!(longer["access_token"], renewed["access_token"], "an hour is less than two");
    assert_eq!(world.admin().count(Provider::Deepcurrent, LOGIN), 3);
}

#[test]
fn dc3_dc4_a_login_buys_a_jwt_whose_exp_counts() {
    let world = World::with_providers();
    world.add_login();
    let bought = token(&world, "deepcurrent/login", &[]);
    assert_eq!(bought["source"], "jwt_claim");
    let left = bought["expires_in_s"].as_i64().unwrap();
    assert!((3_500..=3_600).contains(&left), "{left}");
    let sent = &world.admin().requests(Provider::Deepcurrent)[0];
    assert_eq!(sent.header("content-type"), Some("application/x-www-form-urlencoded"));
}

#[test]
fn de2_a_token_without_an_end_is_unknown_and_never_never() {
    let world = World::with_providers();
    world.add(Provider::Deeply);
    let bought = token(&world, "deeply/main", &[]);
    assert_eq!((&bought["source"], &bought["expires_at"]), (&json!("unknown"), &json!(null)));
    assert_eq!(world.listed("deeply/main")["token"]["state"], "unknown");
    let sent = &world.admin().requests(Provider::Deeply)[0];
    assert_eq!((sent.method.as_str(), sent.path.as_str()), ("GET", REISSUE));
    let key = world.sandbox().credentials().deeply.api_key;
    assert_eq!(sent.header("authorization"), Some(format!("Bearer {key}").as_str()));
}

#[test]
fn de2_a_token_that_is_a_jwt_ends_when_its_exp_says_so() {
    let options = SandboxOptions { deeply_tokens_are_jwts: true, ..SandboxOptions::default() };
    let world = World::with_vault().providers(&options);
    world.add(Provider::Deeply);
    assert_eq!(token(&world, "deeply/main", &[])["source"], "jwt_claim");
}

#[test]
fn de4_a_credential_has_a_token_for_each_of_its_environments() {
    let world = World::with_providers();
    let bound = ["--environment", "device", "--allow-plain-http"];
    world.add_with(Provider::Deeply, &bound);
    let cloud = token(&world, "deeply/main", &[]);
    let device = token(&world, "deeply/main", &["--environment", "device"]);
    assert_ne!(cloud["access_token"], device["access_token"]);
    let again = token(&world, "deeply/main", &[]);
    assert_eq!(again["access_token"], cloud["access_token"]);
    assert_eq!(world.admin().count(Provider::Deeply, REISSUE), 2);
}

#[test]
fn de4_clear_text_needs_consent_that_names_what_is_readable() {
    let world = World::with_providers();
    let device = world.sandbox().deeply_edge_url();
    let own = ["provider", "environment", "add", "deeply", "other", "--base-url", &device];
    let key = json!({"api_key": world.sandbox().credentials().deeply.api_key}).to_string();
    let edge = ["add", "deeply", "--environment", "edge", "--field", "edge_ip=127.0.0.1"];
    for words in [&own[..], &[&edge[..], &["--secrets-stdin"]].concat()] {
        let words = [words, &["--format", "json"]].concat();
        let refused = world.keyturn(&words).stdin(&key).run().exits(5);
        assert_eq!(refused.error()["code"], "refused_by_policy");
        let hint = refused.error()["hint"].as_str().unwrap().to_owned();
        assert!(hint.contains("API key") && hint.contains("--allow-plain-http"), "{hint}");
    }
    assert_eq!(world.admin().total(Provider::Deeply), 0);
}

#[test]
fn a_key_without_an_exchange_is_its_own_token() {
    let world = World::with_providers();
    world.add(Provider::Deepcurrent);
    let key = token(&world, "deepcurrent/main", &[]);
    assert_eq!(key["access_token"], world.sandbox().credentials().deepcurrent.api_key);
    assert_eq!(key["source"], "no_expiry");
    assert_eq!(world.admin().total(Provider::Deepcurrent), 0);
}
