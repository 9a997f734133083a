//! Tokens from one host, an API at another: each gets what belongs to it, and a third gets nothing.

use std::io::ErrorKind;
use std::net::TcpListener;

use serde_json::{Value, json};

use super::{Peer, add, refused, text, token, world_with};

const MAIN: &str = "oauth2-client-credentials/main";

#[test]
fn the_secret_goes_to_the_token_host_the_token_to_the_api_and_a_third_host_gets_no_byte() {
    let issuer = Peer::oidc_provider(&json!([{
        "client_id": "svc", "client_secret": "svc-secret-7x9z",
        "grant_types": ["client_credentials"], "redirect_uris": [], "response_types": [],
    }]));
    let api = Peer::authlib(&json!([]));
    let third = TcpListener::bind("127.0.0.1:0").unwrap();
    third.set_nonblocking(true).unwrap();
    let elsewhere = third.local_addr().unwrap();

    let world = world_with(&issuer, &["generic-basic"]);
    let both = format!("{}{}", issuer.ca_pem(), api.ca_pem());
    std::fs::write(world.folder().join("both.pem"), both).unwrap();
    let provider = "oauth2-client-credentials";
    let words = ["provider", "environment", "add", provider, "test", "--ca", "both.pem"];
    let hosts = ["--base-url", api.origin(), "--token-url", issuer.origin()];
    world.keyturn(&[&words[..], &hosts].concat()).run().done();
    // Other environments' hosts count for nothing in this one.
    let host = format!("{}", elsewhere.ip());
    let open = [
        ("client_id", "svc"),
        ("token_path", "/token"),
        ("token_host", host.as_str()),
        ("host", host.as_str()),
    ];
    add(&world, provider, &open, &[("client_secret", "svc-secret-7x9z")]);

    let bought = token(&world, MAIN);
    assert_eq!(bought["token_type"], "Bearer", "the issuer issued it");
    let answer = world.keyturn(&["request", MAIN, "/api/me", "--format", "json"]).run();
    let answer: Value = answer.json();
    assert_eq!(answer["status"], 401, "Authlib, which did not issue it, answered: {answer}");
    assert!(text(&answer["sent"], "url").starts_with(api.origin()), "{answer}");

    for path in [format!("https://{elsewhere}/x"), format!("//{elsewhere}/x")] {
        refused(&world, &["request", MAIN, &path], 5);
        let field = format!("token_path={path}");
        refused(&world, &["edit", MAIN, "--field", &field], 2);
        let field = format!("revocation_path={path}");
        refused(&world, &["edit", MAIN, "--field", &field], 2);
    }
    let unbound = ["request", MAIN, "/x", "--environment", "default"];
    refused(&world, &unbound, 5);
    let nobody = third.accept().unwrap_err();
    assert_eq!(nobody.kind(), ErrorKind::WouldBlock, "nobody connected to the third host");

    // Clear text is refused for the token host as for any other.
    let clear = ["provider", "environment", "add", provider, "clear", "--base-url", api.origin()];
    let clear = [&clear[..], &["--token-url", "http://127.0.0.1:1"]].concat();
    refused(&world, &clear, 5);
}
