//! The history of requests: listed, searched, sent again, compared and forgotten; and no secret in it,
//! nor in anything else that is kept or printed of a request.

use std::path::Path;

use keyturn_sandbox::{Fault, FaultKind, Provider};
use serde_json::Value;

use crate::support::World;

fn with_deepvue() -> World {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    world
}

fn listed(world: &World, words: &[&str]) -> Vec<Value> {
    let list = world.json(&[&["exchanges", "deepvue/main"], words].concat());
    list.as_array().unwrap().clone()
}

fn id(exchange: &Value) -> String {
    exchange["id"].as_str().unwrap().to_owned()
}

#[test]
fn every_request_is_noted_and_found_again_by_text_and_status_after_a_restart() {
    let world = with_deepvue();
    let sample = ["request", "deepvue/main", "--sample", "panbasic"];
    world.keyturn(&[&sample[..], &["--query", "pan_number=CNARY1234F"]].concat()).run().done();
    world.keyturn(&["request", "deepvue/main", "/v1/other"]).run().exits(1);
    world.keyturn(&[&sample[..], &["--dry-run"]].concat()).run().done();
    world.keyturn(&["stop"]).run().done();
    world.unlock();
    let all = listed(&world, &[]);
    assert_eq!(all.len(), 2, "a dry run is none");
    assert_eq!((&all[0]["path"], &all[0]["status"]), (&"/v1/other".into(), &404.into()));
    assert_eq!(all[1]["query"], serde_json::json!(["pan_number"]));
    assert!(all[1]["caller"].as_str().unwrap().contains("keyturn"), "{}", all[1]);
    assert!(!serde_json::to_string(&all).unwrap().contains("CNARY"), "{all:?}");
    assert_eq!(listed(&world, &["--search", "PANBASIC"]), [all[1].clone()]);
    assert_eq!(listed(&world, &["--status", "4xx"]), [all[0].clone()]);
    assert_eq!(listed(&world, &["--status", "none"]).len(), 0);
    assert_eq!(listed(&world, &["--limit", "1"]), [all[0].clone()]);
    world.keyturn(&["exchanges", "deepvue/main", "--status", "fine"]).run().exits(2);
    let text = world.keyturn(&["exchanges", "deepvue/main"]).run().done().stdout;
    assert!(text.contains("?pan_number") && text.contains("404"), "{text}");
}

#[test]
fn one_is_sent_again_and_what_was_not_kept_of_it_is_told_instead_of_guessed() {
    let world = with_deepvue();
    let sample = ["request", "deepvue/main", "--sample", "panbasic", "--query"];
    world.keyturn(&[&sample[..], &["pan_number=ABCDE1234F", "--keep"]].concat()).run().done();
    world.keyturn(&[&sample[..], &["pan_number=ABCDE1234F"]].concat()).run().done();
    world.keyturn(&["request", "deepvue/main", "/v1/other"]).run().exits(1);
    let all = listed(&world, &[]);
    let again = |one: &Value| world.keyturn(&["exchanges", "deepvue/main", "--again", &id(one)]);
    let noted = again(&all[0]).run().exits(1);
    let left_out = "headers that were given by hand are not sent again";
    assert!(noted.stderr.contains(left_out), "{}", noted.stderr);
    let seen = world.admin().requests(Provider::Deepvue).pop().unwrap();
    assert_eq!(seen.path, "/v1/other");
    let total = world.admin().total(Provider::Deepvue);
    let missing = again(&all[1]).run().exits(2);
    for said in ["its query (pan_number) are not kept", "panbasic --query 'pan_number=…'`"] {
        assert!(missing.stderr.contains(said), "{said}: {}", missing.stderr);
    }
    assert_eq!(world.admin().total(Provider::Deepvue), total, "nothing was sent");
    let whole = again(&all[2]).run().done();
    assert!(whole.stdout.contains("ABCDE1234F"), "{}", whole.stdout);
    assert!(!whole.stderr.contains(left_out), "{}", whole.stderr);
    assert_eq!(listed(&world, &[]).len(), 5, "each is noted as well");
    world.keyturn(&["exchanges", "deepvue/main", "--again", "1"]).run().exits(4);
}

#[test]
fn two_kept_answers_are_compared_and_forgotten_ones_are_gone() {
    let world = with_deepvue();
    let sample = ["request", "deepvue/main", "--sample", "panbasic", "--keep", "--query"];
    for pan in ["pan_number=ABCDE1234F", "pan_number=FGHIJ5678K"] {
        world.keyturn(&[&sample[..], &[pan]].concat()).run().done();
    }
    let all = listed(&world, &[]);
    let (newer, older) = (id(&all[0]), id(&all[1]));
    let compare = ["exchanges", "deepvue/main", "--compare", &older, &newer];
    let said = world.keyturn(&compare).run().done().stdout;
    let lines: Vec<&str> = said.lines().collect();
    let has = |mark: char, pan: &str| {
        lines.iter().any(|line| line.starts_with(mark) && line.contains(pan))
    };
    assert!(has('-', "ABCDE1234F") && has('+', "FGHIJ5678K"), "{said}");
    assert!(world.json(&compare)["facts"].is_array());
    let same = ["exchanges", "deepvue/main", "--compare", &older, &older];
    assert!(world.keyturn(&same).run().done().stdout.contains("The bodies are alike"));

    world.keyturn(&["exchanges", "deepvue/main", "--forget", &older]).run().done();
    assert_eq!(listed(&world, &[]).len(), 1);
    world.keyturn(&["kept", "deepvue/main", &older]).run().exits(4);
    world.keyturn(&compare).run().exits(4);
    world.keyturn(&["exchanges", "deepvue/main", "--forget-all"]).run().exits(5);
    assert_eq!(listed(&world, &[]).len(), 1, "nobody agreed");
    world.keyturn(&["exchanges", "deepvue/main", "--forget-all", "--yes"]).run().done();
    assert_eq!(listed(&world, &[]).len(), 0);
    assert_eq!(world.json(&["kept", "deepvue/main"]), serde_json::json!([]));
}

/// Every file below a folder that holds the text in clear.
fn files_with(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_with(&path, text));
        } else if let Ok(bytes) = std::fs::read(&path)
            && bytes.windows(text.len()).any(|part| part == text.as_bytes())
        {
            found.push(path.display().to_string());
        }
    }
    found
}

/// The credential's key, its token, and both as the server reflects them in header and body.
#[test]
fn no_secret_is_in_the_history_in_what_is_kept_saved_exported_logged_or_written_down() {
    let world = with_deepvue();
    let key = world.sandbox().credentials().deepvue.client_secret;
    let token = world.keyturn(&["token", "deepvue/main"]).run().done().stdout.trim().to_owned();
    let reflects = FaultKind::Answer {
        status: 400,
        headers: vec![("x-you-sent".to_owned(), format!("Bearer {token}"))],
        body: format!(r#"{{"message":"not with {key}","token":"{token}","word":"canary-plain"}}"#),
    };
    world.admin().fault(Provider::Deepvue, Fault::next(reflects).times(9));
    let sample = ["request", "deepvue/main", "--sample", "panbasic"];
    let note = format!("asked with {key} and {token}");
    let sent = world.keyturn(&[&sample[..], &["--keep", "--note", &note]].concat()).run();
    assert!(sent.stdout.contains("canary-plain"), "positive control: it was answered so: {sent:?}");
    let name = format!("with {key}");
    let plain = ["request", "deepvue/main", "/v1/other", "--save"];
    world.keyturn(&[&plain[..], &[&name]].concat()).run().exits(5);
    let in_query = format!("q={key}");
    world.keyturn(&[&plain[..], &["one", "--query", &in_query]].concat()).run().exits(5);
    world.keyturn(&[&plain[..], &["one", "--query", "q=canary-plain"]].concat()).run().done();
    world.keyturn(&["request", "deepvue/main", "/v1/other", "--query", &in_query]).run().exits(5);
    world.keyturn(&["request", "deepvue/main", "--saved", "one"]).run();

    let id = id(&listed(&world, &["--search", "panbasic"])[0]);
    let mut said = vec![("what was answered".to_owned(), sent.stdout + &sent.stderr)];
    let mut tell = |words: &[&str]| {
        let told = world.keyturn(words).run();
        said.push((words.join(" "), told.stdout + &told.stderr));
    };
    for json in [&[][..], &["--format", "json"]] {
        for words in [
            &["exchanges", "deepvue/main"][..],
            &["exchanges", "deepvue/main", "--compare", &id, &id],
            &["kept", "deepvue/main"],
            &["kept", "deepvue/main", &id],
            &["saved", "deepvue/main"],
            &["saved", "deepvue/main", "one"],
            &["log"],
            &["history", "deepvue/main"],
            &["show", "deepvue/main"],
            &["check", "deepvue/main"],
        ] {
            tell(&[words, json].concat());
        }
        for form in ["curl", "curl-private", "httpie", "python", "fetch"] {
            tell(
                &[&["request", "deepvue/main", "--saved", "one", "--as", form][..], json].concat(),
            );
        }
    }
    for secret in [&key, &token] {
        for (words, text) in &said {
            assert!(!text.contains(secret.as_str()), "{words} has a secret");
        }
    }
    let with_canary = said.iter().filter(|(_, text)| text.contains("canary-plain")).count();
    assert!(with_canary >= 6, "positive control: what is no secret is there: {with_canary}");
    let masked = said.iter().filter(|(_, text)| text.contains("<redacted>")).count();
    assert!(masked >= 3, "positive control: where a secret was, its mask is: {masked}");

    world.keyturn(&["lock"]).run().done();
    for text in [&key, &token, "canary-plain", "panbasic"] {
        let found = files_with(&world.home(), text);
        // The agent's log names no path, and the vault is encrypted.
        assert_eq!(found, Vec::<String>::new(), "{}", text.len());
    }
    std::fs::write(world.home().join("planted"), &key).unwrap();
    assert_eq!(files_with(&world.home(), &key).len(), 1, "positive control: the search finds it");
}
