//! The provider's checklist before production.

use keyturn_sandbox::Provider;
use serde_json::{Value, json};

use crate::support::World;

fn checklist(world: &World, flags: &[&str]) -> Value {
    let words = [&["checklist", "deepvue/main", "--format", "json"], flags].concat();
    world.keyturn(&words).run().done().json()
}

fn item<'a>(list: &'a Value, id: &str) -> &'a Value {
    list.as_array().unwrap().iter().find(|item| item["id"] == id).expect("the item is there")
}

#[test]
fn dv12_eight_items_of_which_keyturn_fills_in_what_it_sees() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let list = checklist(&world, &[]);
    assert_eq!(list.as_array().unwrap().len(), 8);
    for id in ["https", "stored", "tokens"] {
        assert_eq!(
            (&item(&list, id)["state"], &item(&list, id)["by"]),
            (&json!("done"), &json!("keyturn"))
        );
    }
    for id in ["source", "ips", "monitoring", "team", "incident"] {
        assert_eq!(item(&list, id)["state"], "open", "{id}");
    }
    let source = item(&list, "source")["note"].as_str().unwrap();
    assert!(source.contains("leak scan is not built"), "said honestly: {source}");
    world
        .keyturn(&["ips", "deepvue/main", "--add", "203.0.113.7", "--kind", "static"])
        .run()
        .done();
    let ips = checklist(&world, &[]);
    assert_eq!(
        (&item(&ips, "ips")["state"], &item(&ips, "ips")["by"]),
        (&json!("done"), &json!("keyturn"))
    );
}

#[test]
fn dv12_the_user_ticks_the_rest_with_a_day_and_takes_it_back() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let team = checklist(&world, &["--tick", "team"]);
    let team = item(&team, "team").clone();
    assert_eq!((&team["state"], &team["by"]), (&json!("done"), &json!("user")));
    let day = team["on"].as_str().unwrap().to_owned();
    world.keyturn(&["stop"]).run().done();
    world.unlock();
    assert_eq!(item(&checklist(&world, &[]), "team")["on"], day.as_str());
    let text = world.keyturn(&["checklist", "deepvue/main"]).run().done().stdout;
    assert!(text.contains(&format!("ticked on {day}")), "{text}");
    assert_eq!(item(&checklist(&world, &["--untick", "team"]), "team")["state"], "open");
}

/// DV12: a tick cannot hide what Keyturn sees.
#[test]
fn what_keyturn_sees_is_not_ticked_and_an_unknown_item_names_the_known() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    world.add(Provider::Deepidv);
    let tick = |reference: &str, item: &str| {
        world.keyturn(&["checklist", reference, "--tick", item, "--format", "json"]).run()
    };
    tick("deepvue/main", "https").exits(2);
    let unknown = tick("deepvue/main", "teem").exits(4);
    assert!(unknown.error()["hint"].as_str().unwrap().contains("team"), "{}", unknown.stderr);
    tick("deepidv/main", "team").exits(4);
}

/// DV14: an interval is suggested and can be reminded of, and monitoring comes due again.
#[test]
fn dv14_an_interval_is_suggested_reminded_of_and_monitoring_is_asked_for_again() {
    let world = World::with_providers();
    let shown = world.keyturn(&["provider", "show", "deepvue"]).run().done().stdout;
    assert!(shown.contains("Every 90d"), "{shown}");
    world.add_with(Provider::Deepvue, &["--issued", "2024-01-01", "--rotate-every", "90d"]);
    let due = world.keyturn(&["due", "--format", "json"]).run().done().json();
    assert_eq!((&due[0]["ref"], &due[0]["reason"]), (&json!("deepvue/main"), &json!("interval")));
    let ticked = checklist(&world, &["--tick", "monitoring"]);
    let monitoring = item(&ticked, "monitoring");
    let day =
        |key: &str| -> chrono::NaiveDate { monitoring[key].as_str().unwrap().parse().unwrap() };
    assert_eq!((day("again_on") - day("on")).num_days(), 30);
}
