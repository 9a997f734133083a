//! The imitated providers as a program of their own, with what they told when they were ready.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use super::http;

/// One of the four.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Provider {
    Deepvue,
    Deepidv,
    Deeply,
    Deepcurrent,
}

impl Provider {
    pub(crate) const ALL: [Self; 4] =
        [Self::Deepvue, Self::Deepidv, Self::Deeply, Self::Deepcurrent];

    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Deepvue => "deepvue",
            Self::Deepidv => "deepidv",
            Self::Deeply => "deeply",
            Self::Deepcurrent => "deepcurrent",
        }
    }
}

/// The running imitation; it ends with this.
pub(crate) struct Sandbox {
    child: Child,
    ready: Value,
}

impl Sandbox {
    pub(crate) fn start(program: &Path, folder: &Path) -> Self {
        let mut child = Command::new(program)
            .args(["--until-stdin-closes", "--dir"])
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{} can be started: {error}", program.display()));
        let mut line = String::new();
        let stdout = child.stdout.take().expect("its stdout is a pipe");
        BufReader::new(stdout).read_line(&mut line).expect("its first line can be read");
        let ready = serde_json::from_str(&line).expect("its first line is JSON");
        Self { child, ready }
    }

    pub(crate) fn url(&self, provider: Provider) -> &str {
        self.ready["urls"][provider.id()].as_str().expect("it tells the URL")
    }

    /// A value of the credentials that it accepts.
    pub(crate) fn credential(&self, provider: Provider, field: &str) -> String {
        let value = &self.ready["credentials"][provider.id()][field];
        value.as_str().unwrap_or_else(|| panic!("{} has {field}", provider.id())).to_owned()
    }

    /// The token that it issued last.
    pub(crate) fn last_token(&self, provider: Provider) -> Option<String> {
        let state = self.admin("GET", "/state", None);
        state["last_tokens"][provider.id()].as_str().map(str::to_owned)
    }

    /// Tells it what to do.
    pub(crate) fn control(&self, command: &Value) {
        let answer = self.admin("POST", "/control", Some(command));
        assert_eq!(answer["ok"], json!(true), "{command}: {answer}");
    }

    /// Has it make a key, and says which.
    pub(crate) fn key(&self, command: &Value) -> String {
        let answer = self.admin("POST", "/control", Some(command));
        answer["key"].as_str().unwrap_or_else(|| panic!("{command}: {answer}")).to_owned()
    }

    fn admin(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let address = self.ready["admin_url"].as_str().expect("it tells its admin's URL");
        let address = address.trim_start_matches("http://").trim_end_matches('/');
        http::send(address, method, path, body).expect("the admin answers").1
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        drop(self.child.wait());
    }
}
