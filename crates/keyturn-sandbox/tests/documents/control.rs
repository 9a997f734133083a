//! The admin, in the process and over its port.

use chrono::{DateTime, TimeDelta};
use keyturn_sandbox::{Provider, Sandbox, SandboxOptions};
use serde_json::{Value, json};

use crate::support::{client, json, start, url};

async fn control(sandbox: &Sandbox, command: Value) -> (u16, Value) {
    let request = client(sandbox)
        .post(format!("{}/control", sandbox.admin_url()))
        .header("content-type", "application/json")
        .body(command.to_string());
    json(request).await
}

#[tokio::test]
async fn every_request_is_counted_and_shown() {
    let sandbox = start();
    let client = client(&sandbox);
    let request = client
        .get(url(&sandbox, Provider::Deepcurrent, "/api/v1/users/me?a=b"))
        .header("X-Shown", "yes");
    json(request).await;
    let admin = sandbox.admin();
    assert_eq!(admin.count(Provider::Deepcurrent, "/api/v1/users/me"), 1);
    assert_eq!((admin.total(Provider::Deepcurrent), admin.total(Provider::Deepvue)), (1, 0));
    let seen = admin.requests(Provider::Deepcurrent);
    assert_eq!(seen[0].header("x-shown"), Some("yes"));
    assert_eq!(seen[0].query.as_deref(), Some("a=b"));
    let (_, state) = json(client.get(format!("{}/state", sandbox.admin_url()))).await;
    assert_eq!(state["counts"]["deepcurrent"]["/api/v1/users/me"], 1);
    let path = format!("{}/requests/deepcurrent", sandbox.admin_url());
    assert_eq!(json(client.get(path)).await.1[0]["query"], "a=b");
    admin.forget_requests();
    assert_eq!(admin.total(Provider::Deepcurrent), 0);
}

/// X5: "the provider's `Date` header gives the clock skew".
#[tokio::test]
async fn x5_the_date_header_tells_the_sandbox_s_clock() {
    let sandbox = start();
    sandbox.admin().stop_clock();
    sandbox.admin().advance_clock(TimeDelta::days(400));
    let address = url(&sandbox, Provider::Deepidv, "/nothing");
    let answer = client(&sandbox).get(address).send().await.unwrap();
    let dates: Vec<_> = answer.headers().get_all("date").iter().collect();
    assert_eq!(dates.len(), 1);
    let date = DateTime::parse_from_rfc2822(dates[0].to_str().unwrap()).unwrap();
    assert_eq!(date.timestamp(), sandbox.admin().now().timestamp());
}

#[tokio::test]
async fn the_documented_commands_work_over_the_admin_port() {
    let sandbox = start();
    let (mut commanded, mut keys) = (0, 0);
    for line in include_str!("../../src/lib.rs").lines() {
        let Some(commands) = line.strip_prefix("//! ").filter(|rest| rest.starts_with("{\"do\""))
        else {
            continue;
        };
        for command in commands.split(" · ") {
            // A remark stands two spaces or more behind the command.
            let text = command.split("  ").next().unwrap();
            let command = serde_json::from_str(text).unwrap();
            let (status, answer) = control(&sandbox, command).await;
            assert_eq!((status, &answer["ok"]), (200, &json!(true)), "{text}: {answer}");
            commanded += 1;
            keys += usize::from(answer["key"].is_string());
        }
    }
    assert_eq!(keys, 3, "issue_key, issue_pair and reveal_key yield one");
    assert_eq!(commanded, 19, "one of each");
}

#[tokio::test]
async fn what_is_no_command_is_refused_with_the_reason() {
    let sandbox = start();
    let (status, answer) = control(&sandbox, json!({"do": "explode"})).await;
    assert_eq!(status, 422);
    assert!(answer["error"].as_str().unwrap().contains("explode"));
    let far = control(&sandbox, json!({"do": "advance_clock", "seconds": i64::MAX})).await;
    assert_eq!(far.0, 400);
}

#[test]
fn a_seed_makes_the_same_credentials_again() {
    let seeded = |seed| {
        let options = SandboxOptions { seed: Some(seed), ..SandboxOptions::default() };
        Sandbox::start(options).unwrap().credentials()
    };
    assert_eq!(seeded(1), seeded(1));
    assert_ne!(seeded(1), seeded(2));
}

#[test]
fn the_authority_is_written_to_the_folder_given() {
    let folder = tempfile::tempdir().unwrap();
    let directory = folder.path().join("made/for/it");
    let options =
        SandboxOptions { directory: Some(directory.clone()), ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).unwrap();
    let written = std::fs::read_to_string(directory.join("ca.pem")).unwrap();
    assert_eq!(written, sandbox.ca_pem());
}
