//! The window that asks whether a program may use the vault: started by the agent, drawn by the real
//! program, answered by mouse and keyboard as a user does.

use std::process::Child;

use crate::support::{Machine, Provider, wait};

const TITLE: &str = "Keyturn: consent";

/// Begins to take a key in another family of processes, and waits for the window that asks.
fn ask(machine: &Machine) -> Child {
    let take = machine.stranger(&["get", "deepidv/main/api_key"]).spawn();
    let child = take.expect("a shell can be started");
    wait::until("the question", || machine.shows_window(TITLE).then_some(()));
    wait::until("its focus", || (machine.focused_window() == TITLE).then_some(()));
    child
}

fn said(child: Child) -> String {
    let output = child.wait_with_output().expect("the stranger ends");
    String::from_utf8(output.stdout).expect("it says text")
}

#[test]
fn a_lock_takes_the_question_from_the_screen() {
    let machine = Machine::new().with_vault();
    machine.add(Provider::Deepidv, "main", &[]);
    let stranger = ask(&machine);
    machine.keyturn(&["lock"], "");
    wait::until("the end of the question", || (!machine.shows_window(TITLE)).then_some(()));
    assert!(said(stranger).contains("status=3"));
}
