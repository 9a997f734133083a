//! What a command did: its exit status and what it said.

use std::os::unix::process::ExitStatusExt as _;
use std::process::Output;

use serde_json::Value;

/// The end of one command.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    pub(crate) words: String,
    /// The exit status; negative for a signal.
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Outcome {
    pub(crate) fn new(words: String, output: Output) -> Self {
        let signal = || output.status.signal().map_or(i32::MIN, |signal| -signal);
        Self {
            words,
            status: output.status.code().unwrap_or_else(signal),
            stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
        }
    }

    /// Asserts the exit status.
    #[track_caller]
    pub(crate) fn exits(self, status: i32) -> Self {
        assert_eq!(
            self.status, status,
            "exit status of `{}`\n--- stdout\n{}--- stderr\n{}",
            self.words, self.stdout, self.stderr
        );
        self
    }

    /// Asserts that it was done.
    #[track_caller]
    pub(crate) fn done(self) -> Self {
        self.exits(0)
    }

    /// The one JSON document on stdout.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("`{}`: {error}\n{}", self.words, self.stdout))
    }

    /// The error of `--format json`: `{"error": {"code", "message", "hint"}}` on stderr.
    #[track_caller]
    pub(crate) fn error(&self) -> Value {
        let document: Value = serde_json::from_str(&self.stderr)
            .unwrap_or_else(|error| panic!("`{}`: {error}\n{}", self.words, self.stderr));
        let error = document["error"].clone();
        assert!(error["code"].is_string() && error["message"].is_string(), "{document}");
        assert!(error.get("hint").is_some(), "a hint, or null: {document}");
        error
    }

    /// The first line of stdout.
    pub(crate) fn line(&self) -> &str {
        self.stdout.lines().next().unwrap_or_default()
    }
}
