//! The main job: unlock, select, copy, send, lock.

use crate::support::{Key, Machine, Provider};

#[test]
fn a_token_is_copied_by_keys_alone_and_is_the_one_that_was_issued() {
    let machine = Machine::new().with_vault();
    machine.add(Provider::Deepvue, "main", &[]);
    machine.add(Provider::Deepidv, "main", &[]);
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();

    // The focus is in the search; typing there searches, and the arrow enters what was found.
    window.find("textbox", "Search credentials");
    window.press("d");
    window.press_each("eepvue");
    window.find("option", "Deepvue");
    window.press_key(Key::Down);
    window.find("heading", "Deepvue");
    window.press("c");
    window.says("Token of Deepvue");
    let token = machine.sandbox().last_token(Provider::Deepvue).expect("a token was issued");
    assert_eq!(machine.clipboard(), token);

    window.press_with_control("l");
    window.find("heading", "Unlock Keyturn");
    let left = window.everything();
    assert!(!left.contains("Deepvue"), "a locked window shows nothing of the vault");
    assert_ne!(machine.clipboard(), token, "the lock clears the clipboard");
}

#[test]
fn a_token_is_renewed_and_a_sample_sent_and_explained() {
    let machine = Machine::new().with_vault();
    machine.add(Provider::Deepcurrent, "main", &[]);
    machine.keyturn(&["token", "deepcurrent/main"], "");
    machine.keyturn(&["lock"], "");
    let old = machine.sandbox().last_token(Provider::Deepcurrent).expect("a token was issued");
    let window = machine.window();
    window.unlock();
    window.select("DeepCurrent");

    window.click_on("button", "Renew");
    window.says("New token for");
    let new = machine.sandbox().last_token(Provider::Deepcurrent).expect("a token was issued");
    assert_ne!(new, old);

    window.bring_into_view("button", "Send");
    window.click_on("button", "Send");
    window.says("200");
}

#[test]
fn a_wrong_passphrase_is_said_beside_the_field() {
    let machine = Machine::new().with_vault();
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.fill("Passphrase", "wrong");
    window.press_key(Key::Enter);
    let field = window.find("textbox", "Passphrase");
    window.wait_for_attribute(&field, "aria-invalid", "true");
    assert_eq!(window.look_for("textbox", "Search credentials").map(drop), None);
}
