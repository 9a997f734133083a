//! The end of the window, of its processes, and of everything; and that it comes back where it was.

use std::path::Path;

use rustix::process::Pid;

use crate::support::{Machine, wait};

/// The window's processes: all below its driver, which goes on.
fn family(driver: u32) -> Vec<u32> {
    let mut found = Vec::new();
    let mut parents = vec![driver];
    while let Some(parent) = parents.pop() {
        let threads = std::fs::read_dir(format!("/proc/{parent}/task")).into_iter().flatten();
        for thread in threads.flatten() {
            let children = std::fs::read_to_string(thread.path().join("children"));
            let children = children.unwrap_or_default();
            let children = children.split_whitespace().filter_map(|pid| pid.parse::<u32>().ok());
            parents.extend(children.inspect(|pid| found.push(*pid)));
        }
    }
    found
}

fn runs(pid: u32) -> bool {
    Path::new(&format!("/proc/{pid}")).exists()
        && std::fs::read_to_string(format!("/proc/{pid}/stat"))
            .is_ok_and(|stat| !stat.rsplit(')').next().is_some_and(|rest| rest.starts_with(" Z")))
}

#[test]
fn the_first_close_says_what_stays_and_the_last_process_of_the_window_ends() {
    let machine = Machine::new().with_vault();
    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    window.find("textbox", "Search credentials");
    let agent: Pid = machine.agent();
    let family = family(window.process());
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
    let family = family(window.process());
    let agent = u32::try_from(machine.agent().as_raw_nonzero().get()).unwrap();
    window.end_with_control("q");
    wait::until("the end of the window and the agent", || {
        (!runs(agent) && !family.iter().any(|pid| runs(*pid))).then_some(())
    });
}
