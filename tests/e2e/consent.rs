//! The window that asks whether a program may use the vault: started by the agent, drawn by the real
//! program, answered by mouse and keyboard as a user does.

use std::process::Child;
use std::thread;

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

/// Repeats what a user would do until the stranger is told, and says what that was. It is without effect
/// until the page is there and has been seen for 700 ms.
fn answered(stranger: Child, act: impl Fn()) -> String {
    let told = thread::spawn(|| said(stranger));
    wait::until("the end of the question", || {
        act();
        told.is_finished().then_some(())
    });
    told.join().expect("what it says is text")
}

fn said(child: Child) -> String {
    let output = child.wait_with_output().expect("the stranger ends");
    String::from_utf8(output.stdout).expect("it says text")
}

#[test]
fn a_stranger_gets_what_the_user_allows_in_the_window_and_nothing_that_they_refuse() {
    let machine = Machine::new().with_vault();
    machine.add(Provider::Deepidv, "main", &[]);
    let key = machine.sandbox().credential(Provider::Deepidv, "api_key");

    let first = ask(&machine);
    // Allow once: the second button from the right.
    let text = answered(first, || machine.click_into(TITLE, 361, 573));
    assert!(text.contains(&key) && text.contains("status=0"), "{text}");

    let second = ask(&machine);
    let text = answered(second, || machine.press_key("Escape"));
    assert!(!text.contains(&key) && text.contains("status=5"), "{text}");
    assert!(text.contains("you refused it"), "{text}");
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
