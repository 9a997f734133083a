//! Keys that are sent as they are: in a header, in the query, as bearer, as Basic. The API is
//! oidc-provider's userinfo, whose key is a token that it issued.

use keyturn_sandbox::Provider;
use serde_json::{Value, json};

use super::{Peer, add, refused, text, token, world_with};
use crate::support::World;

const QUERY: &str = "generic-api-key-query/main";

/// A world with an API and the key to it.
fn world(server: &Peer, provider: &str) -> (World, String) {
    let world = world_with(server, &["oauth2-refresh-token", provider]);
    let refresh_token = server.refresh_token("app");
    let open = [("client_id", "app"), ("token_path", "/token")];
    let secrets = [("client_secret", "app-secret-7x9z"), ("refresh_token", refresh_token.as_str())];
    add(&world, "oauth2-refresh-token", &open, &secrets);
    let key = text(&token(&world, "oauth2-refresh-token/main"), "access_token").to_owned();
    (world, key)
}

fn server() -> Peer {
    Peer::oidc_provider(&json!([{
        "client_id": "app", "client_secret": "app-secret-7x9z",
        "grant_types": ["authorization_code", "refresh_token"],
        "redirect_uris": ["https://app.example/callback"],
    }]))
}

fn me(world: &World, reference: &str) -> Value {
    world.keyturn(&["request", reference, "/me", "--format", "json"]).run().done().json()
}

#[test]
fn a_bearer_token_is_taken_and_a_header_of_ones_own_does_the_same() {
    let server = server();
    let (world, key) = world(&server, "generic-bearer");
    add(&world, "generic-bearer", &[], &[("bearer_token", &key)]);
    assert!(text(&me(&world, "generic-bearer/main"), "body").contains("someone"));

    let base = ["provider", "environment", "add", "generic-api-key", "test", "--ca", "peer.pem"];
    world.keyturn(&[&base[..], &["--base-url", server.origin()]].concat()).run().done();
    let own = [("header", "Authorization"), ("scheme", "Bearer")];
    add(&world, "generic-api-key", &own, &[("api_key", &key)]);
    assert!(text(&me(&world, "generic-api-key/main"), "body").contains("someone"));
    let header = world.keyturn(&["token", "generic-api-key/main", "--as", "header"]).run().done();
    assert_eq!(header.line(), format!("Authorization: Bearer {key}"));
}

#[test]
fn a_key_in_the_query_arrives_and_is_shown_nowhere() {
    let server = server();
    let (world, key) = world(&server, "generic-api-key-query");
    add(&world, "generic-api-key-query", &[("parameter", "access_token")], &[("api_key", &key)]);
    let answer = me(&world, QUERY);
    assert!(text(&answer, "body").contains("someone"), "{answer}");
    assert!(answer["sent"].to_string().contains("access_token"), "its name is shown: {answer}");

    let dry = ["request", QUERY, "/me", "--query", "a=b", "--dry-run", "--format", "json"];
    let shown = world.keyturn(&dry).run().done();
    assert!(!shown.stdout.contains(&key), "{}", shown.stdout);
    let twice = ["request", QUERY, "/me", "--query", "access_token=mine"];
    assert!(text(&refused(&world, &twice, 5), "message").contains("access_token"));
    let refused_header = world.keyturn(&["token", QUERY, "--as", "header"]).run().exits(2);
    assert!(refused_header.stderr.contains("--as curl"), "{}", refused_header.stderr);
    let command = world.keyturn(&["token", QUERY, "--as", "curl"]).run().done();
    assert!(command.stdout.contains(&format!("--data-urlencode 'access_token={key}'")));
    let code = world.keyturn(&["token", QUERY, "--as", "python"]).run().done();
    assert!(!code.stdout.contains(&key) && code.stdout.contains("API_KEY"), "{}", code.stdout);

    // Nobody listens: the error names the host and no address with a key in it.
    drop(server);
    let error = refused(&world, &["request", QUERY, "/me"], 7);
    assert!(!error.to_string().contains(&key));
    world.keyturn(&["lock"]).run().done();
    world.home_holds_no_secret();
}

#[test]
fn a_key_goes_into_the_header_that_the_user_names_and_into_no_other() {
    let world = World::with_providers();
    let base = world.sandbox().base_url(Provider::Deepidv);
    let add_own = ["provider", "environment", "add", "generic-api-key", "test", "--ca", "ca.pem"];
    world.keyturn(&[&add_own[..], &["--base-url", &base]].concat()).run().done();
    add(&world, "generic-api-key", &[], &[("api_key", "some-key-of-mine-7x9z")]);
    let main = "generic-api-key/main";
    world.keyturn(&["request", main, "/v1/sessions"]).run();
    world.keyturn(&["edit", main, "--field", "header=X-My-Key"]).run().done();
    world.keyturn(&["request", main, "/v1/sessions"]).run();
    let seen = world.admin().requests(Provider::Deepidv);
    assert_eq!(seen[0].header("x-api-key"), Some("some-key-of-mine-7x9z"), "the usual one");
    assert_eq!(seen[1].header("x-my-key"), Some("some-key-of-mine-7x9z"));
    assert_eq!(seen[1].header("x-api-key"), None);

    for header in ["Host", "Content-Length", "Cookie"] {
        let field = format!("header={header}");
        let error = refused(&world, &["edit", main, "--field", &field], 2);
        assert!(text(&error, "message").contains("header"), "{error}");
    }
}

#[test]
fn basic_is_made_of_user_name_and_password_and_code_reads_both_from_the_environment() {
    let world = World::with_vault();
    let words = ["add", "generic-basic", "--field", "host=api.example.com", "--secrets-stdin"];
    let words = [&words[..], &["--field", "username=Aladdin"]].concat();
    world.keeps_secret("open sesame");
    world.keyturn(&words).stdin(r#"{"password": "open sesame"}"#).run().done();
    let header = world.keyturn(&["token", "generic-basic/main", "--as", "header"]).run().done();
    assert_eq!(
        header.line(),
        "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "RFC 7617's own"
    );
    for form in ["python", "javascript", "httpie"] {
        let code = world.keyturn(&["token", "generic-basic/main", "--as", form]).run().done();
        assert!(code.stdout.contains("BASIC_USERNAME"), "{form}: {}", code.stdout);
        assert!(code.stdout.contains("BASIC_PASSWORD"), "{form}: {}", code.stdout);
        assert!(!code.stdout.contains("Aladdin") && !code.stdout.contains("sesame"), "{form}");
    }
}
