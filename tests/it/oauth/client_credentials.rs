//! Client credentials (RFC 6749, section 4.4) against oidc-provider.

use serde_json::json;

use super::{Peer, add, introspect, refused, text, token, token_with, world_with};
use crate::support::World;

const PROVIDER: &str = "oauth2-client-credentials";
const MAIN: &str = "oauth2-client-credentials/main";
/// Every character that ends or changes something in a Basic header or a form.
const SPECIAL_ID: &str = "cl:i% +d&=";
const SPECIAL_SECRET: &str = "s%3A+x y:z&=/7x9z";
/// The one API that the server knows.
const API: &str = "https://api.example/things";

fn server() -> Peer {
    let client = |id: &str, secret: &str, auth: &str| {
        json!({
            "client_id": id, "client_secret": secret, "grant_types": ["client_credentials"],
            "redirect_uris": [], "response_types": [], "scope": "read",
            "token_endpoint_auth_method": auth,
        })
    };
    Peer::oidc_provider(&json!([
        client("basic", "basic-secret-7x9z", "client_secret_basic"),
        client("body", "body-secret-7x9z", "client_secret_post"),
        client(SPECIAL_ID, SPECIAL_SECRET, "client_secret_basic"),
    ]))
}

fn world(server: &Peer, fields: &[(&str, &str)], secret: &str) -> World {
    let world = world_with(server, &[PROVIDER, "generic-basic"]);
    let path = [("token_path", "/token"), ("revocation_path", "/token/revocation")];
    add(&world, PROVIDER, &[&path[..], fields].concat(), &[("client_secret", secret)]);
    add(&world, "generic-basic", &[("username", "basic")], &[("password", "basic-secret-7x9z")]);
    world
}

#[test]
fn a_token_is_bought_with_basic_used_again_and_renewed() {
    let server = server();
    let world = world(&server, &[("client_id", "basic")], "basic-secret-7x9z");
    let first = token(&world, MAIN);
    assert_eq!((text(&first, "token_type"), text(&first, "source")), ("Bearer", "response_field"));
    let left = first["expires_in_s"].as_i64().unwrap();
    assert!((3_500..=3_600).contains(&left), "{left}");
    let known = introspect(&world, "/token/introspection", text(&first, "access_token"));
    assert_eq!((&known["active"], &known["client_id"]), (&json!(true), &json!("basic")));

    let again = token(&world, MAIN);
    assert_eq!((&again["access_token"], &again["reused"]), (&first["access_token"], &json!(true)));
    let longer = token_with(&world, MAIN, &["--min-ttl", "2h"]);
    assert_ne!(longer["access_token"], first["access_token"], "an hour is less than two");
    let renewed = token_with(&world, MAIN, &["--renew"]);
    assert_ne!(renewed["access_token"], longer["access_token"]);
    world.home_holds_no_secret();
}

#[test]
fn the_client_shows_itself_in_the_body_where_the_provider_wants_that() {
    let server = server();
    let in_body = [("client_id", "body"), ("client_auth", "body")];
    let world = world(&server, &in_body, "body-secret-7x9z");
    let bought = token(&world, MAIN);
    let known = introspect(&world, "/token/introspection", text(&bought, "access_token"));
    assert_eq!(known["client_id"], "body");
}

#[test]
fn special_characters_in_id_and_secret_are_encoded_before_basic() {
    let server = server();
    let world = world(&server, &[("client_id", SPECIAL_ID)], SPECIAL_SECRET);
    let bought = token(&world, MAIN);
    let known = introspect(&world, "/token/introspection", text(&bought, "access_token"));
    assert_eq!(known["client_id"], SPECIAL_ID);

    world.keyturn(&["edit", MAIN, "--field", "client_auth=basic_unencoded"]).run().done();
    let error = refused(&world, &["token", MAIN], 1);
    assert!(text(&error, "hint").contains("the way the client authenticates"), "{error}");
}

#[test]
fn a_wrong_secret_is_the_credentials_fault_and_says_what_to_compare() {
    let server = server();
    let world = world(&server, &[("client_id", "basic")], "wrong-secret-7x9z");
    let error = refused(&world, &["token", MAIN], 6);
    assert_eq!(error["code"], "credential_refused");
    assert!(text(&error, "message").contains("401"), "{error}");
    assert!(text(&error, "hint").contains("ID and secret"), "{error}");
}

#[test]
fn a_scope_that_was_not_granted_is_told_and_is_not_the_credentials_fault() {
    let server = server();
    let fields = [("client_id", "basic"), ("scope", "read write")];
    let world = world(&server, &fields, "basic-secret-7x9z");
    let error = refused(&world, &["token", MAIN], 1);
    assert!(text(&error, "message").contains("scope"), "{error}");
    world.keyturn(&["edit", MAIN, "--field", "scope=read"]).run().done();
    let bought = token(&world, MAIN);
    let known = introspect(&world, "/token/introspection", text(&bought, "access_token"));
    assert_eq!(known["scope"], "read");
}

#[test]
fn a_resource_becomes_the_tokens_audience() {
    let server = server();
    let fields = [("client_id", "basic"), ("scope", "read"), ("resource", API)];
    let world = world(&server, &fields, "basic-secret-7x9z");
    let bought = token(&world, MAIN);
    let known = introspect(&world, "/token/introspection", text(&bought, "access_token"));
    assert_eq!(known["aud"], API);

    let other = ["edit", MAIN, "--field", "resource=https://other.example/"];
    world.keyturn(&other).run().done();
    let error = refused(&world, &["token", MAIN], 1);
    assert!(text(&error, "message").contains("audience or resource"), "{error}");
}

#[test]
fn a_token_path_that_leads_elsewhere_is_refused_when_it_is_given() {
    let server = server();
    let world = world(&server, &[("client_id", "basic")], "basic-secret-7x9z");
    for path in ["//evil.example/token", "https://evil.example/token", "/a/../token", "/token?x=y"]
    {
        let field = format!("token_path={path}");
        let error = refused(&world, &["edit", MAIN, "--field", &field], 2);
        assert!(text(&error, "message").contains("token_path"), "{error}");
    }
    token(&world, MAIN);
}

#[test]
fn a_grant_that_the_server_does_not_have_is_told_as_such() {
    let logins = Peer::authlib(&json!([{
        "client_id": "basic", "client_secret": "basic-secret-7x9z", "scope": "",
        "auth_methods": ["client_secret_basic"],
    }]));
    let world = world(&logins, &[("client_id", "basic")], "basic-secret-7x9z");
    let error = refused(&world, &["token", MAIN], 1);
    assert!(text(&error, "message").contains("no token endpoint at this path"), "{error}");
    world.keyturn(&["edit", MAIN, "--field", "token_path=/oauth/token"]).run().done();
    let error = refused(&world, &["token", MAIN], 1);
    assert!(text(&error, "message").contains("does not know this grant"), "{error}");
}
