//! A desktop's panel, a fake: no such program runs without a desktop. It opens the tray's menu over the
//! bus and clicks there, as a panel would.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Mutex;

use serde_json::{Value, json};

use super::wait;

/// The running fake; it ends with this.
pub(crate) struct Panel(Mutex<Pipes>);

struct Pipes {
    child: Child,
    answers: BufReader<ChildStdout>,
}

impl Panel {
    /// Starts it, and waits until it is there: a tray that starts in the same moment may miss it. `command`
    /// starts Debian's Python on the machine's bus.
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command
            .args(["-c", include_str!("panel.py")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Debian's Python can be started");
        let answers = BufReader::new(child.stdout.take().expect("its stdout is a pipe"));
        let panel = Self(Mutex::new(Pipes { child, answers }));
        panel.ask("lines");
        panel
    }

    /// The labels of the tray's menu, submenus included.
    pub(crate) fn lines(&self) -> Vec<String> {
        serde_json::from_value(self.ask("lines")).expect("labels are texts")
    }

    /// Clicks the line that begins so, as soon as the menu has it.
    #[track_caller]
    pub(crate) fn click(&self, label: &str) {
        let clicked =
            wait::ask(|| (self.ask(&format!("click {label}")) == json!(true)).then_some(()));
        assert!(clicked.is_some(), "no line '{label}' in {:?}", self.lines());
    }

    fn ask(&self, words: &str) -> Value {
        let mut pipes = self.0.lock().expect("no test panicked while it asked");
        let stdin = pipes.child.stdin.as_mut().expect("its stdin is a pipe");
        writeln!(stdin, "{words}").expect("the panel listens");
        let mut line = String::new();
        pipes.answers.read_line(&mut line).expect("the panel answers");
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("the panel ended: {words}"))
    }
}

impl Drop for Panel {
    fn drop(&mut self) {
        if let Ok(pipes) = self.0.get_mut() {
            drop(pipes.child.kill());
            drop(pipes.child.wait());
        }
    }
}
