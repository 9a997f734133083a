//! deeply-authorization.txt.

use chrono::TimeDelta;
use keyturn_sandbox::{Provider, Sandbox, SandboxOptions};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

use crate::support::{client, json, start};

const REISSUE: &str = "/api/v1/auth/reissue";
const EVENTS: &str = "/api/v1/events";

async fn reissue(sandbox: &Sandbox, client: &Client, base: &str) -> Value {
    let key = sandbox.credentials().deeply.api_key;
    let (status, body) = json(client.get(format!("{base}{REISSUE}")).bearer_auth(key)).await;
    assert_eq!(status, 200, "{body}");
    body
}

async fn token(sandbox: &Sandbox, client: &Client, base: &str) -> String {
    reissue(sandbox, client, base).await["access_token"].as_str().unwrap().to_owned()
}

fn events(client: &Client, base: &str) -> RequestBuilder {
    client.get(format!("{base}{EVENTS}"))
}

fn message(text: &str) -> Value {
    json!({"detail": {"message": text}})
}

/// "If the access token is missing or expired, call the Reissue Token endpoint. That request must
/// use Authorization: Bearer `YOUR_API_KEY`."
#[tokio::test]
async fn de2_de3_the_api_key_buys_a_token_that_reads_events() {
    let sandbox = start();
    let client = client(&sandbox);
    let base = sandbox.base_url(Provider::Deeply);
    let body = reissue(&sandbox, &client, &base).await;
    assert_eq!(body.as_object().unwrap().len(), 1, "no expiry beside the token: {body}");
    let token = body["access_token"].as_str().unwrap();
    assert_eq!(json(events(&client, &base).bearer_auth(token)).await.0, 200);
}

/// "Do not send the API key to general endpoints. Use the access token instead."
#[tokio::test]
async fn de1_the_api_key_reads_no_events_and_a_token_buys_no_token() {
    let sandbox = start();
    let client = client(&sandbox);
    let base = sandbox.base_url(Provider::Deeply);
    let invalid =
        message("Authentication token is invalid. Please check your token and try again.");
    let key = sandbox.credentials().deeply.api_key;
    let answer = json(events(&client, &base).bearer_auth(key)).await;
    assert_eq!(answer, (401, invalid.clone()));
    let token = token(&sandbox, &client, &base).await;
    let answer = json(client.get(format!("{base}{REISSUE}")).bearer_auth(token)).await;
    assert_eq!(answer, (401, invalid));
}

/// "401: Unauthorized - Expired Token": "Authentication token expired. Please reissue a new token to
/// renew your session."
#[tokio::test]
async fn de5_an_expired_token_is_401_in_the_documented_words() {
    let sandbox = start();
    let client = client(&sandbox);
    let base = sandbox.base_url(Provider::Deeply);
    let token = token(&sandbox, &client, &base).await;
    sandbox.admin().expire_tokens(Provider::Deeply);
    let text = "Authentication token expired. Please reissue a new token to renew your session.";
    let answer = json(events(&client, &base).bearer_auth(token)).await;
    assert_eq!(answer, (401, message(text)));
}

/// "403: Forbidden - No Key: … when the request does not contain an access token."
#[tokio::test]
async fn de5_no_token_is_403() {
    let sandbox = start();
    let client = client(&sandbox);
    let (status, body) = json(events(&client, &sandbox.base_url(Provider::Deeply))).await;
    assert_eq!(status, 403);
    assert!(body["detail"]["message"].is_string(), "{body}");
}

/// "This page uses the local default host … the public HTTPS environment …
/// `https://openapi.deeplyinc.com`": plain HTTP works at the device, each with its own token.
#[tokio::test]
async fn de4_the_edge_device_speaks_plain_http_and_has_tokens_of_its_own() {
    let sandbox = start();
    let client = client(&sandbox);
    let (edge, cloud) = (sandbox.deeply_edge_url(), sandbox.base_url(Provider::Deeply));
    assert!(edge.starts_with("http://127.0.0.1:"));
    let token = token(&sandbox, &client, &edge).await;
    assert_eq!(json(events(&client, &edge).bearer_auth(&token)).await.0, 200);
    assert_eq!(json(events(&client, &cloud).bearer_auth(&token)).await.0, 401);
}

/// DE7 [+]: 10 a second per endpoint; 429 `detail{message,limit,remaining,reset}`.
#[tokio::test]
async fn de7_the_11th_request_of_a_second_is_429_at_that_endpoint_only() {
    let sandbox = start();
    let client = client(&sandbox);
    let base = sandbox.base_url(Provider::Deeply);
    let token = token(&sandbox, &client, &base).await;
    sandbox.admin().stop_clock();
    for _ in 0..10 {
        assert_eq!(json(events(&client, &base).bearer_auth(&token)).await.0, 200);
    }
    let (status, body) = json(events(&client, &base).bearer_auth(&token)).await;
    let detail = &body["detail"];
    assert_eq!((status, &detail["limit"], &detail["remaining"]), (429, &json!(10), &json!(0)));
    let wait = detail["reset"].as_i64().unwrap() - sandbox.admin().now().timestamp();
    assert!((0..=1).contains(&wait), "{wait}");
    reissue(&sandbox, &client, &base).await;
    sandbox.admin().advance_clock(TimeDelta::seconds(1));
    assert_eq!(json(events(&client, &base).bearer_auth(&token)).await.0, 200);
}

/// What the token is, the document does not say: it can be a JWT with `exp` (X4).
#[tokio::test]
async fn de2_a_token_can_be_a_jwt() {
    let options = SandboxOptions { deeply_tokens_are_jwts: true, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).unwrap();
    let client = client(&sandbox);
    let base = sandbox.base_url(Provider::Deeply);
    assert_eq!(token(&sandbox, &client, &base).await.split('.').count(), 3);
}
