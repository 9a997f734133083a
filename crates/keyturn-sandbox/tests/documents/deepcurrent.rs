//! deepcurrent-authentication.txt.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use keyturn_sandbox::{Provider, Sandbox};
use reqwest::{Client, RequestBuilder};
use serde_json::Value;

use crate::support::{client, json, start, url};

fn login(sandbox: &Sandbox, client: &Client, password: &str) -> RequestBuilder {
    let email = sandbox.credentials().deepcurrent.email;
    let form = [("username", email.as_str()), ("password", password)];
    client.post(url(sandbox, Provider::Deepcurrent, "/api/v1/login/access-token")).form(&form)
}

async fn token(sandbox: &Sandbox, client: &Client) -> Value {
    let password = sandbox.credentials().deepcurrent.password;
    let (status, body) = json(login(sandbox, client, &password)).await;
    assert_eq!(status, 200, "{body}");
    body
}

fn me(sandbox: &Sandbox, client: &Client) -> RequestBuilder {
    client.get(url(sandbox, Provider::Deepcurrent, "/api/v1/users/me"))
}

/// "Your key starts with dc_ … Pass your API key as a Bearer token on every request".
#[tokio::test]
async fn dc1_dc2_the_key_as_bearer_answers_who_one_is() {
    let sandbox = start();
    let key = sandbox.credentials().deepcurrent.api_key;
    assert!(key.starts_with("dc_"));
    let (status, body) = json(me(&sandbox, &client(&sandbox)).bearer_auth(&key)).await;
    assert_eq!(status, 200);
    assert!(key.ends_with(body["api_key_last_four"].as_str().unwrap()), "DC5 [+]: {body}");
    assert!(body["referral_code"].as_str().unwrap().starts_with("dc_"), "DC2 [+]: {body}");
    assert_eq!(body["email"].as_str().unwrap(), sandbox.credentials().deepcurrent.email);
}

/// "Send a POST request to /api/v1/login/access-token with your credentials encoded as
/// application/x-www-form-urlencoded"; "`{"access_token": …, "token_type": "bearer"}`".
#[tokio::test]
async fn dc3_a_login_gives_a_jwt_that_works() {
    let sandbox = start();
    let client = client(&sandbox);
    let body = token(&sandbox, &client).await;
    assert_eq!(body["token_type"], "bearer");
    assert_eq!(body.as_object().unwrap().len(), 2, "no expiry beside the token: {body}");
    let jwt = body["access_token"].as_str().unwrap();
    assert!(jwt.starts_with("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."), "as in the sample: {jwt}");
    assert_eq!(json(me(&sandbox, &client).bearer_auth(jwt)).await.0, 200);
    assert_eq!(json(me(&sandbox, &client).bearer_auth(format!("{jwt}x"))).await.0, 401);
}

/// "The login endpoint accepts standard OAuth2 password grant fields."
#[tokio::test]
async fn dc3_the_grant_type_is_optional_and_must_be_password() {
    let sandbox = start();
    let client = client(&sandbox);
    let known = sandbox.credentials().deepcurrent;
    let status = async |grant: &str| {
        let form = [
            ("username", known.email.as_str()),
            ("password", known.password.as_str()),
            ("grant_type", grant),
        ];
        let address = url(&sandbox, Provider::Deepcurrent, "/api/v1/login/access-token");
        json(client.post(address).form(&form)).await.0
    };
    assert_eq!(status("password").await, 200);
    assert_eq!(status("client_credentials").await, 422);
}

/// "JWT tokens expire after a fixed period. When your token expires, repeat the login request".
#[tokio::test]
async fn dc4_a_jwt_ends_when_its_exp_says_so() {
    let sandbox = start();
    let client = client(&sandbox);
    sandbox.admin().stop_clock();
    let body = token(&sandbox, &client).await;
    let jwt = body["access_token"].as_str().unwrap();
    let payload = URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1).unwrap()).unwrap();
    let claims: Value = serde_json::from_slice(&payload).unwrap();
    let life = claims["exp"].as_i64().unwrap() - sandbox.admin().now().timestamp();
    assert_eq!(life, 3_600);
    sandbox.admin().advance_clock(TimeDelta::seconds(life));
    assert_eq!(json(me(&sandbox, &client).bearer_auth(jwt)).await.0, 401);
}

/// "401 Unauthorized | No credentials provided, or the API key / token is invalid."
#[tokio::test]
async fn dc8_no_or_wrong_credentials_are_401() {
    let sandbox = start();
    let client = client(&sandbox);
    assert_eq!(json(me(&sandbox, &client)).await.0, 401);
    assert_eq!(json(me(&sandbox, &client).bearer_auth("dc_wrong")).await.0, 401);
    assert_eq!(json(login(&sandbox, &client, "wrong")).await.0, 401);
    let in_the_other_header =
        me(&sandbox, &client).header("x-api-key", sandbox.credentials().deepcurrent.api_key);
    assert_eq!(json(in_the_other_header).await.0, 401);
}

/// "403 Forbidden | Credentials are valid but your account does not have access".
#[tokio::test]
async fn dc8_a_plan_without_access_is_403() {
    let sandbox = start();
    sandbox.admin().forbid(Provider::Deepcurrent, true);
    let key = sandbox.credentials().deepcurrent.api_key;
    assert_eq!(json(me(&sandbox, &client(&sandbox)).bearer_auth(key)).await.0, 403);
}

/// "Your full API key is displayed exactly once. … only the last four characters remain visible."
#[test]
fn dc6_the_dialog_shows_the_key_once() {
    let sandbox = start();
    let key = sandbox.credentials().deepcurrent.api_key;
    assert_eq!(sandbox.admin().reveal_key(), key);
    let later = sandbox.admin().reveal_key();
    assert!(later.len() == 4 && key.ends_with(&later), "{later}");
}

/// "Your old key continues to work until the new one is issued and confirmed."
#[tokio::test]
async fn dc7_the_old_key_works_until_the_new_one_is_confirmed() {
    let sandbox = start();
    let client = client(&sandbox);
    let old = sandbox.credentials().deepcurrent.api_key;
    let new = sandbox.admin().issue_key(Provider::Deepcurrent);
    let status = async |key: &str| json(me(&sandbox, &client).bearer_auth(key)).await.0;
    assert_eq!((status(&old).await, status(&new).await), (200, 200));
    sandbox.admin().confirm_key(Provider::Deepcurrent);
    assert_eq!((status(&old).await, status(&new).await), (401, 200));
    assert_eq!(sandbox.admin().reveal_key(), new, "a new key is revealed anew");
}
