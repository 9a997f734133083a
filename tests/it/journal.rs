//! The audit journal on the command line.

use keyturn_sandbox::Provider;
use serde_json::json;

use crate::support::World;

#[test]
fn what_was_done_is_listed_with_the_program_behind_it_and_no_secret() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    world.add(Provider::Deepidv);
    world.keyturn(&["token", "deepvue/main"]).run().done();
    world.keyturn(&["get", "deepidv/main/api_key"]).run().done();
    let log = world.json(&["log", "--ref", "deepvue/main"]);
    let actions: Vec<_> = log.as_array().unwrap().iter().map(|one| &one["action"]).collect();
    assert!(actions.contains(&&json!("token")) && actions.contains(&&json!("exchange")), "{log}");
    assert_eq!(actions.last(), Some(&&json!("add")));
    let newest = world.json(&["log", "--limit", "1"]);
    assert_eq!(newest.as_array().unwrap().len(), 1);
    assert!(newest[0]["program"].is_string(), "who ran the test: {newest}");
    let all = world.json(&["log", "--since", "1d", "--limit", "5000"]);
    let numbers: Vec<u64> =
        all.as_array().unwrap().iter().map(|one| one["number"].as_u64().unwrap()).collect();
    let count = u64::try_from(numbers.len()).unwrap();
    assert!(numbers.iter().rev().copied().eq(1 + numbers[0] - count..=numbers[0]), "{numbers:?}");
    let text = world.keyturn(&["log", "--limit", "3"]).run().done();
    assert!(text.stdout.contains("ACTION"), "{}", text.stdout);
    assert!(text.stderr.contains("older entries"), "{}", text.stderr);
    world.keyturn(&["log", "--ref", "deepvue/typo"]).run().exits(4);
    world.keyturn(&["log", "--limit", "0"]).run().exits(2);
    world.home_holds_no_secret();
}

#[test]
fn the_chain_is_proven_and_its_end_moves_with_every_entry() {
    let world = World::with_providers();
    world.add(Provider::Deepidv);
    let before = world.json(&["log", "verify"]);
    assert_eq!((&before["intact"], &before["problem"]), (&json!(true), &json!(null)));
    let entries = before["entries"].as_u64().unwrap();
    assert_eq!(world.json(&["log", "--limit", "1"])[0]["number"], entries);
    world.keyturn(&["get", "deepidv/main/api_key"]).run().done();
    world.keyturn(&["stop"]).run().done();
    world.unlock();
    let after = world.json(&["log", "verify"]);
    assert!(after["entries"].as_u64().unwrap() > entries);
    assert_eq!(after["since"], before["since"]);
    assert_ne!(after["head"], before["head"]);
    let text = world.keyturn(&["log", "verify"]).run().done().stdout;
    assert!(text.contains("intact"), "{text}");
}
