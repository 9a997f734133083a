//! What a provider's page says: documents, rotation, tests, warnings.

use keyturn_sandbox::Provider;
use serde_json::{Value, json};

use crate::support::World;

fn page(world: &World, id: &str) -> Value {
    world.keyturn(&["provider", "show", id, "--format", "json"]).run().done().json()
}

fn text(world: &World, id: &str) -> String {
    world.keyturn(&["provider", "show", id]).run().done().stdout
}

#[test]
fn x8_a_test_call_is_named_or_said_to_be_none() {
    let world = World::with_vault();
    let test = |id: &str| page(&world, id)["test_call"].as_str().unwrap().to_owned();
    assert!(test("deepvue").starts_with("Buying a token."), "{}", test("deepvue"));
    assert!(test("deepidv").starts_with("None."), "{}", test("deepidv"));
    assert_eq!(test("deepcurrent"), "The sample me");
}

#[test]
fn dv1_the_form_asks_for_both_fields_and_says_where_they_are() {
    let world = World::with_vault();
    let fields = page(&world, "deepvue")["fields"].clone();
    let field = |name: &str| {
        let all = fields.as_array().unwrap();
        all.iter().find(|field| field["name"] == name).unwrap().clone()
    };
    assert_eq!(field("client_id")["secret"], json!(false));
    assert_eq!(field("client_secret")["secret"], json!(true));
    for name in ["client_id", "client_secret"] {
        assert_eq!(field(name)["where_to_find"], "Dashboard → Credentials");
    }
    let words = ["add", "deepvue", "--secret", "client_secret", "--format", "json"];
    let refused = world.keyturn(&words).stdin("a-secret-of-some-length").run().exits(2);
    let hint = refused.error()["hint"].as_str().unwrap().to_owned();
    assert!(hint.contains("client_id") && hint.contains("Dashboard → Credentials"), "{hint}");
}

#[test]
fn dv13_the_plans_limits_are_shown_as_not_confirmed() {
    let world = World::with_vault();
    let shown = page(&world, "deepvue");
    let limits = shown["limits"].to_string();
    for (plan, rates) in [
        ("Starter", "1 a second, 30 a minute, 1000 a day"),
        ("Business", "2 a second, 100 a minute, 10000 a day"),
        ("Growth", "5 a second, 500 a minute, 20000 a day"),
        ("Enterprise", "17 a second, 1000 a minute, 50000 a day"),
    ] {
        assert!(limits.contains(&format!("{plan}: {rates}")), "{limits}");
        assert!(shown["unconfirmed"].to_string().contains(&format!("The limits: {plan}")));
    }
}

#[test]
fn di2_the_key_can_be_seen_again_and_its_regeneration_is_our_reading() {
    let world = World::with_vault();
    let shown = page(&world, "deepidv");
    assert_eq!(shown["reveal_once"], json!(false));
    assert!(shown["rotation"].as_str().unwrap().contains("Admin Console → Settings → API Keys"));
    let notes = shown["rotation_notes"].to_string();
    assert!(
        notes.contains("(not confirmed)") && notes.contains("Replace it everywhere now"),
        "{notes}"
    );
    let unconfirmed = shown["unconfirmed"].to_string();
    assert!(unconfirmed.contains("our reading of the advice on 401"), "{unconfirmed}");
}

#[test]
fn di1_organization_and_day_of_issue_are_kept_with_the_key() {
    let world = World::with_providers();
    let flags = ["--field", "organization=Acme Payments", "--issued", "2026-03-01"];
    world.add_with(Provider::Deepidv, &flags);
    let shown = world.keyturn(&["show", "deepidv/main", "--format", "json"]).run().done().json();
    assert_eq!(shown["open_values"]["organization"], "Acme Payments");
    assert_eq!(shown["issued_on"], "2026-03-01");
    let text = world.keyturn(&["show", "deepidv/main"]).run().done().stdout;
    assert!(text.contains("Acme Payments") && text.contains("through this Keyturn"), "{text}");
}

/// DI8, X6: a form that runs in a browser comes with the provider's own warning, for the key as for
/// tokens; a form for servers does not.
#[test]
fn di8_x6_a_browser_form_is_warned_of_at_every_provider() {
    let world = World::with_providers();
    for (provider, word) in [
        (Provider::Deepidv, "frontend"),
        (Provider::Deepvue, "client-side"),
        (Provider::Deeply, "browser"),
        (Provider::Deepcurrent, "browser"),
    ] {
        world.add(provider);
        let reference = format!("{provider}/main");
        let form =
            |form: &str| world.keyturn(&["token", &reference, "--as", form]).run().done().stderr;
        let warned = form("javascript");
        assert!(warned.contains("warning:") && warned.contains(word), "{provider}: {warned}");
        assert!(!form("python").contains("warning:"), "{provider}: Python runs on servers");
    }
}

#[test]
fn de6_the_archived_reference_is_named_and_the_pages_date_is_not_taken_for_one() {
    let world = World::with_vault();
    let docs = page(&world, "deeply")["docs"].clone();
    let dated = docs[0]["dated"].as_str().unwrap();
    assert!(dated.contains("v2025.08"), "{dated}");
    assert!(text(&world, "deeply").contains("v2025.08"));
    assert!(!dated.contains("1980-") && dated.contains("means nothing"), "{dated}");
}

#[test]
fn dc7_a_new_key_is_a_request_to_support_and_the_old_one_works_until_confirmed() {
    let world = World::with_vault();
    let shown = page(&world, "deepcurrent");
    let rotation = shown["rotation"].as_str().unwrap();
    assert!(rotation.contains("support") && rotation.contains("Settings → API Key"), "{rotation}");
    let notes = shown["rotation_notes"].as_array().unwrap().iter();
    let notes: Vec<&str> = notes.map(|note| note.as_str().unwrap()).collect();
    assert!(notes[0].contains("until the new one is issued and confirmed"), "{notes:?}");
    assert!(notes[0].contains("not promised"), "{notes:?}");
    let at = |word: &str| notes.iter().position(|note| note.contains(word)).expect(word);
    assert!(at("Make ready") < at("capture it here"), "ready before the new one comes: {notes:?}");
    assert!(at("Test the new key") < at("then confirm"), "tested before confirming: {notes:?}");
}
