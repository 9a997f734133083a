//! Waiting for a foreign program that gives no event: the one place that polls. And the end of
//! patience with one of our own that hangs.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(10);
/// No command takes so long, however slow the machine.
const HANGING: Duration = Duration::from_mins(2);

/// Asks until there is an answer, and fails the test when there is none in 20 s.
#[track_caller]
pub(crate) fn until<T>(what: &str, probe: impl FnMut() -> Option<T>) -> T {
    ask(probe).unwrap_or_else(|| panic!("waited {PATIENCE:?} in vain: {what}"))
}

/// Asks until there is an answer, or for 20 s.
pub(crate) fn ask<T>(mut probe: impl FnMut() -> Option<T>) -> Option<T> {
    let begun = Instant::now();
    loop {
        let found = probe();
        if found.is_some() || begun.elapsed() > PATIENCE {
            return found;
        }
        thread::sleep(PAUSE);
    }
}

/// Kills a process that runs longer than any command may, so that a hang is a failure with a name.
/// Dropping what it returns calls it off.
pub(crate) fn kill_if_it_hangs(pid: u32) -> Sender<()> {
    let (called_off, alarm) = mpsc::channel();
    thread::spawn(move || {
        if alarm.recv_timeout(HANGING) == Err(RecvTimeoutError::Timeout)
            && let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw)
        {
            // It may have ended in this very moment.
            kill_process(pid, Signal::KILL).ok();
        }
    });
    called_off
}
