//! The provider's list of addresses.

use keyturn_sandbox::Provider;
use serde_json::{Value, json};

use crate::support::{Outcome, World};

fn ips(world: &World, words: &[&str]) -> Outcome {
    world.keyturn(&[&["ips", "deepvue/main"], words, &["--format", "json"]].concat()).run()
}

fn listed(list: &Value) -> Vec<&str> {
    let addresses = list["addresses"].as_array().unwrap();
    addresses.iter().map(|one| one["address"].as_str().unwrap()).collect()
}

#[test]
fn dv9_addresses_are_kept_with_label_kind_and_day_and_nobody_is_asked_for_one() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let server =
        ["--add", "203.0.113.7", "--kind", "static", "--label", "web", "--on", "2026-03-01"];
    ips(&world, &server).done();
    ips(&world, &["--add", "2001:DB8::/32", "--kind", "nat"]).done();
    world.keyturn(&["stop"]).run().done();
    world.unlock();
    let list = ips(&world, &[]).done().json();
    assert_eq!(listed(&list), ["203.0.113.7", "2001:db8::/32"]);
    let first = &list["addresses"][0];
    assert_eq!(
        (&first["label"], &first["kind"], &first["registered_on"]),
        (&json!("web"), &json!("static"), &json!("2026-03-01"))
    );
    assert_eq!(list["this_machine"], "unknown");
    let text = world.keyturn(&["ips", "deepvue/main"]).run().done().stdout;
    assert!(text.contains("203.0.113.7") && text.contains("strongly recommended"), "{text}");
    let list = ips(&world, &["--remove", "203.0.113.7"]).done().json();
    assert_eq!(listed(&list), ["2001:db8::/32"]);
    assert_eq!(world.admin().total(Provider::Deepvue), 0, "nothing was sent");
}

#[test]
fn dv9_a_dynamic_address_is_warned_of() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let plain = world
        .keyturn(&["ips", "deepvue/main", "--add", "203.0.113.7", "--kind", "elastic"])
        .run()
        .done();
    assert_eq!(plain.stderr, "", "an elastic address stays");
    let dynamic = world
        .keyturn(&["ips", "deepvue/main", "--add", "203.0.113.8", "--kind", "dynamic"])
        .run()
        .done();
    assert!(dynamic.stderr.contains("Do not list dynamic addresses"), "{}", dynamic.stderr);
    let list = ips(&world, &[]).done().json();
    assert_eq!(list["warnings"].as_array().unwrap().len(), 1);
}

#[test]
fn dv9_the_message_to_support_has_the_addresses() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let message = ["ips", "deepvue/main", "--message"];
    world.keyturn(&message).run().exits(2);
    ips(&world, &["--add", "203.0.113.7", "--kind", "static", "--label", "web"]).done();
    ips(&world, &["--add", "198.51.100.0/28", "--kind", "nat"]).done();
    let letter = world.keyturn(&message).run().done().stdout;
    assert!(letter.starts_with("To: support@deepvue.tech\nSubject: "), "{letter}");
    assert!(letter.contains("\n203.0.113.7 (web)\n198.51.100.0/28\n"), "{letter}");
}

#[test]
fn dv9_the_two_tests_are_recorded_with_day_and_result() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let words = ["--test-listed", "ok", "--test-unlisted", "failed", "--on", "2026-11-20"];
    let list = ips(&world, &words).done().json();
    assert_eq!(list["tests"]["listed"]["result"], json!({"outcome": "ok", "on": "2026-11-20"}));
    assert_eq!(list["tests"]["unlisted"]["result"]["outcome"], "failed");
    assert!(list["tests"]["unlisted"]["expected"].as_str().unwrap().contains("403"));
    let text = world.keyturn(&["ips", "deepvue/main"]).run().done().stdout;
    assert!(text.contains("ok on 2026-11-20: A call from a listed server"), "{text}");
}

/// DV7, DV9: what the user said of this machine decides what a refused exchange means, and nothing is
/// tried again.
#[test]
fn the_users_word_on_this_machine_changes_the_meaning_of_a_refused_exchange() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    world.admin().allow_ips(Provider::Deepvue, Some(vec!["203.0.113.7".parse().unwrap()]));
    let refused = || {
        let refused = world.keyturn(&["token", "deepvue/main", "--format", "json"]).run().exits(1);
        refused.error()["message"].as_str().unwrap().to_owned()
    };
    let unknown = refused();
    assert!(unknown.contains("most likely this machine's IP address"), "{unknown}");
    ips(&world, &["--this-machine", "yes"]).done();
    let said = refused();
    assert!(said.contains("although this machine is said to be on its IP list"), "{said}");
    assert_eq!(world.admin().total(Provider::Deepvue), 2, "once each");
}

#[test]
fn what_is_no_address_and_what_has_no_list_is_refused() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    world.add(Provider::Deepidv);
    for address in ["203.0.113", "203.0.113.7/24", "0.0.0.0/0", "ff02::1", "example.com"] {
        ips(&world, &["--add", address, "--kind", "static"]).exits(2);
    }
    ips(&world, &["--add", "203.0.113.7"]).exits(2);
    assert_eq!(ips(&world, &[]).done().json()["addresses"], json!([]));
    let none = world.keyturn(&["ips", "deepidv/main", "--format", "json"]).run().exits(4);
    assert_eq!(none.error()["code"], "not_found");
    ips(&world, &["--remove", "203.0.113.7"]).exits(4);
}
