//! Whether the agent starts when the user logs in, so that reminders come before anything was opened.
//!
//! The command line does the work (`keyturn agent install`): it alone knows the ways of starting, and what
//! it wrote. The program is the one beside this one, as everywhere.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use keyturn_protocol::{ApiError, ErrorCode};
use serde::{Deserialize, Serialize};

/// How starting at login stands.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct AutostartView {
    /// Whether the agent starts at login.
    #[serde(rename(deserialize = "installed"))]
    on: bool,
    /// What starts it, or would.
    #[serde(rename(deserialize = "label"))]
    by: String,
    /// The file that says so, where it does.
    file: Option<PathBuf>,
}

/// Looks whether it starts.
pub(crate) fn show(program: &Path) -> Result<AutostartView, ApiError> {
    let said = run(program, &["install", "--show"])?;
    serde_json::from_slice(&said).map_err(|_| not_understood())
}

/// Has it start, or no longer.
pub(crate) fn set(program: &Path, on: bool) -> Result<AutostartView, ApiError> {
    run(program, &[if on { "install" } else { "uninstall" }])?;
    show(program)
}

/// An error of the command line, as it says it.
#[derive(Deserialize)]
struct Refused {
    error: ApiError,
}

fn run(program: &Path, words: &[&str]) -> Result<Vec<u8>, ApiError> {
    let mut command = Command::new(program);
    command.args(["--format", "json", "--no-input", "agent"]).args(words).stdin(Stdio::null());
    let output = command.output().map_err(|error| {
        let message = format!("{} cannot be started: {error}", program.display());
        ApiError::new(ErrorCode::AgentUnreachable, message)
            .hint("It belongs beside the program that you started: install Keyturn again.")
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    // Warnings may stand before it, a line each.
    let last = output.stderr.split(|byte| *byte == b'\n').rfind(|line| !line.is_empty());
    let refused = last.and_then(|line| serde_json::from_slice::<Refused>(line).ok());
    Err(refused.map_or_else(not_understood, |refused| refused.error))
}

fn not_understood() -> ApiError {
    ApiError::new(ErrorCode::Internal, "starting at login was not answered as expected")
        .hint("Run `keyturn agent install` to see what it says.")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program that plays the command line: it writes what it is asked, and answers this.
    ///
    /// Another process writes it: a program that this one had open for writing is busy for as long
    /// as a child of another test, forked in that moment, has not become its own program.
    fn program(folder: &Path, script: &str) -> PathBuf {
        let path = folder.join("keyturn");
        let text = format!("#!/bin/sh\necho \"$@\" >> \"$0.asked\"\n{script}\n");
        let written = Command::new("sh")
            .args(["-c", r#"printf %s "$1" > "$2" && chmod 755 "$2""#, "sh", &text])
            .arg(&path)
            .status();
        assert!(written.unwrap().success());
        path
    }

    #[test]
    fn the_switch_asks_the_command_line_and_shows_what_it_says() {
        let folder = tempfile::tempdir().unwrap();
        let answer = r#"echo '{"installed":true,"way":"systemd","label":"systemd","file":"/u"}'"#;
        let program = program(folder.path(), answer);
        let shown = set(&program, true).unwrap();
        assert_eq!((shown.on, shown.by.as_str()), (true, "systemd"));
        let asked = std::fs::read_to_string(folder.path().join("keyturn.asked")).unwrap();
        let words = |rest: &str| format!("--format json --no-input agent {rest}");
        assert_eq!(asked.lines().collect::<Vec<_>>(), [words("install"), words("install --show")]);
    }

    #[test]
    fn a_refusal_is_told_in_its_own_words() {
        let folder = tempfile::tempdir().unwrap();
        let error = r#"{"error":{"code":"already_exists","message":"not ours","hint":"move it"}}"#;
        let program = program(folder.path(), &format!("echo '{error}' >&2; exit 1"));
        let refused = set(&program, false).unwrap_err();
        assert_eq!((refused.code, &*refused.message), (ErrorCode::AlreadyExists, "not ours"));
        let missing = show(&folder.path().join("absent")).unwrap_err();
        assert_eq!(missing.code, ErrorCode::AgentUnreachable);
    }
}
