//! The answers that no document shows.

use std::time::Duration;

use chrono::{DateTime, Utc};
use keyturn_sandbox::{Fault, FaultKind, Provider, Sandbox};
use reqwest::{Client, RequestBuilder};

use crate::support::{builder, client, json, start, url};

fn me(sandbox: &Sandbox, client: &Client) -> RequestBuilder {
    let key = sandbox.credentials().deepcurrent.api_key;
    client.get(url(sandbox, Provider::Deepcurrent, "/api/v1/users/me")).bearer_auth(key)
}

fn strike(sandbox: &Sandbox, fault: Fault) {
    sandbox.admin().fault(Provider::Deepcurrent, fault);
}

#[tokio::test]
async fn a_fault_strikes_as_often_as_it_was_told_and_only_its_path() {
    let sandbox = start();
    let client = client(&sandbox);
    let kind = FaultKind::Answer {
        status: 503,
        headers: vec![("retry-after".to_owned(), "7".to_owned())],
        body: "{}".to_owned(),
    };
    strike(&sandbox, Fault::next(kind).times(2).on("/api/v1/users/me"));
    let elsewhere = client.get(url(&sandbox, Provider::Deepcurrent, "/nothing"));
    assert_eq!(json(elsewhere).await.0, 404);
    let first = me(&sandbox, &client).send().await.unwrap();
    assert_eq!(
        (first.status().as_u16(), &first.headers()["retry-after"]),
        (503, &"7".parse().unwrap())
    );
    assert_eq!(json(me(&sandbox, &client)).await.0, 503);
    assert_eq!(json(me(&sandbox, &client)).await.0, 200);
}

#[tokio::test]
async fn a_truncated_body_is_less_than_it_promised() {
    let sandbox = start();
    strike(&sandbox, Fault::next(FaultKind::Truncated));
    let answer = me(&sandbox, &client(&sandbox)).send().await.unwrap();
    assert_eq!(answer.content_length(), Some(4_096));
    assert!(answer.bytes().await.is_err());
}

#[tokio::test]
async fn an_endless_body_is_streamed_as_long_as_someone_reads() {
    let sandbox = start();
    strike(&sandbox, Fault::next(FaultKind::EndlessBody { bytes: 1 << 30 }));
    let mut answer = me(&sandbox, &client(&sandbox)).send().await.unwrap();
    let mut read = 0;
    while read < 12 << 20 {
        read += answer.chunk().await.unwrap().unwrap().len();
    }
}

#[tokio::test]
async fn a_long_body_is_whole_in_the_end() {
    let sandbox = start();
    strike(&sandbox, Fault::next(FaultKind::EndlessBody { bytes: 100_000 }));
    let (_, body) = json(me(&sandbox, &client(&sandbox))).await;
    assert_eq!(body["access_token"].as_str().unwrap().len(), 100_000);
}

#[tokio::test]
async fn a_web_page_a_redirect_and_a_missing_token_are_answered_as_told() {
    let sandbox = start();
    let client = client(&sandbox);
    strike(&sandbox, Fault::next(FaultKind::NotJson));
    let location = "https://elsewhere.invalid/".to_owned();
    strike(&sandbox, Fault::next(FaultKind::Redirect { status: 307, location: location.clone() }));
    strike(&sandbox, Fault::next(FaultKind::NoToken));
    let page = me(&sandbox, &client).send().await.unwrap();
    assert_eq!(page.headers()["content-type"], "text/html");
    let redirect = me(&sandbox, &client).send().await.unwrap();
    assert_eq!(
        (redirect.status().as_u16(), &redirect.headers()["location"]),
        (307, &location.parse().unwrap())
    );
    assert_eq!(json(me(&sandbox, &client)).await.1.as_object().unwrap().len(), 0);
}

#[tokio::test]
async fn a_hanging_answer_never_comes_and_holds_nobody_else_up() {
    let sandbox = start();
    let client = client(&sandbox);
    strike(&sandbox, Fault::next(FaultKind::Hang));
    let impatient = builder(&sandbox).timeout(Duration::from_millis(200)).build().unwrap();
    assert!(me(&sandbox, &impatient).send().await.unwrap_err().is_timeout());
    assert_eq!(json(me(&sandbox, &client)).await.0, 200);
}

#[tokio::test]
async fn x4_a_token_can_come_without_an_end_or_with_one_in_the_past() {
    let sandbox = start();
    let client = client(&sandbox);
    let known = sandbox.credentials().deepvue;
    let authorize = async |kind| {
        sandbox.admin().fault(Provider::Deepvue, Fault::next(kind));
        let form = reqwest::multipart::Form::new()
            .text("client_id", known.client_id.clone())
            .text("client_secret", known.client_secret.clone());
        json(client.post(url(&sandbox, Provider::Deepvue, "/v1/authorize")).multipart(form)).await.1
    };
    assert!(authorize(FaultKind::NoExpiry).await.get("expiry").is_none());
    let past = authorize(FaultKind::ExpiryInPast).await;
    assert!(
        past["expiry"].as_str().unwrap().parse::<DateTime<Utc>>().unwrap() < sandbox.admin().now()
    );
    assert!(authorize(FaultKind::Late).await["expiry"].is_string());
}

#[tokio::test]
async fn waiting_faults_can_be_cleared() {
    let sandbox = start();
    strike(&sandbox, Fault::next(FaultKind::NotJson).times(100));
    sandbox.admin().clear_faults(Provider::Deepcurrent);
    assert_eq!(json(me(&sandbox, &client(&sandbox))).await.0, 200);
}
