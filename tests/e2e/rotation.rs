//! Replacing a key in the window, stage by stage, while the provider imitates its side.

use serde_json::json;

use crate::support::{Machine, Provider};

/// DC6, DC7: in the window.
#[test]
fn a_key_from_support_is_asked_for_caught_tested_confirmed_and_put_in_use() {
    let machine = Machine::new().with_vault();
    let old = machine.sandbox().credential(Provider::Deepcurrent, "api_key");
    machine.keyturn(&["capture", "deepcurrent/meter"], &old);
    machine.keyturn(&["edit", "deepcurrent/meter", "--environment", "sandbox", "--yes"], "");
    machine.keyturn(&["consumers", "deepcurrent/meter", "--add", "server report-2"], "");
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    window.select("meter");

    window.click_on("button", "Rotate");
    window.find("heading", "Before you begin");
    window.click_on("button", "Begin");
    window.find("heading", "Ask the provider's support");
    window.fill("Ticket number", "DC-4711");
    window.click_on("button", "Note the request");
    window.says("ticket DC-4711");

    // The support is at work; the window may close, and the rotation stands where it stood.
    let new = machine.sandbox().key(&json!({"do": "issue_key", "provider": "deepcurrent"}));
    window.click_on("button", "The new key has come");
    machine.put_on_clipboard(&new);
    window.click_on("button", "Take it from the clipboard");
    window.click_on("button", "Store it");
    window.says("Safe to close");
    assert!(!window.everything().contains(&new), "the page forgets what it was given");
    window.click_on("button", "Go on");
    window.click_on("button", "Test the new key");

    window.find("heading", "Make ready what uses the key");
    window.click_on("checkbox", "server report-2");
    window.says("has the new key");
    window.click_on("button", "I have confirmed it");
    machine.sandbox().control(&json!({"do": "confirm_key", "provider": "deepcurrent"}));
    window.click_on("button", "Use the new key");
    window.find("heading", "Retire the old key");
    window.click_on("button", "Test that the old key is dead");
    window.find("heading", "The key is replaced");
    window.click_on("button", "Done");

    machine.unlock();
    let stored = machine.keyturn(&["get", "deepcurrent/meter/api_key"], "");
    assert_eq!(stored.trim_end(), new);
    let four: String = old.chars().skip(old.chars().count() - 4).collect();
    let found = machine.keyturn(&["find", &four], "");
    assert!(found.contains("retired"), "{found}");
}
