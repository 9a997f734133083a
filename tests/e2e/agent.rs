//! The agent ending under the window, and not being there at all.

use crate::support::{Key, Machine, PASSPHRASE, Provider, Window, wait};

/// The window, unlocked, with the one credential selected.
#[track_caller]
fn window_at_deepvue(machine: &Machine) -> Window {
    machine.add(Provider::Deepvue, "main", &[]);
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    window.select("Deepvue");
    window
}

#[test]
fn an_agent_that_dies_is_started_again_and_the_window_goes_on() {
    let machine = Machine::new().with_vault();
    let window = window_at_deepvue(&machine);

    machine.kill_agent();
    window.find("heading", "Unlock Keyturn");
    window.unlock();
    window.select("Deepvue");
}

#[test]
fn an_agent_that_is_stopped_and_started_elsewhere_is_found_again() {
    let machine = Machine::new().with_vault();
    let window = window_at_deepvue(&machine);

    machine.keyturn(&["stop"], "");
    machine.keyturn(&["provider", "list"], "");
    window.find("heading", "Unlock Keyturn");
    window.unlock();
    window.select("Deepvue");
}

#[test]
fn a_vault_that_is_removed_under_the_window_is_said_in_words_and_nothing_is_lost_silently() {
    let machine = Machine::new().with_vault();
    let window = window_at_deepvue(&machine);

    let vaults = machine.vault_files();
    assert!(!vaults.is_empty(), "the vault's file is found");
    for file in vaults {
        std::fs::remove_file(file).expect("the file can be removed");
    }
    machine.keyturn(&["lock"], "");
    let shown = wait::until("a page without the vault's content", || {
        let page = window.text();
        let asks =
            ["Unlock Keyturn", "Make your vault"].into_iter().find(|title| page.contains(title));
        asks.filter(|_| !page.contains("Deepvue"))
    });
    if shown == "Unlock Keyturn" {
        window.fill("Passphrase", PASSPHRASE);
        window.press_key(Key::Enter);
    }
    wait::until("words about the vault", || {
        let page = window.text();
        let raw = ["panicked", "os error", "stack"].into_iter().find(|word| page.contains(word));
        assert_eq!(raw, None, "{page}");
        page.to_lowercase().contains("vault").then_some(())
    });
}

#[test]
fn a_vault_that_a_terminal_opened_is_not_open_for_the_window() {
    let machine = Machine::new().with_vault();
    machine.add(Provider::Deepvue, "main", &[]);
    machine.keyturn(&["lock"], "");
    machine.unlock_from_elsewhere();
    let window = machine.window();
    window.unlock();
    window.select("Deepvue");
}

#[test]
fn a_missing_agent_is_said_with_where_it_belongs() {
    let machine = Machine::new();
    let window = machine.window_without_agent();
    window.says("keyturn");
    window.find("button", "Try again");
}
