//! Revocation (RFC 7009): what the server says of the tokens afterwards.

use serde_json::{Value, json};

use super::peer::{PASSWORD, USERNAME};
use super::{Peer, add, introspect, refused, text, token, world_with};
use crate::support::World;

fn revoke(world: &World, reference: &str) -> Value {
    world.keyturn(&["token", reference, "--revoke", "--format", "json"]).run().done().json()
}

#[test]
fn a_revoked_access_token_is_inactive_at_the_server_and_forgotten_here() {
    let server = Peer::oidc_provider(&json!([{
        "client_id": "svc", "client_secret": "svc-secret-7x9z",
        "grant_types": ["client_credentials"], "redirect_uris": [], "response_types": [],
    }]));
    let world = world_with(&server, &["oauth2-client-credentials", "generic-basic"]);
    let main = "oauth2-client-credentials/main";
    let open = [("client_id", "svc"), ("token_path", "/token")];
    let secret = [("client_secret", "svc-secret-7x9z")];
    add(&world, "oauth2-client-credentials", &open, &secret);
    add(&world, "generic-basic", &[("username", "svc")], &[("password", "svc-secret-7x9z")]);
    let bought = token(&world, main);

    // Without a path there is nobody to ask: nothing is lost.
    let error = refused(&world, &["token", main, "--revoke"], 1);
    assert!(text(&error, "hint").contains("revocation_path"), "{error}");
    assert_eq!(token(&world, main)["access_token"], bought["access_token"]);

    // With a wrong one neither; telling where tokens are revoked forgets none.
    let wrong = ["edit", main, "--field", "revocation_path=/nowhere"];
    world.keyturn(&wrong).run().done();
    let error = refused(&world, &["token", main, "--revoke"], 1);
    assert!(text(&error, "message").contains("404"), "{error}");
    assert_eq!(token(&world, main)["access_token"], bought["access_token"]);

    world.keyturn(&["edit", main, "--field", "revocation_path=/token/revocation"]).run().done();
    assert_eq!(revoke(&world, main)["revoked"], json!(["access_token"]));
    let known = introspect(&world, "/token/introspection", text(&bought, "access_token"));
    assert_eq!(known["active"], false);
    assert_eq!(world.listed(main)["token"]["state"], "none");
    refused(&world, &["token", main, "--revoke"], 4);
    assert_ne!(token(&world, main)["access_token"], bought["access_token"]);
}

#[test]
fn a_revoked_refresh_token_buys_nothing_any_more() {
    let server = Peer::oidc_provider(&json!([{
        "client_id": "app", "client_secret": "app-secret-7x9z",
        "grant_types": ["authorization_code", "refresh_token"],
        "redirect_uris": ["https://app.example/callback"],
    }]));
    let world = world_with(&server, &["oauth2-refresh-token"]);
    let main = "oauth2-refresh-token/main";
    let refresh_token = server.refresh_token("app");
    let open =
        [("client_id", "app"), ("token_path", "/token"), ("revocation_path", "/token/revocation")];
    let secrets = [("client_secret", "app-secret-7x9z"), ("refresh_token", refresh_token.as_str())];
    add(&world, "oauth2-refresh-token", &open, &secrets);
    token(&world, main);
    world.keyturn(&["request", main, "/me"]).run().done();
    assert_eq!(revoke(&world, main)["revoked"], json!(["access_token", "refresh_token"]));
    refused(&world, &["token", main], 6);
}

#[test]
fn authlib_revokes_both_tokens_of_a_login() {
    let server = Peer::authlib(&json!([{
        "client_id": "rotating", "client_secret": "rotating-7x9z", "scope": "read",
        "auth_methods": ["client_secret_basic"],
    }]));
    let world = world_with(&server, &["oauth2-password", "generic-basic"]);
    let main = "oauth2-password/main";
    let open = [
        ("username", USERNAME),
        ("client_id", "rotating"),
        ("scope", "read"),
        ("revocation_path", "/oauth/revoke"),
    ];
    let secrets = [("password", PASSWORD), ("client_secret", "rotating-7x9z")];
    add(&world, "oauth2-password", &open, &secrets);
    add(&world, "generic-basic", &[("username", "rotating")], &[("password", "rotating-7x9z")]);
    let bought = token(&world, main);
    assert_eq!(revoke(&world, main)["revoked"], json!(["access_token", "refresh_token"]));
    let known = introspect(&world, "/oauth/introspect", text(&bought, "access_token"));
    assert_eq!(known["active"], false);
}
