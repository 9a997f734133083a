//! Adding a credential in the window, and the window and the command line seeing each other's changes.

use crate::support::{Machine, Provider, wait};

#[test]
fn a_credential_added_in_the_window_is_there_for_the_command_line() {
    let machine = Machine::new().with_vault();
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();

    window.begin_to_add("deepidv");
    let name = window.find("textbox", "Name");
    window.replace_text(&name, "from-the-window");
    let key = machine.sandbox().credential(Provider::Deepidv, "api_key");
    window.fill("API key", &key);
    window.click_on("checkbox", "sandbox");
    window.click_on("button", "Add credential");
    // The list may know of it before the form has its answer.
    wait::until("the form's end", || window.look_for("dialog", "").is_none().then_some(()));
    window.says("from-the-window");
    assert!(!window.everything().contains(&key), "the form is emptied");

    // The window alone was granted the vault; the command line asks for itself.
    machine.unlock();
    let stored = machine.keyturn(&["get", "deepidv/from-the-window/api_key"], "");
    assert_eq!(stored.trim_end(), key);
}

#[test]
fn a_bad_form_says_so_beside_the_field_and_keeps_what_was_typed() {
    let machine = Machine::new().with_vault();
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    window.begin_to_add("deepidv");
    let name = window.find("textbox", "Name");
    let long = "x".repeat(500);
    window.replace_text(&name, &long);
    window.click_on("button", "Add credential");
    window.wait_for_attribute(&name, "aria-invalid", "true");
    assert_eq!(window.value(&name), long);
    assert!(window.has_focus(&name), "the first problem has the focus");
}

#[test]
fn what_the_command_line_changes_is_seen_at_once() {
    let machine = Machine::new().with_vault();
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    window.find("textbox", "Search credentials");
    machine.unlock();

    machine.add(Provider::Deeply, "from-the-terminal", &[]);
    window.says("from-the-terminal");
    machine.keyturn(&["remove", "deeply/from-the-terminal", "--yes"], "");
    window.no_longer_says("from-the-terminal");
    machine.keyturn(&["lock"], "");
    window.find("heading", "Unlock Keyturn");
}
