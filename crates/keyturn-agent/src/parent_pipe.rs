//! The tie between an agent and the program that must not be outlived by it: tests and the demo.

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::time::Duration;

use keyturn_protocol::environment;

/// How long an orderly end may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Calls `ended` when the other end of the inherited pipe closes, and ends the process itself where
/// that did not. Does nothing where no pipe was inherited.
pub(crate) fn watch(ended: impl FnOnce() + Send + 'static) {
    let Some(number) =
        std::env::var(environment::PARENT_PIPE).ok().and_then(|text| text.parse::<u32>().ok())
    else {
        return;
    };
    // Opening it anew through /proc needs no unsafe ownership of a foreign descriptor.
    let Ok(mut pipe) = File::open(PathBuf::from(format!("/proc/self/fd/{number}"))) else {
        return;
    };
    std::thread::spawn(move || {
        let mut byte = [0];
        while matches!(pipe.read(&mut byte), Ok(1)) {}
        ended();
        std::thread::sleep(PATIENCE);
        std::process::exit(1);
    });
}
