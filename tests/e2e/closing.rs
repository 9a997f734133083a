//! The end of the window, of its processes, and of everything; and that it comes back where it was.

use rustix::process::Pid;

use crate::support::processes::{descendants, runs};
use crate::support::{Machine, wait};

#[test]
fn the_first_close_says_what_stays_and_the_last_process_of_the_window_ends() {
    let machine = Machine::new().with_vault();
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    window.find("textbox", "Search credentials");
    let agent: Pid = machine.agent();
    let family = descendants(window.process());
    assert!(family.len() > 1, "the window has web processes: {family:?}");

    window.press_with_control("w");
    window.find("dialog", "Keyturn goes on without its window");
    assert!(family.iter().all(|pid| runs(*pid)), "nothing ends before it is said");
    window.click_on("button", "Close the window");
    wait::until("the end of the window's processes", || {
        (!family.iter().any(|pid| runs(*pid))).then_some(())
    });
    assert_eq!(machine.agent(), agent, "the agent goes on");
    let file = std::fs::read_to_string(machine.folder().join("home/config.toml"));
    assert!(file.unwrap_or_default().contains("closing_explained = true"));
}

#[test]
fn quit_ends_the_window_and_the_agent() {
    let machine = Machine::new().with_vault();
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    window.find("textbox", "Search credentials");
    let family = descendants(window.process());
    let agent = u32::try_from(machine.agent().as_raw_nonzero().get()).unwrap();
    window.end_with_control("q");
    wait::until("the end of the window and the agent", || {
        (!runs(agent) && !family.iter().any(|pid| runs(*pid))).then_some(())
    });
}
