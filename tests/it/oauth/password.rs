//! The password grant (RFC 6749, section 4.3) against Authlib.

use serde_json::{Value, json};

use super::peer::{PASSWORD, USERNAME};
use super::{Peer, add, introspect, refused, text, token, token_with, world_with};
use crate::support::World;

const PROVIDER: &str = "oauth2-password";
const MAIN: &str = "oauth2-password/main";
const INTROSPECT: &str = "/oauth/introspect";

fn client(id: &str, secret: &str, methods: &[&str]) -> Value {
    json!({"client_id": id, "client_secret": secret, "scope": "read write", "auth_methods": methods})
}

fn server() -> Peer {
    Peer::authlib(&json!([
        client("rotating", "rotating-7x9z", &["client_secret_basic"]),
        client("keeping", "keeping-7x9z", &["client_secret_post"]),
        client("plain", "pl%in:+x 7x9z", &["client_secret_basic"]),
        client("public", "", &["none"]),
    ]))
}

fn world(server: &Peer, open: &[(&str, &str)], secrets: &[(&str, &str)]) -> World {
    let world = world_with(server, &[PROVIDER, "generic-basic"]);
    let path = [("revocation_path", "/oauth/revoke")];
    add(&world, PROVIDER, &[&path[..], open].concat(), secrets);
    add(&world, "generic-basic", &[("username", "rotating")], &[("password", "rotating-7x9z")]);
    world
}

fn login<'a>(client: &'a str, client_auth: &'a str) -> [(&'a str, &'a str); 4] {
    let scope = ("scope", "read");
    [("username", USERNAME), ("client_id", client), ("client_auth", client_auth), scope]
}

#[test]
fn a_login_is_renewed_with_refresh_tokens_that_rotate() {
    let server = server();
    let secrets = [("password", PASSWORD), ("client_secret", "rotating-7x9z")];
    let world = world(&server, &login("rotating", "basic"), &secrets);
    let first = token(&world, MAIN);
    assert_eq!(token(&world, MAIN)["reused"], true);
    let mut newest = first;
    for _ in 0..3 {
        let renewed = token_with(&world, MAIN, &["--renew"]);
        let old = introspect(&world, INTROSPECT, text(&newest, "access_token"));
        assert_eq!(old["active"], false, "the refresh ended the token before: {old}");
        newest = renewed;
    }
    let me = world.keyturn(&["request", MAIN, "/api/me"]).run().done();
    assert_eq!(me.json()["hello"], "someone");
    world.home_holds_no_secret();
}

#[test]
fn a_refresh_token_that_the_server_keeps_is_used_again_and_again() {
    let server = server();
    let secrets = [("password", PASSWORD), ("client_secret", "keeping-7x9z")];
    let world = world(&server, &login("keeping", "body"), &secrets);
    let mut newest = token(&world, MAIN);
    for _ in 0..3 {
        let renewed = token_with(&world, MAIN, &["--renew"]);
        // A login would have left the token before alive: only a refresh ends it.
        let old = introspect(&world, INTROSPECT, text(&newest, "access_token"));
        assert_eq!(old["active"], false, "{old}");
        newest = renewed;
    }
    world.keyturn(&["edit", MAIN, "--field", "client_auth=basic"]).run().done();
    let error = refused(&world, &["token", MAIN], 6);
    assert!(text(&error, "hint").contains("client_auth"), "this one wants the body: {error}");
}

#[test]
fn a_refresh_token_that_is_no_longer_taken_leads_to_a_login() {
    let server = server();
    let secrets = [("password", PASSWORD), ("client_secret", "rotating-7x9z")];
    let world = world(&server, &login("rotating", "basic"), &secrets);
    let first = token(&world, MAIN);
    // A backup of this vault would know only the refresh token of now, which is spent afterwards.
    let before = std::fs::read(world.vault_file()).unwrap();
    token_with(&world, MAIN, &["--renew"]);
    world.keyturn(&["stop"]).run().done();
    world.wait_for_agents_end();
    std::fs::write(world.vault_file(), before).unwrap();
    std::fs::remove_file(world.home().join("state/anchor")).unwrap();
    world.unlock();
    let again = token_with(&world, MAIN, &["--renew"]);
    assert_ne!(again["access_token"], first["access_token"]);
    let known = introspect(&world, INTROSPECT, text(&again, "access_token"));
    assert_eq!(known["active"], true);
}

#[test]
fn a_client_without_a_secret_and_one_that_is_not_decoded_are_served() {
    let server = server();
    let secrets = [("password", PASSWORD)];
    let open = [("username", USERNAME), ("client_id", "public")];
    let public = world(&server, &open, &secrets);
    assert_eq!(token(&public, MAIN)["token_type"], "Bearer");

    let secrets = [("password", PASSWORD), ("client_secret", "pl%in:+x 7x9z")];
    let plain = world(&server, &login("plain", "basic_unencoded"), &secrets);
    assert_eq!(token(&plain, MAIN)["token_type"], "Bearer");
    plain.keyturn(&["edit", MAIN, "--field", "client_auth=basic"]).run().done();
    let error = refused(&plain, &["token", MAIN], 6);
    assert!(text(&error, "hint").contains("client_auth"), "Authlib does not decode: {error}");
}

#[test]
fn a_wrong_password_is_the_credentials_fault() {
    let server = server();
    let secrets = [("password", "not the password"), ("client_secret", "rotating-7x9z")];
    let world = world(&server, &login("rotating", "basic"), &secrets);
    let error = refused(&world, &["token", MAIN], 6);
    assert!(text(&error, "message").contains("user name and password"), "{error}");
}

#[test]
fn audience_and_scope_reach_the_server() {
    let server = server();
    let secrets = [("password", PASSWORD), ("client_secret", "rotating-7x9z")];
    let audience = [("audience", "https://api.example/v1")];
    let open = [&login("rotating", "basic")[..], &audience].concat();
    let world = world(&server, &open, &secrets);
    let bought = token(&world, MAIN);
    let known = introspect(&world, INTROSPECT, text(&bought, "access_token"));
    assert_eq!(
        (&known["aud"], &known["scope"]),
        (&json!("https://api.example/v1"), &json!("read"))
    );
}

#[test]
fn a_client_that_may_not_use_the_grant_is_told_so() {
    let mut tied = client("tied", "tied-7x9z", &["client_secret_basic"]);
    tied["grant_types"] = json!(["refresh_token"]);
    let server = Peer::authlib(&json!([tied]));
    let secrets = [("password", PASSWORD), ("client_secret", "tied-7x9z")];
    let world = world(&server, &login("tied", "basic"), &secrets);
    let error = refused(&world, &["token", MAIN], 1);
    assert!(text(&error, "message").contains("may not use this grant"), "{error}");
}
