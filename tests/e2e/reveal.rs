//! The window that shows one secret.

use crate::support::{Machine, Provider, wait};

const TITLE: &str = "Keyturn: reveal";

#[test]
fn a_revealed_secret_is_in_its_own_window_and_goes_with_the_lock() {
    let machine = Machine::new().with_vault();
    machine.add(Provider::Deepidv, "main", &[]);
    machine.keyturn(&["lock"], "");
    let key = machine.sandbox().credential(Provider::Deepidv, "api_key");
    let window = machine.window();
    window.unlock();
    window.select("deepidv");

    window.click_on("button", "for 15 seconds");
    wait::until("the reveal window", || machine.shows_window(TITLE).then_some(()));
    assert!(!window.everything().contains(&key), "the main page does not hold it");

    machine.keyturn(&["lock"], "");
    wait::until("the end of the reveal window", || (!machine.shows_window(TITLE)).then_some(()));
    window.find("heading", "Unlock Keyturn");
}

#[test]
fn a_revealed_secret_goes_when_its_window_loses_the_focus() {
    let machine = Machine::new().with_vault();
    machine.add(Provider::Deepidv, "main", &[]);
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    window.select("deepidv");
    window.click_on("button", "for 15 seconds");
    wait::until("the reveal window", || machine.shows_window(TITLE).then_some(()));
    wait::until("its focus", || (machine.focused_window() == TITLE).then_some(()));
    let begun = std::time::Instant::now();
    machine.focus_window("Keyturn");
    wait::until("the end of the reveal window", || (!machine.shows_window(TITLE)).then_some(()));
    assert!(begun.elapsed().as_secs() < 10, "it went by its focus, not by its time");
}

#[test]
fn a_revealed_secret_goes_after_fifteen_seconds() {
    let machine = Machine::new().with_vault();
    machine.add(Provider::Deepidv, "main", &[]);
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    window.select("deepidv");
    window.click_on("button", "for 15 seconds");
    wait::until("the reveal window", || machine.shows_window(TITLE).then_some(()));
    // Its time begins once the page is there, and a slow machine takes a while for that.
    let gone = || (!machine.shows_window(TITLE)).then_some(());
    if wait::ask(gone).is_none() {
        wait::until("the end of the reveal window", gone);
    }
}
