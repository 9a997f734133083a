//! The agent ending under the window, and not being there at all.

use crate::support::{Machine, Provider};

#[test]
fn an_agent_that_dies_is_started_again_and_the_window_goes_on() {
    let machine = Machine::new().with_vault();
    machine.add(Provider::Deepvue, "main", &[]);
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    window.select("Deepvue");

    machine.kill_agent();
    window.find("heading", "Unlock Keyturn");
    window.unlock();
    window.select("Deepvue");
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
