//! What a request says about a person: in no log, history, journal or error.

use std::fs;

use keyturn_sandbox::{Fault, FaultKind, Provider, TlsFault};

use crate::support::World;

/// A PAN that is in no document.
const PAN: &str = "CNARY1234F";

/// Every file of the home that holds the text in clear.
fn files_with(world: &World, text: &str) -> Vec<String> {
    let mut folders = vec![world.home()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = fs::read(&path)
                && String::from_utf8_lossy(&bytes).contains(text)
            {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

/// DV6, X7: the PAN goes to the provider and to the user, and is kept nowhere.
#[test]
fn dv6_x7_the_pan_reaches_the_provider_and_no_file_log_or_error() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let query = format!("pan_number={PAN}");
    let words = ["request", "deepvue/main", "--sample", "panbasic", "--query", &query];
    let answered = world.keyturn(&words).run().done();
    assert!(answered.stdout.contains(PAN), "positive control: the provider got it and answered");
    assert!(!answered.stderr.contains(PAN), "{}", answered.stderr);
    let shown = world.keyturn(&[&words[..], &["--dry-run"]].concat()).run().done();
    assert!(!shown.stdout.contains(PAN) && shown.stdout.contains("pan_number"), "{}", shown.stdout);
    // Each way in which it fails: refused, broken off, not trusted.
    let refused = FaultKind::Answer { status: 500, headers: Vec::new(), body: String::new() };
    world.admin().fault(Provider::Deepvue, Fault::next(refused).times(9));
    let failed = world.keyturn(&[&words[..], &["--no-wait"]].concat()).run();
    assert!(failed.status != 0 && !failed.stderr.contains(PAN), "{failed:?}");
    world.admin().clear_faults(Provider::Deepvue);
    world.admin().break_tls(Provider::Deepvue, Some(TlsFault::Refused));
    world.keyturn(&["stop"]).run().done();
    world.unlock();
    let failed = world.keyturn(&words).run().exits(7);
    assert!(!failed.stderr.contains(PAN), "{}", failed.stderr);
    world.keyturn(&["lock"]).run().done();
    assert_eq!(files_with(&world, PAN), Vec::<String>::new());
    let log = fs::read_to_string(world.home().join("state/agent.log")).unwrap();
    assert!(!log.is_empty(), "the log was looked at");
    fs::write(world.home().join("planted"), PAN).unwrap();
    assert_eq!(files_with(&world, PAN).len(), 1, "positive control: the search finds it");
}

/// X7: keeping an exchange is a choice per request; it lies in the vault, is redacted, and goes again.
#[test]
fn x7_an_exchange_is_kept_only_where_its_request_says_so_and_only_in_the_vault() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let query = format!("pan_number={PAN}");
    let words = ["request", "deepvue/main", "--sample", "panbasic", "--query", &query];
    let json = ["--format", "json"];
    let list =
        || world.keyturn(&[&["kept", "deepvue/main"], &json[..]].concat()).run().done().json();
    world.keyturn(&words).run().done();
    assert_eq!(list(), serde_json::json!([]), "nothing is kept by itself");

    let choice = ["--keep", "--note", "the case of Ann"];
    let sent = world.keyturn(&[&words[..], &choice[..]].concat()).run().done();
    assert!(sent.stderr.contains("kept: in the vault, as exchange"), "{}", sent.stderr);
    assert!(!sent.stderr.contains(PAN), "{}", sent.stderr);
    world.keyturn(&["stop"]).run().done();
    world.unlock();
    let kept = list();
    assert_eq!(kept.as_array().unwrap().len(), 1, "{kept}");
    assert_eq!((&kept[0]["method"], &kept[0]["status"]), (&"GET".into(), &200.into()));
    assert_eq!(kept[0]["note"], "the case of Ann");
    let id = kept[0]["id"].as_str().unwrap().to_owned();

    let whole = world.keyturn(&[&["kept", "deepvue/main", &id], &json[..]].concat()).run().done();
    assert_eq!(whole.json()["query"][0], serde_json::json!(["pan_number", PAN]));
    assert!(whole.json()["body"].as_str().unwrap().contains(PAN), "{}", whole.stdout);
    assert_eq!(whole.json()["sent"]["headers"]["Authorization"], "<redacted>", "{}", whole.stdout);
    let shown = world.keyturn(&["kept", "deepvue/main", &id]).run().done().stdout;
    assert!(shown.contains(&query) && shown.contains("Meaning"), "{shown}");
    let listed = world.keyturn(&["kept", "deepvue/main"]).run().done().stdout;
    assert!(listed.contains(&id) && listed.contains("the case of Ann"), "{listed}");

    world.keyturn(&["lock"]).run().done();
    assert_eq!(files_with(&world, PAN), Vec::<String>::new(), "vault, backups, log and state");
    let log = fs::read_to_string(world.home().join("state/agent.log")).unwrap();
    assert!(!log.is_empty(), "the log was looked at");
    fs::write(world.home().join("planted"), PAN).unwrap();
    assert_eq!(files_with(&world, PAN).len(), 1, "positive control: the search finds it");
    world.keyturn(&["kept", "deepvue/main"]).run().exits(3);

    world.unlock();
    world.keyturn(&["kept", "deepvue/main", "--forget", &id]).run().done();
    assert_eq!(list(), serde_json::json!([]));
    world.keyturn(&["kept", "deepvue/main", &id]).run().exits(4);
    world.keyturn(&[&words[..], &["--keep", "--dry-run"]].concat()).run().exits(2);
    world.keyturn(&[&words[..], &["--note", "without --keep"]].concat()).run().exits(2);
}
