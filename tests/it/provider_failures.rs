//! Providers that do not answer, or not as they should: each its own clear error, and nothing lost.

use keyturn_sandbox::{Fault, FaultKind, Provider, SandboxOptions, TlsFault};
use serde_json::json;

use crate::support::{Outcome, World};

fn token(world: &World) -> Outcome {
    world.keyturn(&["token", "deepvue/main", "--as", "json", "--format", "json"]).run()
}

/// A world with `deepvue/main`, whose next exchange is struck by the fault.
fn struck(kind: FaultKind) -> World {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    world.admin().fault(Provider::Deepvue, Fault::next(kind));
    world
}

/// What was stored is still there, and the next exchange works.
fn nothing_is_lost(world: &World) {
    let secret = world.keyturn(&["get", "deepvue/main/client_secret"]).run().done();
    assert_eq!(secret.line(), world.sandbox().credentials().deepvue.client_secret);
    world.admin().clear_faults(Provider::Deepvue);
    token(world).done();
}

#[test]
fn an_unreachable_provider_is_exit_7() {
    let world = World::with_providers();
    world.add_environment(Provider::Deepvue, "nowhere", &["--base-url", "https://127.0.0.1:1"]);
    world.add_with(Provider::Deepvue, &["--environment", "nowhere"]);
    let words = ["token", "deepvue/main", "--environment", "nowhere", "--format", "json"];
    let failed = world.keyturn(&words).run().exits(7);
    assert_eq!(failed.error()["code"], "network");
    nothing_is_lost(&world);
}

#[test]
fn dv8_tls_that_cannot_be_trusted_is_exit_7_before_a_byte_of_http() {
    for fault in [TlsFault::Expired, TlsFault::WrongHost, TlsFault::UnknownCa] {
        let world = World::with_vault()
            .providers(&SandboxOptions { tls_fault: Some(fault), ..SandboxOptions::default() });
        world.add(Provider::Deepvue);
        let failed = token(&world).exits(7);
        assert_eq!(failed.error()["code"], "tls", "{fault:?}");
        assert_eq!(world.admin().total(Provider::Deepvue), 0, "{fault:?}");
        world.admin().break_tls(Provider::Deepvue, None);
        nothing_is_lost(&world);
    }
}

#[test]
fn dv8_a_refused_connection_is_exit_7() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    world.admin().break_tls(Provider::Deepvue, Some(TlsFault::Refused));
    token(&world).exits(7);
    world.admin().break_tls(Provider::Deepvue, None);
    nothing_is_lost(&world);
}

#[test]
fn dv8_plain_http_is_refused_before_a_connection() {
    let world = World::with_providers();
    let address = world.sandbox().plain_url();
    for flags in [&["--base-url", &address][..], &["--base-url", &address, "--allow-plain-http"]] {
        let words = ["provider", "environment", "add", "deepvue", "plain", "--format", "json"];
        let refused = world.keyturn(&[&words[..], flags].concat()).run().exits(5);
        assert_eq!(refused.error()["code"], "refused_by_policy");
    }
    assert_eq!(world.admin().plain_connections(), 0);
}

#[test]
fn dv7_a_wrong_secret_is_exit_6_and_says_where_to_look() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    world.admin().revoke_key(Provider::Deepvue);
    let refused = token(&world).exits(6);
    let error = refused.error();
    assert_eq!(error["code"], "credential_refused");
    assert!(error["hint"].as_str().unwrap().contains("Dashboard"), "{error}");
    assert_eq!(world.admin().total(Provider::Deepvue), 1, "no retry");
}

#[test]
fn an_answer_that_is_not_json_is_exit_1() {
    let world = struck(FaultKind::NotJson);
    assert_eq!(token(&world).exits(1).error()["code"], "provider_answer");
    nothing_is_lost(&world);
}

#[test]
fn an_answer_without_a_token_is_exit_1() {
    let world = struck(FaultKind::NoToken);
    assert_eq!(token(&world).exits(1).error()["code"], "provider_answer");
    nothing_is_lost(&world);
}

#[test]
fn a_body_of_a_gigabyte_is_given_up_on() {
    let world = struck(FaultKind::EndlessBody { bytes: 1 << 30 });
    assert_eq!(token(&world).exits(1).error()["code"], "provider_answer");
    nothing_is_lost(&world);
}

#[test]
fn an_answer_that_breaks_off_is_exit_7() {
    let world = struck(FaultKind::Truncated);
    assert_eq!(token(&world).exits(7).error()["code"], "network");
    nothing_is_lost(&world);
}

#[test]
fn a_server_error_that_lasts_is_exit_1_after_five_attempts() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let headers = vec![("retry-after".to_owned(), "0".to_owned())];
    let body = json!({"detail": "canary in an error"}).to_string();
    let trouble = FaultKind::Answer { status: 500, headers, body };
    world.admin().fault(Provider::Deepvue, Fault::next(trouble).times(5));
    let failed = token(&world).exits(1);
    assert_eq!(failed.error()["code"], "provider_answer");
    assert_eq!(world.admin().total(Provider::Deepvue), 5);
    nothing_is_lost(&world);
}

#[test]
fn a_redirected_exchange_is_not_followed() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let location = format!("{}/v1/authorize", world.sandbox().base_url(Provider::Deepidv));
    let redirect = FaultKind::Redirect { status: 308, location };
    world.admin().fault(Provider::Deepvue, Fault::next(redirect));
    token(&world).exits(1);
    assert_eq!(world.admin().total(Provider::Deepidv), 0);
    nothing_is_lost(&world);
}

#[test]
fn x4_a_token_without_an_expiry_lives_as_long_as_documented() {
    let world = struck(FaultKind::NoExpiry);
    let bought = token(&world).done().json();
    assert_eq!(bought["source"], "documented_lifetime");
    let left = bought["expires_in_s"].as_i64().unwrap();
    assert!((86_000..=86_400).contains(&left), "{left}");
}

#[test]
fn x4_a_token_that_has_ended_already_is_not_used_again() {
    let world = struck(FaultKind::ExpiryInPast);
    let refused = token(&world).exits(1);
    assert_eq!(refused.error()["code"], "provider_answer");
    assert_eq!(world.listed("deepvue/main")["token"]["state"], "none", "it is not kept");
    assert_eq!(token(&world).done().json()["reused"], false);
    assert_eq!(world.listed("deepvue/main")["token"]["state"], "fresh");
}

#[test]
fn x5_a_provider_s_clock_that_is_wrong_does_not_shorten_its_tokens() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    world.admin().advance_clock(chrono::TimeDelta::hours(-23));
    let first = token(&world).done().json();
    let left = first["expires_in_s"].as_i64().unwrap();
    assert!((86_000..=86_460).contains(&left), "the provider's 24 hours by its own clock: {left}");
    assert_eq!(token(&world).done().json()["reused"], true);
}
