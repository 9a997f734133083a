//! deepvue-authentication.txt and deepvue-security.txt.

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use keyturn_sandbox::{PanbasicAuth, Plan, Provider, Sandbox};
use reqwest::multipart::Form;
use reqwest::{Client, RequestBuilder};
use serde_json::json;

use crate::support::{client, json, start, url};

const AUTHORIZE: &str = "/v1/authorize";
const PANBASIC: &str = "/v1/verification/panbasic?pan_number=AAAPT0002F";

fn authorize(sandbox: &Sandbox, client: &Client, secret: &str) -> RequestBuilder {
    let form = Form::new()
        .text("client_id", sandbox.credentials().deepvue.client_id)
        .text("client_secret", secret.to_owned());
    client.post(url(sandbox, Provider::Deepvue, AUTHORIZE)).multipart(form)
}

async fn token(sandbox: &Sandbox, client: &Client) -> String {
    let secret = sandbox.credentials().deepvue.client_secret;
    let (status, body) = json(authorize(sandbox, client, &secret)).await;
    assert_eq!(status, 200, "{body}");
    body["access_token"].as_str().unwrap().to_owned()
}

fn panbasic(sandbox: &Sandbox, client: &Client) -> RequestBuilder {
    client.get(url(sandbox, Provider::Deepvue, PANBASIC))
}

/// "curl -X POST '…/v1/authorize' -F `'client_id=YOUR_CLIENT_ID'` -F
/// `'client_secret=YOUR_CLIENT_SECRET'`" answers `access_token`, `token_type` "bearer" and
/// "expiry": "2026-03-08T00:00:00Z".
#[tokio::test]
async fn dv2_dv3_a_multipart_form_buys_a_bearer_token_with_an_expiry_at_midnight() {
    let sandbox = start();
    let client = client(&sandbox);
    let secret = sandbox.credentials().deepvue.client_secret;
    let (status, body) = json(authorize(&sandbox, &client, &secret)).await;
    assert_eq!(status, 200);
    assert_eq!(body["token_type"], "bearer");
    assert!(body["access_token"].as_str().unwrap().starts_with("eyJhbGciOiJIUzI1NiIs"));
    let text = body["expiry"].as_str().unwrap();
    let expiry: DateTime<Utc> = text.parse().unwrap();
    assert!(text.ends_with("T00:00:00Z"), "{text}");
    assert_eq!(expiry.num_seconds_from_midnight(), 0);
    let left = expiry - sandbox.admin().now();
    assert!(left > -TimeDelta::minutes(1) && left <= TimeDelta::hours(24), "{left}");
}

/// The sample is `-F`, so an urlencoded form is not taken for one.
#[tokio::test]
async fn dv2_an_urlencoded_form_buys_nothing() {
    let sandbox = start();
    let known = sandbox.credentials().deepvue;
    let form = [("client_id", known.client_id), ("client_secret", known.client_secret)];
    let request = client(&sandbox).post(url(&sandbox, Provider::Deepvue, AUTHORIZE)).form(&form);
    assert_eq!(json(request).await.0, 422);
    assert_eq!(sandbox.admin().last_token(Provider::Deepvue), None);
}

/// "401 | Incorrect `client_id` or `client_secret`".
#[tokio::test]
async fn dv7_a_wrong_secret_is_401() {
    let sandbox = start();
    let answer = json(authorize(&sandbox, &client(&sandbox), "wrong")).await;
    assert_eq!(answer, (401, json!({"detail": "Incorrect client_id or client_secret"})));
}

/// "401 | Not authenticated | Include a valid Bearer token in the Authorization header".
#[tokio::test]
async fn dv7_no_credential_is_401() {
    let sandbox = start();
    let answer = json(panbasic(&sandbox, &client(&sandbox))).await;
    assert_eq!(answer, (401, json!({"detail": "Not authenticated"})));
}

/// "Authorization tokens remain valid for 24 hours from generation. After expiration, call the
/// Authorize endpoint again"; "403 | Not a valid token | Your token may have expired".
#[tokio::test]
async fn dv4_dv7_a_token_lives_24_hours_and_is_then_403() {
    let sandbox = start();
    let client = client(&sandbox);
    let token = token(&sandbox, &client).await;
    let admin = sandbox.admin();
    admin.advance_clock(TimeDelta::hours(24) - TimeDelta::minutes(1));
    assert_eq!(json(panbasic(&sandbox, &client).bearer_auth(&token)).await.0, 200);
    admin.advance_clock(TimeDelta::minutes(1));
    let answer = json(panbasic(&sandbox, &client).bearer_auth(&token)).await;
    assert_eq!(answer, (403, json!({"detail": "Not a valid token"})));
}

/// "You can authenticate using an access token … or using your `client_secret` as an API key
/// header"; the example sends both.
#[tokio::test]
async fn dv5_the_sample_takes_the_bearer_the_key_or_both() {
    let sandbox = start();
    let client = client(&sandbox);
    let token = token(&sandbox, &client).await;
    let secret = sandbox.credentials().deepvue.client_secret;
    let request = || panbasic(&sandbox, &client);
    let status = async |request| json(request).await.0;
    assert_eq!(status(request().bearer_auth(&token)).await, 200);
    assert_eq!(status(request().header("x-api-key", &secret)).await, 200);
    let both = || request().bearer_auth(&token).header("x-api-key", &secret);
    assert_eq!(status(both()).await, 200);
    assert_eq!(status(request().bearer_auth(&token).header("x-api-key", "wrong")).await, 403);
    assert_eq!(status(request().bearer_auth("wrong").header("x-api-key", &secret)).await, 403);
    sandbox.admin().set_panbasic_auth(PanbasicAuth::Both);
    assert_eq!(status(request().bearer_auth(&token)).await, 401);
    assert_eq!(status(both()).await, 200);
}

/// "403 | Access forbidden | Your account may not have access to this API."
#[tokio::test]
async fn dv7_an_account_without_access_is_403() {
    let sandbox = start();
    let client = client(&sandbox);
    let token = token(&sandbox, &client).await;
    sandbox.admin().forbid(Provider::Deepvue, true);
    let answer = json(panbasic(&sandbox, &client).bearer_auth(token)).await;
    assert_eq!(answer, (403, json!({"detail": "Access forbidden"})));
}

/// "When enabled, only requests from your whitelisted IPs will be accepted — all other requests are
/// rejected with a 403 Forbidden response."
#[tokio::test]
async fn dv9_an_unlisted_address_is_403_on_everything() {
    let sandbox = start();
    let client = client(&sandbox);
    let admin = sandbox.admin();
    let secret = sandbox.credentials().deepvue.client_secret;
    admin.allow_ips(Provider::Deepvue, Some(vec!["203.0.113.7".parse().unwrap()]));
    assert_eq!(json(authorize(&sandbox, &client, &secret)).await.0, 403);
    assert_eq!(json(panbasic(&sandbox, &client)).await.0, 403);
    admin.allow_ips(Provider::Deepvue, Some(vec!["127.0.0.1".parse().unwrap()]));
    assert_eq!(json(authorize(&sandbox, &client, &secret)).await.0, 200);
}

/// DV13 [+]: Starter 1/30/1,000 … Enterprise 17/1,000/50,000.
#[tokio::test]
async fn dv13_the_plan_limits_requests() {
    let sandbox = start();
    let client = client(&sandbox);
    let admin = sandbox.admin();
    admin.stop_clock();
    let statuses = async |count: usize| {
        let mut limited = 0;
        for _ in 0..count {
            limited += usize::from(json(panbasic(&sandbox, &client)).await.0 == 429);
        }
        limited
    };
    assert_eq!(statuses(18).await, 1, "Enterprise: 17 a second");
    admin.set_plan(Plan::Starter);
    admin.advance_clock(TimeDelta::minutes(1));
    assert_eq!(statuses(2).await, 1, "Starter: 1 a second");
    admin.set_used_today(Provider::Deepvue, 1_000);
    admin.advance_clock(TimeDelta::seconds(1));
    let answer = json(panbasic(&sandbox, &client)).await;
    assert_eq!(answer, (429, json!({"detail": "Rate limit exceeded"})), "1,000 a day");
}

/// A new `client_secret` is what "Rotate credentials periodically" leads to.
#[tokio::test]
async fn dv14_the_old_secret_ends_when_a_new_one_is_confirmed() {
    let sandbox = start();
    let client = client(&sandbox);
    let old = sandbox.credentials().deepvue.client_secret;
    let new = sandbox.admin().regenerate_key(Provider::Deepvue);
    assert_eq!(json(authorize(&sandbox, &client, &old)).await.0, 401);
    assert_eq!(json(authorize(&sandbox, &client, &new)).await.0, 200);
}

/// "Navigate to the credentials tab to find your `client_id` and `client_secret`": a new pair has a client
/// id of its own, and works beside the old one until that is ended.
#[tokio::test]
async fn a_new_pair_works_beside_the_old_one_until_that_is_ended_and_its_halves_do_not_mix() {
    let sandbox = start();
    let client = client(&sandbox);
    let old = sandbox.credentials().deepvue;
    let secret = sandbox.admin().issue_pair();
    let new = sandbox.credentials().deepvue;
    assert_eq!(new.client_secret, secret);
    assert_ne!(new.client_id, old.client_id);
    let status = async |id: &str, secret: &str| {
        let form =
            Form::new().text("client_id", id.to_owned()).text("client_secret", secret.to_owned());
        let request = client.post(url(&sandbox, Provider::Deepvue, AUTHORIZE)).multipart(form);
        json(request).await.0
    };
    assert_eq!(status(&old.client_id, &old.client_secret).await, 200);
    assert_eq!(status(&new.client_id, &new.client_secret).await, 200);
    assert_eq!(status(&old.client_id, &new.client_secret).await, 401);
    sandbox.admin().confirm_key(Provider::Deepvue);
    assert_eq!(status(&old.client_id, &old.client_secret).await, 401);
    assert_eq!(status(&new.client_id, &new.client_secret).await, 200);
}
