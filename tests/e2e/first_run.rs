//! The first run: a vault is made in the window, and its recovery key is kept.

use std::fs;

use crate::support::{Key, Machine, PASSPHRASE, Window, wait};

const REVEAL: &str = "Keyturn: reveal";

/// Makes a vault in the window, which is recorded, and saves its recovery key to a file; gives what that holds.
fn vault_with_saved_key(machine: &Machine) -> (Window, String) {
    let window = machine.window();
    window.record_answers();
    window.click_on("radio", "Passphrase alone");
    window.fill("Passphrase", PASSPHRASE);
    window.click_on("button", "Make vault");
    window.click_on("button", "Save to a file");
    window.says("keyturn-recovery-key.txt");
    let file = machine.folder().join("keyturn-recovery-key.txt");
    let key = fs::read_to_string(file).expect("the key is saved in the user's home");
    (window, key)
}

#[test]
fn a_vault_is_made_in_the_window_and_its_recovery_key_never_comes_to_the_page() {
    let machine = Machine::new();
    let (window, key) = vault_with_saved_key(&machine);
    let key = key.trim();

    window.click_on("button", "Show for 15 seconds");
    wait::until("the reveal window", || machine.shows_window(REVEAL).then_some(()));
    wait::until("its focus", || (machine.focused_window() == REVEAL).then_some(()));
    machine.focus_window("Keyturn");
    wait::until("the end of the reveal window", || (!machine.shows_window(REVEAL)).then_some(()));

    let tail: String = key.chars().skip(key.chars().count() - 6).collect();
    window.fill("last six characters", "aaaaaa");
    window.press_key(Key::Enter);
    window.says("not its last six characters");
    let field = window.find("textbox", "last six characters");
    window.replace_text(&field, &tail);
    window.press_key(Key::Enter);
    window.find("heading", "Add your first credential");

    let (page, answers) = (window.everything(), window.answers());
    for (what, secret) in [("the recovery key", key), ("the passphrase", PASSPHRASE)] {
        assert!(!page.contains(secret), "the page holds {what}");
        assert!(!answers.contains(secret), "an answer of the shell holds {what}");
    }
    assert!(answers.contains("keyturn-recovery-key.txt"), "positive control: answers were heard");

    machine.keyturn(&["lock"], "");
    window.find("heading", "Unlock Keyturn");
    window.unlock();
}

#[test]
fn a_copied_recovery_key_is_on_the_clipboard_alone_and_is_cleared() {
    let machine = Machine::new();
    let (window, key) = vault_with_saved_key(&machine);

    window.click_on("button", "Copy");
    window.says("Recovery key copied");
    assert_eq!(machine.clipboard().trim(), key.trim(), "the same key as in the file");
    let (page, answers) = (window.everything(), window.answers());
    assert!(!page.contains(key.trim()) && !answers.contains(key.trim()), "the page has it");
    assert!(answers.contains("clears_in_s"), "positive control: the copy's answer was heard");
    // By the lock, which does not wait for the time on the clipboard.
    machine.keyturn(&["lock"], "");
    wait::until("an empty clipboard", || machine.clipboard().is_empty().then_some(()));
}
