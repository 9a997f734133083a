//! deepidv-authentication.txt.

use chrono::TimeDelta;
use keyturn_sandbox::{Provider, Sandbox};
use reqwest::{Client, RequestBuilder};
use serde_json::json;

use crate::support::{client, json, start, url};

/// "curl -X POST `https://api.deepidv.com/v1/sessions` … -H "x-api-key: `YOUR_API_KEY`"".
fn create(sandbox: &Sandbox, client: &Client) -> RequestBuilder {
    let session = json!({
        "firstName": "Jane",
        "lastName": "Smith",
        "email": "jane.smith@example.com",
        "phone": "+14165557890",
        "workflowId": "your-workflow-id",
    });
    client
        .post(url(sandbox, Provider::Deepidv, "/v1/sessions"))
        .header("content-type", "application/json")
        .body(session.to_string())
}

fn with_key(sandbox: &Sandbox, client: &Client) -> RequestBuilder {
    create(sandbox, client).header("x-api-key", sandbox.credentials().deepidv.api_key)
}

/// "Include your secret API key in the x-api-key HTTP header with every request."
#[tokio::test]
async fn di3_di4_the_key_in_its_header_creates_a_session() {
    let sandbox = start();
    let (status, body) = json(with_key(&sandbox, &client(&sandbox))).await;
    assert_eq!(status, 201);
    assert!(body["id"].is_string());
}

/// "If your API key is missing or invalid, the API returns a 401 Unauthorized response:
/// {"detail": "Invalid or missing API key"}".
#[tokio::test]
async fn di7_a_missing_or_wrong_key_is_401() {
    let sandbox = start();
    let client = client(&sandbox);
    let refused = (401, json!({"detail": "Invalid or missing API key"}));
    assert_eq!(json(create(&sandbox, &client)).await, refused);
    assert_eq!(json(create(&sandbox, &client).header("x-api-key", "wrong")).await, refused);
    let bearer = create(&sandbox, &client).bearer_auth(sandbox.credentials().deepidv.api_key);
    assert_eq!(json(bearer).await, refused, "the key belongs into x-api-key");
}

/// "401 | API key is missing, invalid, or revoked" and "that it hasn't been regenerated since you
/// last copied it".
#[tokio::test]
async fn di2_di7_a_regenerated_or_revoked_key_is_401() {
    let sandbox = start();
    let client = client(&sandbox);
    let old = with_key(&sandbox, &client);
    let new = sandbox.admin().regenerate_key(Provider::Deepidv);
    assert_eq!(json(old).await.0, 401);
    assert_eq!(json(create(&sandbox, &client).header("x-api-key", new)).await.0, 201);
    sandbox.admin().revoke_key(Provider::Deepidv);
    assert_eq!(json(with_key(&sandbox, &client)).await.0, 401);
}

/// "402 | Insufficient token balance in your organization".
#[tokio::test]
async fn di7_an_organization_without_credit_is_402() {
    let sandbox = start();
    sandbox.admin().out_of_credit(true);
    let (status, body) = json(with_key(&sandbox, &client(&sandbox))).await;
    assert_eq!((status, body["detail"].as_str().unwrap().contains("token balance")), (402, true));
}

/// "403 | API key does not have access to the requested resource".
#[tokio::test]
async fn di7_a_key_without_access_is_403() {
    let sandbox = start();
    sandbox.admin().forbid(Provider::Deepidv, true);
    assert_eq!(json(with_key(&sandbox, &client(&sandbox))).await.0, 403);
}

/// "Requests per second 25, Burst capacity 35 … 429 Too Many Requests".
#[tokio::test]
async fn di6_the_36th_request_at_once_is_429_and_25_more_pass_a_second_later() {
    let sandbox = start();
    let client = client(&sandbox);
    sandbox.admin().stop_clock();
    let passed = async || {
        let mut passed = 0;
        for _ in 0..36 {
            passed += usize::from(json(with_key(&sandbox, &client)).await.0 == 201);
        }
        passed
    };
    assert_eq!(passed().await, 35);
    sandbox.admin().advance_clock(TimeDelta::seconds(1));
    assert_eq!(passed().await, 25);
}

/// "Daily request quota 10,000".
#[tokio::test]
async fn di6_the_10001st_request_of_a_day_is_429() {
    let sandbox = start();
    let client = client(&sandbox);
    sandbox.admin().stop_clock();
    sandbox.admin().set_used_today(Provider::Deepidv, 9_999);
    assert_eq!(json(with_key(&sandbox, &client)).await.0, 201);
    assert_eq!(json(with_key(&sandbox, &client)).await.0, 429);
    sandbox.admin().advance_clock(TimeDelta::days(1));
    assert_eq!(json(with_key(&sandbox, &client)).await.0, 201);
}

/// "Every endpoint is prefixed with /v1".
#[tokio::test]
async fn di3_a_path_without_its_prefix_is_not_found() {
    let sandbox = start();
    let request = client(&sandbox).post(url(&sandbox, Provider::Deepidv, "/sessions"));
    assert_eq!(json(request).await.0, 404);
}
