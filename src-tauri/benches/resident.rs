//! What stays in memory, beside KeePassXC and a bare window in the same run.

use std::thread;
use std::time::Duration;

use super::keepassxc::{KeePassXc, make_database};
use super::report::{UNNUMBERED, counted, held, told};
use super::seed;
use super::support::{Machine, Window, processes, wait};

const CREDENTIALS: usize = 100;
const MEGABYTE: f64 = 1_000_000.0;
/// So long a program rests before its memory is read.
const REST: Duration = Duration::from_secs(5);

/// Measures memory with the window closed and open.
pub(crate) fn resident() {
    let machine = Machine::new();
    let panel = machine.panel();
    let machine = machine.with_vault();
    seed::seed(&machine, 1..=CREDENTIALS);
    wait::until("the tray", || (!panel.lines().is_empty()).then_some(()));
    thread::sleep(REST);
    let agent = u32::try_from(machine.agent().as_raw_nonzero().get()).expect("a process id");
    let ours = with_descendants(agent);
    let of_agent = memory(std::iter::once(agent));

    let database = make_database(&machine, CREDENTIALS);
    let peer = KeePassXc::open(&machine, &database);
    thread::sleep(REST);
    let theirs = with_descendants(peer.process());
    drop(peer);
    told(UNNUMBERED, "KeePassXC, 100 entries, unlocked, PSS", theirs, "MB", "the peer");
    held(UNNUMBERED, "agent and session, window closed, PSS", ours, "MB", 30.0);
    told(UNNUMBERED, "  of it the agent's", of_agent, "MB", "");

    machine.keyturn(&["lock"], "");
    let window = machine.window();
    window.unlock();
    thread::sleep(REST);
    let open = below(&window);
    drop(window);
    let window = machine.window_of("examples/bare-window");
    thread::sleep(REST);
    let bare = below(&window);
    drop(window);
    told(UNNUMBERED, "bare window with its web processes, PSS", bare, "MB", "the peer");
    told(UNNUMBERED, "our window with its web processes, PSS", open, "MB", "");
    held(UNNUMBERED, "  as a ratio", open / bare, "×", 1.2);
}

fn with_descendants(pid: u32) -> f64 {
    memory(processes::descendants(pid).into_iter().chain([pid]))
}

fn below(window: &Window) -> f64 {
    memory(processes::descendants(window.process()).into_iter())
}

/// In megabytes.
fn memory(processes: impl Iterator<Item = u32>) -> f64 {
    counted(processes.map(processes::proportional_memory).sum()) / MEGABYTE
}
