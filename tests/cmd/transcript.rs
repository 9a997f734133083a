//! Writes down a series of commands as a person would see them: words, output, exit status.

use std::io::{PipeWriter, Write};
use std::os::fd::AsRawFd;
use std::path::Path;
use std::process::{Command, Stdio};

use rustix::io::{FdFlags, fcntl_setfd};

/// A transcript in the making. Its agent ends with it.
pub(crate) struct Transcript {
    folder: tempfile::TempDir,
    pipe: (std::io::PipeReader, PipeWriter),
    steps: Vec<String>,
}

impl Transcript {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let (reader, writer) = std::io::pipe().expect("a pipe can be made");
        // The agent inherits the reading end and ends when the other, which is ours alone, closes.
        fcntl_setfd(&reader, FdFlags::empty()).expect("its flags can be set");
        Self { folder, pipe: (reader, writer), steps: Vec::new() }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Puts a command into the folder and environment of the transcript, and into no other.
    pub(crate) fn surround<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder.path())
            .env("KEYTURN_HOME", self.folder.path().join("home"))
            .env("KEYTURN_PARENT_PIPE", self.pipe.0.as_raw_fd().to_string())
    }

    /// Runs a command, writes it down and gives its standard output.
    pub(crate) fn run(&mut self, words: &str, stdin: &str) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keyturn"));
        let mut child = self
            .surround(&mut command)
            .args(words.split_whitespace())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("keyturn starts");
        // A command that fails before it reads leaves a closed pipe behind.
        drop(child.stdin.take().expect("its input is a pipe").write_all(stdin.as_bytes()));
        let output = child.wait_with_output().expect("keyturn ends");
        let stdout = String::from_utf8(output.stdout).expect("results are text");
        let stderr = String::from_utf8(output.stderr).expect("messages are text");
        let status = output.status.code().expect("no signal ended it");
        let status = if status == 0 { String::new() } else { format!("? {status}\n") };
        self.steps.push(format!("$ keyturn {words}\n{stdout}{stderr}{status}"));
        stdout
    }

    /// What was written down.
    pub(crate) fn text(&self) -> String {
        self.steps.join("\n")
    }
}
