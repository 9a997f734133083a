//! Requests out of curl commands that were pasted, and code for requests.

use keyturn_sandbox::Provider;
use serde_json::Value;

use crate::support::World;

const PASTED: &str = "canary-pasted-7x9z";

fn with_deepvue() -> World {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    world
}

#[test]
fn a_pasted_command_is_sent_with_the_recipe_and_without_its_own_credential() {
    let world = with_deepvue();
    let base = world.sandbox().base_url(Provider::Deepvue);
    let base = base.trim_end_matches('/');
    let command = format!(
        "curl '{base}/v1/other?a=b%20c&api_key={PASTED}' -H 'Authorization: Bearer {PASTED}' -H \"X-Trace: $TRACE\" --compressed"
    );
    let words = ["request", "deepvue/main", "--from-curl", "--variable", "TRACE=one"];
    let sent = world.keyturn(&words).stdin(&command).run().exits(1);
    let seen = world.admin().requests(Provider::Deepvue).pop().unwrap();
    assert_eq!((seen.method.as_str(), seen.path.as_str()), ("GET", "/v1/other"));
    assert_eq!(seen.header("x-trace"), Some("one"));
    let token = world.admin().last_token(Provider::Deepvue).unwrap();
    assert_eq!(seen.header("authorization"), Some(format!("Bearer {token}").as_str()));
    assert!(!format!("{:?}", seen.headers).contains(PASTED), "its own went nowhere");
    for told in [
        "taken out: It had a credential in the header Authorization",
        "taken out: It had a credential in the query parameter api_key",
        "left out: --compressed",
    ] {
        assert!(sent.stderr.contains(told), "{told}: {}", sent.stderr);
    }
    assert!(!sent.stderr.contains(PASTED), "{}", sent.stderr);
    let total = world.admin().total(Provider::Deepvue);
    let shown = world.keyturn(&[&words[..], &["--dry-run"]].concat()).stdin(&command).run().done();
    assert!(shown.stdout.contains("/v1/other\nquery: a\n"), "{}", shown.stdout);
    let missing = world.keyturn(&words[..3]).stdin(&command).run().exits(2);
    assert!(missing.stderr.contains("no value is given for TRACE"), "{}", missing.stderr);
    assert_eq!(world.admin().total(Provider::Deepvue), total, "neither was sent");
}

#[test]
fn a_pasted_command_for_another_host_is_refused_before_a_byte_leaves() {
    let world = with_deepvue();
    let words = ["request", "deepvue/main", "--from-curl", "--format", "json"];
    let refused =
        world.keyturn(&words).stdin("curl https://elsewhere.invalid/v1/other").run().exits(5);
    assert_eq!(refused.error()["code"], "refused_by_policy");
    let other = world.keyturn(&words).stdin("wget https://elsewhere.invalid/").run().exits(2);
    assert_eq!(other.error()["message"], "this is no curl command");
    assert_eq!(world.admin().total(Provider::Deepvue), 0);
}

#[test]
fn x9_x6_code_reads_the_environment_and_a_page_is_warned_of() {
    let world = with_deepvue();
    let token = world.keyturn(&["token", "deepvue/main"]).run().done().stdout;
    let key = world.sandbox().credentials().deepvue.client_secret;
    let control = world.keyturn(&["token", "deepvue/main", "--as", "curl"]).run().done().stdout;
    assert!(control.contains(token.trim()), "a positive control: that form does hold it");
    let sample = ["request", "deepvue/main", "--sample", "panbasic", "--as"];
    let total = world.admin().total(Provider::Deepvue);
    for form in ["curl", "curl-private", "httpie", "python", "fetch"] {
        let said = world.keyturn(&[&sample[..], &[form]].concat()).run().done();
        for secret in [token.trim(), &key] {
            assert!(!said.stdout.contains(secret) && !said.stderr.contains(secret), "{form}");
        }
        let asks = ["DEEPVUE_ACCESS_TOKEN", "DEEPVUE_CLIENT_SECRET"];
        let commands = ["keyturn token deepvue/main", "keyturn get deepvue/main/client_secret"];
        let expected = if form == "curl-private" { commands } else { asks };
        for word in expected {
            assert!(said.stdout.contains(word), "{form}: {}", said.stdout);
        }
        let warned = said.stderr.contains("warning:");
        assert_eq!(warned, form == "fetch", "{form}: {}", said.stderr);
        let told = commands.iter().all(|command| said.stderr.contains(command));
        assert_eq!(told, form != "curl-private", "how its variables are set: {}", said.stderr);
    }
    assert_eq!(world.admin().total(Provider::Deepvue), total, "nothing was sent");
    let by_hand = format!("X-Debug: {key}");
    let words = ["request", "deepvue/main", "/v1/other", "--header", &by_hand, "--as", "curl"];
    let refused = world.keyturn(&words).run().exits(5);
    assert_eq!(refused.stdout, "", "a secret that was put in by hand is in no code either");
}

/// The spy stands in for curl: it prints what came by its standard input, and then its arguments.
#[test]
fn the_private_form_gets_its_secrets_by_a_pipe_and_has_none_in_its_arguments() {
    let world = with_deepvue();
    let folder = world.folder().join("spy");
    std::fs::create_dir(&folder).unwrap();
    crate::support::program::write(
        &folder.join("curl"),
        "#!/bin/sh\ncat\necho \"arguments: $*\"\n",
    );
    let words = [
        "request",
        "deepvue/main",
        "--sample",
        "panbasic",
        "--as",
        "curl-private",
        "--format",
        "json",
    ];
    let code = world.keyturn(&words).run().done().json();
    let code = code["code"].as_str().unwrap_or_default().to_owned();
    let keyturn = std::path::Path::new(env!("CARGO_BIN_EXE_keyturn")).parent().unwrap();
    let path =
        format!("{}:{}:{}", folder.display(), keyturn.display(), std::env::var("PATH").unwrap());
    let output = std::process::Command::new("sh")
        .args(["-c", &code])
        .env("PATH", path)
        .env("KEYTURN_HOME", world.home())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let (came, arguments) = said.split_once("arguments: ").expect("the spy ran");
    let token = world.admin().last_token(Provider::Deepvue).unwrap();
    let key = world.sandbox().credentials().deepvue.client_secret;
    assert!(came.contains(&format!("Authorization: Bearer {token}\n")), "{code}");
    assert!(came.contains(&format!("x-api-key: {key}\n")), "{code}");
    assert!(!arguments.contains(&token) && !arguments.contains(&key), "{arguments}");
}

#[test]
fn a_files_name_is_in_the_code_and_its_bytes_are_not() {
    let world = with_deepvue();
    let file = world.folder().join("data.bin");
    std::fs::write(&file, [0, 159, 146, 150]).unwrap();
    let name = file.to_str().unwrap();
    let words = ["request", "deepvue/main", "POST", "/v1/other", "--body-file", name, "--as"];
    let said = world.keyturn(&[&words[..], &["python", "--format", "json"]].concat()).run().done();
    let document: Value = said.json();
    let code = document["code"].as_str().unwrap();
    assert!(code.contains(&format!("data=open(\"{name}\", \"rb\")")), "{code}");
    assert_eq!(document["variables"][0]["variable"], "DEEPVUE_ACCESS_TOKEN");
    assert_eq!(document["warning"], Value::Null);
}
