//! The session as a process of its own: the test binary runs itself again (see
//! `act_as_the_session`), so that commands and reports cross real pipes and the environment of the
//! daemon's bus is nobody else's.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use keyturn_protocol::session::{NotificationAction, OfferedAction, SessionCommand, SessionReport};

pub(crate) const ROLE: &str = "KEYTURN_TEST_ROLE";

/// Far longer than anything takes: what does not come within it does not come.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A running session.
pub(crate) struct Session {
    child: Child,
    input: Option<ChildStdin>,
    reports: Receiver<SessionReport>,
}

impl Session {
    /// Starts it on a bus, without any screen.
    pub(crate) fn start(bus: &str) -> Self {
        Self::start_on(bus, &[])
    }

    /// Starts it on a bus, with these variables for its screen and no others.
    pub(crate) fn start_on(bus: &str, screen: &[(&str, &str)]) -> Self {
        let program = std::env::current_exe().expect("the test knows its program");
        let mut child = Command::new(program)
            .args(["--exact", "act_as_the_session", "--nocapture", "--test-threads=1"])
            .env(ROLE, "session")
            .env("DBUS_SESSION_BUS_ADDRESS", bus)
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .envs(screen.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the test starts itself");
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        let (tell, reports) = mpsc::channel();
        thread::spawn(move || {
            // The test harness writes around the session's own lines, one without a line break.
            for line in output.lines().map_while(Result::ok) {
                let behind = line.find('{').and_then(|begin| line.get(begin..));
                let report = serde_json::from_str(&line).ok();
                let report = report.or_else(|| serde_json::from_str(behind?).ok());
                if let Some(report) = report {
                    tell.send(report).ok();
                }
            }
        });
        let input = child.stdin.take();
        Self { child, input, reports }
    }

    pub(crate) fn say(&mut self, command: &SessionCommand) {
        let line = serde_json::to_string(command).expect("a command is plain JSON");
        let input = self.input.as_mut().expect("its input is open");
        writeln!(input, "{line}").expect("the session reads");
    }

    /// Waits for the next report.
    #[track_caller]
    pub(crate) fn hear(&self) -> SessionReport {
        self.reports.recv_timeout(PATIENCE).expect("the session reports")
    }

    /// Ends its input, and gives what it still said.
    #[track_caller]
    pub(crate) fn end(mut self) -> Vec<SessionReport> {
        drop(self.input.take());
        assert!(self.child.wait().expect("it ends").success(), "it ends well with its input");
        self.reports.iter().collect()
    }
}

/// A notification with everything to choose.
pub(crate) fn notify(id: u64, title: &str, body: &str, urgent: bool) -> SessionCommand {
    let offered = |action, label: &str| OfferedAction { action, label: label.to_owned() };
    SessionCommand::Notify {
        id,
        title: title.to_owned(),
        body: body.to_owned(),
        urgent,
        actions: vec![
            offered(NotificationAction::Open, "Open"),
            offered(NotificationAction::Snooze, "Snooze for a day"),
            offered(NotificationAction::MarkRequested, "Mark as requested"),
        ],
    }
}
