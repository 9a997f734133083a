//! The generic profiles against OAuth servers that others wrote: oidc-provider, which is certified, and
//! Authlib, which has the password grant. Nothing of ours answers here.

mod client_credentials;
mod keys;
mod password;
pub(crate) mod peer;
mod refresh;
mod revocation;
mod two_origins;

use serde_json::{Value, json};

use crate::support::{Outcome, World};
use peer::Peer;

/// A world with an open vault in which a server is the environment `test` of a provider.
fn world_with(server: &Peer, providers: &[&str]) -> World {
    let world = World::with_vault();
    std::fs::write(world.folder().join("peer.pem"), server.ca_pem()).unwrap();
    for provider in providers {
        let add = ["provider", "environment", "add", provider, "test"];
        let flags = ["--base-url", server.origin(), "--ca", "peer.pem"];
        world.keyturn(&[&add[..], &flags].concat()).run().done();
    }
    world
}

/// Adds `PROVIDER/main` in the environment `test`.
fn add(world: &World, provider: &str, open: &[(&str, &str)], secrets: &[(&str, &str)]) {
    let mut words = vec!["add", provider, "--environment", "test", "--secrets-stdin"];
    let fields: Vec<String> = open.iter().map(|(name, value)| format!("{name}={value}")).collect();
    words.extend(fields.iter().flat_map(|field| ["--field", field.as_str()]));
    let given: serde_json::Map<String, Value> =
        secrets.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    for (_, value) in secrets {
        world.keeps_secret(value);
    }
    world.keyturn(&words).stdin(&Value::Object(given).to_string()).run().done();
}

fn token_with(world: &World, reference: &str, flags: &[&str]) -> Value {
    let words = [&["token", reference, "--as", "json"], flags].concat();
    let token = world.keyturn(&words).run().done().json();
    world.keeps_secret(text(&token, "access_token"));
    token
}

fn token(world: &World, reference: &str) -> Value {
    token_with(world, reference, &[])
}

fn text<'a>(document: &'a Value, key: &str) -> &'a str {
    document[key].as_str().unwrap_or_else(|| panic!("{key} is a text: {document}"))
}

/// Asks a server what it knows of a token (RFC 7662), with the credential `generic-basic/main`.
fn introspect(world: &World, path: &str, access_token: &str) -> Value {
    let form = format!("token={access_token}");
    let words = ["request", "generic-basic/main", "POST", path, "--form", &form, "--yes"];
    let answer = world.keyturn(&words).run().done();
    serde_json::from_str(&answer.stdout).unwrap_or_else(|error| panic!("{error}: {answer:?}"))
}

/// The error of a command that fails with this status.
#[track_caller]
fn refused(world: &World, words: &[&str], status: i32) -> Value {
    let outcome: Outcome =
        world.keyturn(&[words, &["--format", "json"]].concat()).run().exits(status);
    outcome.error()
}
