//! One window a vault: what a notification's Open, or a second click on the app's icon, does.

use std::process::Stdio;

use crate::support::{Machine, Provider};

#[test]
fn a_second_start_ends_and_the_open_window_shows_what_it_was_asked_for() {
    let machine = Machine::new().with_vault();
    machine.add(Provider::Deepidv, "asked-for", &[]);
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    window.find("textbox", "Search credentials");

    let mut second = machine.plain_window();
    second.args(["--open", "deepidv/asked-for"]).stdout(Stdio::null()).stderr(Stdio::null());
    let status = second.status().expect("the window's program can be started");
    assert!(status.success(), "it ends by itself");
    window.find("heading", "asked-for");
}
