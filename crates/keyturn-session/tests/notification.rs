//! The session against a real notification daemon: dunst on a private bus and a screen of its own.
//!
//! The test binary runs itself again as the session (see [`act_as_the_session`]), so that commands
//! and reports cross real pipes and the environment of the daemon's bus is nobody else's.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use keyturn_protocol::session::{SessionCommand, SessionReport};

const ROLE: &str = "KEYTURN_TEST_ROLE";

/// Runs the session when the test binary was started as one; as a test of its own it does nothing.
#[test]
fn act_as_the_session() {
    if std::env::var_os(ROLE).is_some() {
        keyturn_session::run().unwrap();
    }
}

/// Ends a daemon with the test.
struct Daemon(Child);

impl Drop for Daemon {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _reaped = self.0.wait();
    }
}

fn first_line(child: &mut Child) -> String {
    let mut line = String::new();
    let output = child.stdout.take().expect("its output is a pipe");
    BufReader::new(output).read_line(&mut line).expect("its first line can be read");
    line.trim().to_owned()
}

fn start_bus() -> (Daemon, String) {
    let mut bus = Command::new("dbus-daemon")
        .args(["--session", "--nofork", "--print-address"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("dbus-daemon is installed (package dbus)");
    let address = first_line(&mut bus);
    (Daemon(bus), address)
}

fn start_screen() -> (Daemon, String) {
    let mut screen = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "640x480x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb is installed (package xvfb)");
    let number = first_line(&mut screen);
    (Daemon(screen), format!(":{number}"))
}

/// Starts dunst and waits until it owns its name on the bus: `dbus-monitor` tells, so nothing polls.
fn start_dunst(bus: &str, screen: &str, folder: &Path) -> Daemon {
    let mut monitor = Command::new("dbus-monitor")
        .args(["--session", "type='signal',member='NameOwnerChanged'"])
        .env("DBUS_SESSION_BUS_ADDRESS", bus)
        .stdout(Stdio::piped())
        .spawn()
        .expect("dbus-monitor is installed (package dbus)");
    let mut lines = BufReader::new(monitor.stdout.take().expect("a pipe")).lines();
    let monitor = Daemon(monitor);
    let listening = lines.next().expect("the monitor says when it listens");
    drop(listening.expect("its output can be read"));
    let dunst = Command::new("dunst")
        .args(["-conf", "/dev/null"])
        .env("DBUS_SESSION_BUS_ADDRESS", bus)
        .env("DISPLAY", screen)
        .env("HOME", folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("dunst is installed (package dunst)");
    let dunst = Daemon(dunst);
    let owned = lines.any(|line| {
        line.expect("its output can be read").contains("org.freedesktop.Notifications")
    });
    assert!(owned, "dunst took its name");
    drop(monitor);
    dunst
}

/// Runs a session with these commands and gives its reports.
fn reports(bus: &str, commands: &[SessionCommand]) -> Vec<SessionReport> {
    let mut session = Command::new(std::env::current_exe().expect("the test knows its program"))
        .args(["--exact", "act_as_the_session", "--nocapture", "--test-threads=1"])
        .env(ROLE, "session")
        .env("DBUS_SESSION_BUS_ADDRESS", bus)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the test starts itself");
    let mut input = session.stdin.take().expect("a pipe");
    for command in commands {
        let line = serde_json::to_string(command).expect("a command is plain JSON");
        writeln!(input, "{line}").expect("the session reads");
    }
    drop(input);
    let output = session.wait_with_output().expect("the session ends");
    assert!(output.status.success(), "the session ends well when its input ends");
    // The test harness writes around the session's own lines, one of them without a line break.
    let text = String::from_utf8(output.stdout).expect("its output is text");
    let documents = text.lines().filter_map(|line| line.get(line.find('{')?..));
    documents.filter_map(|document| serde_json::from_str(document).ok()).collect()
}

fn notify(id: u64, title: &str, body: &str, urgent: bool) -> SessionCommand {
    SessionCommand::Notify { id, title: title.to_owned(), body: body.to_owned(), urgent }
}

#[test]
fn a_real_daemon_shows_what_the_agent_says() {
    let folder = tempfile::tempdir().unwrap();
    let (_bus, address) = start_bus();
    let (_screen, display) = start_screen();
    let _dunst = start_dunst(&address, &display, folder.path());

    let commands = [
        notify(7, "Rotate deepidv/main", "Its key is due today.", false),
        notify(8, "Rotate deepvue/main", "Overdue <b>since</b> 3 days & more.", true),
    ];
    let told = reports(&address, &commands);
    assert_eq!(told, [SessionReport::Shown { id: 7 }, SessionReport::Shown { id: 8 }]);

    let close = Command::new("dunstctl")
        .arg("close-all")
        .env("DBUS_SESSION_BUS_ADDRESS", &address)
        .status()
        .unwrap();
    assert!(close.success());
    let history = Command::new("dunstctl")
        .arg("history")
        .env("DBUS_SESSION_BUS_ADDRESS", &address)
        .output()
        .unwrap();
    let history: serde_json::Value = serde_json::from_slice(&history.stdout).unwrap();
    let shown = history["data"][0].as_array().unwrap();
    assert_eq!(shown.len(), 2, "each was shown once: {history}");
    for item in shown {
        assert_eq!(item["appname"]["data"], "Keyturn");
    }
    let find = |title: &str| {
        shown.iter().find(|item| item["summary"]["data"] == title).expect("it is in the history")
    };
    assert_eq!(find("Rotate deepidv/main")["body"]["data"], "Its key is due today.");
    let overdue = find("Rotate deepvue/main");
    assert!(
        overdue["body"]["data"].as_str().unwrap().contains("&lt;b&gt;"),
        "markup in a name stays text: {overdue}"
    );
}

#[test]
fn without_a_daemon_the_session_reports_a_failure_and_goes_on() {
    let (_bus, address) = start_bus();
    let commands = [notify(1, "a", "b", false), notify(2, "c", "d", true)];
    for (report, expected) in reports(&address, &commands).into_iter().zip([1, 2]) {
        let SessionReport::Failed { id, reason } = report else {
            panic!("nobody shows notifications on an empty bus: {report:?}");
        };
        assert_eq!(id, expected);
        assert!(!reason.is_empty());
    }
}

#[test]
fn without_a_bus_the_session_reports_a_failure() {
    let told = reports("unix:path=/nonexistent/bus", &[notify(3, "a", "b", false)]);
    assert!(matches!(told.as_slice(), [SessionReport::Failed { id: 3, .. }]), "{told:?}");
}
