//! Programs that a test puts somewhere and starts. A process of its own writes them: while this one held a
//! file open for writing, another test's child could be born with it, and a program that anybody holds open
//! for writing cannot be started.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Puts a copy of a program there.
#[track_caller]
pub(crate) fn copy(from: &Path, to: &Path) {
    let copied = Command::new("cp").arg("--").args([from, to]).status();
    assert!(copied.expect("cp can be started").success(), "{} is copied", from.display());
}

/// Puts a script there.
#[track_caller]
pub(crate) fn write(path: &Path, text: &str) {
    let mut shell = Command::new("sh");
    shell.args(["-c", "cat > \"$0\" && chmod 755 \"$0\""]).arg(path).stdin(Stdio::piped());
    let mut child = shell.spawn().expect("a shell can be started");
    let mut pipe = child.stdin.take().expect("its stdin is a pipe");
    pipe.write_all(text.as_bytes()).expect("the shell reads the script");
    drop(pipe);
    assert!(child.wait().expect("the shell ends").success(), "{} is written", path.display());
}
