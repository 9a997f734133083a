//! The tray, over the bus, and the window that it opens. Whoever shows trays is a fake here.

use crate::support::{Machine, Provider, wait};

#[test]
fn the_tray_copies_a_token_opens_the_window_and_locks() {
    let machine = Machine::new();
    let panel = machine.panel();
    let machine = machine.with_vault();
    machine.add(Provider::Deepvue, "main", &[]);

    panel.click("Copy deepvue/main");
    wait::until("the token on the clipboard", || {
        let token = machine.sandbox().last_token(Provider::Deepvue)?;
        (machine.clipboard() == token).then_some(())
    });

    assert!(!machine.shows_window("^Keyturn$"));
    panel.click("Open Keyturn");
    wait::until("the window", || machine.shows_window("^Keyturn$").then_some(()));

    panel.click("Lock");
    wait::until("the locked vault", || {
        machine.keyturn(&["status", "--format", "json"], "").contains("\"locked\"").then_some(())
    });
    panel.click("Unlock");
    assert!(!panel.lines().iter().any(|line| line.contains("deepvue")), "{:?}", panel.lines());
    panel.click("Quit");
}
