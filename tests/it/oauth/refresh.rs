//! Refresh tokens (RFC 6749, section 6) against oidc-provider, which gives a new one with each use and
//! ends the login where an old one comes again.

use serde_json::json;

use super::{Peer, add, refused, text, token, token_with, world_with};
use crate::support::World;

const PROVIDER: &str = "oauth2-refresh-token";
const MAIN: &str = "oauth2-refresh-token/main";
const SECRET: &str = "app-secret-7x9z";

fn server() -> Peer {
    Peer::oidc_provider(&json!([{
        "client_id": "app", "client_secret": SECRET,
        "grant_types": ["authorization_code", "refresh_token"],
        "redirect_uris": ["https://app.example/callback"],
    }]))
}

fn world(server: &Peer) -> World {
    let world = world_with(server, &[PROVIDER]);
    let open = [("client_id", "app"), ("token_path", "/token")];
    let refresh_token = server.refresh_token("app");
    let secrets = [("client_secret", SECRET), ("refresh_token", refresh_token.as_str())];
    add(&world, PROVIDER, &open, &secrets);
    world
}

#[test]
fn a_rotated_refresh_token_is_followed_across_the_agents_end() {
    let server = server();
    let world = world(&server);
    let first = token(&world, MAIN);
    assert_eq!(first["reused"], false);
    // Each of these spends the refresh token that the last one brought: a server that sees one twice
    // ends the login.
    for _ in 0..2 {
        token_with(&world, MAIN, &["--renew"]);
    }
    world.keyturn(&["stop"]).run().done();
    world.wait_for_agents_end();
    world.unlock();
    let last = token_with(&world, MAIN, &["--renew"]);
    assert_eq!(last["reused"], false);
    let me = world.keyturn(&["request", MAIN, "/me"]).run().done();
    assert_eq!(me.json()["sub"], "someone", "the API takes the newest token");
    world.home_holds_no_secret();
}

#[test]
fn twenty_callers_who_renew_at_once_never_spend_a_refresh_token_twice() {
    let server = server();
    let world = world(&server);
    token(&world, MAIN);
    let words = ["token", MAIN, "--renew"];
    let children: Vec<_> = (0..20).map(|_| world.keyturn(&words).spawn()).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    token_with(&world, MAIN, &["--renew"]);
}

#[test]
fn a_login_that_was_ended_says_that_one_has_to_log_in_again() {
    let server = server();
    let world = world(&server);
    let stolen = server.refresh_token("app");
    world.keyturn(&["edit", MAIN, "--secret", "refresh_token"]).stdin(&stolen).run().done();
    token(&world, MAIN);
    // Another holder of the same refresh token: `other` brings the spent one.
    let open = ["--field", "client_id=app", "--field", "token_path=/token"];
    let add = ["add", PROVIDER, "--name", "other", "--environment", "test", "--secrets-stdin"];
    let secrets = json!({"client_secret": SECRET, "refresh_token": stolen}).to_string();
    world.keyturn(&[&add[..], &open].concat()).stdin(&secrets).run().done();
    for reference in ["oauth2-refresh-token/other", MAIN] {
        let error = refused(&world, &["token", reference, "--renew"], 6);
        assert_eq!(error["code"], "credential_refused", "{error}");
        assert!(text(&error, "hint").contains("Log in at the provider again"), "{error}");
    }
    let fresh = server.refresh_token("app");
    world.keyturn(&["edit", MAIN, "--secret", "refresh_token"]).stdin(&fresh).run().done();
    token(&world, MAIN);
}
