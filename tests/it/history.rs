//! The history of a credential: its versions, what was done to it, and the way back.

use keyturn_sandbox::Provider;
use serde_json::{Value, json};

use crate::support::World;

fn history(world: &World, more: &[&str]) -> Value {
    world.json(&[&["history", "deepvue/main"], more].concat())
}

#[test]
fn an_edited_key_is_told_by_its_last_four_and_cannot_come_back() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let new = "another-client-secret-0000-k2p4";
    world.keeps_secret(new);
    let words = ["edit", "deepvue/main", "--secret", "client_secret", "--owner", "Ann"];
    world.keyturn(&words).stdin(new).run().done();
    let shown = history(&world, &[]);
    let (in_use, old) = (&shown["versions"][0], &shown["versions"][1]);
    assert_eq!((&in_use["version"], &in_use["standing"]), (&json!(2), &json!("current")));
    assert_eq!(in_use["fields"][0]["last_four"], "k2p4");
    assert_eq!((&old["standing"], &old["stored"]), (&json!("retired"), &json!(false)));
    let edit = &shown["changes"][0];
    assert_eq!(edit["kind"], "edited");
    assert_eq!(edit["changed"], json!(["owner", "client_secret"]));
    let words = ["history", "deepvue/main", "--restore", "1", "--yes", "--format", "json"];
    let refused = world.keyturn(&words).run().exits(5).error();
    assert_eq!(refused["code"], "refused_by_policy");
    world.keyturn(&["history", "deepvue/main", "--restore", "9", "--yes"]).run().exits(4);
    world.keyturn(&["history", "deepvue/main", "--restore", "2", "--yes"]).run().exits(5);
    let text = world.keyturn(&["history", "deepvue/main"]).run().done().stdout;
    assert!(text.contains("client_secret ··k2p4") && text.contains("in use"), "{text}");
    world.home_holds_no_secret();
}

#[test]
fn a_promoted_key_goes_back_with_a_yes_as_long_as_the_old_one_is_stored() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let new = "another-client-secret-0000-k2p4";
    world.keeps_secret(new);
    let client_id = world.sandbox().credentials().deepvue.client_id;
    let field = format!("client_id={client_id}");
    world.keyturn(&["rotate", "deepvue/main", "--start"]).run().done();
    let store = ["rotate", "deepvue/main", "--store", "--field", &field];
    world.keyturn(&store).stdin(new).run().done();
    world.keyturn(&["rotate", "deepvue/main", "--verify", "--by-word"]).run().done();
    world.keyturn(&["rotate", "deepvue/main", "--promote"]).run().done();
    assert_eq!(history(&world, &[])["versions"][1]["restorable"], true);
    world.keyturn(&["history", "deepvue/main", "--restore", "1"]).run().exits(5);
    let back = history(&world, &["--restore", "1", "--yes"]);
    let standings: Vec<_> =
        back["versions"].as_array().unwrap().iter().map(|one| &one["standing"]).collect();
    assert_eq!(standings, ["next", "current"]);
    world.keyturn(&["token", "deepvue/main"]).run().done();
    world.home_holds_no_secret();
}
