//! The tray on a private bus. Whoever shows trays is a fake here, since no such program runs without a
//! desktop: it takes items as the specification says, and the test opens and clicks the menu over the
//! bus as a panel would.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

use keyturn_protocol::session::{SessionCommand, SessionReport};
use keyturn_protocol::tray::{TrayChoice, TrayLine, TrayView};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use zbus::zvariant::{OwnedValue, Str, Value};
use zbus::{Connection, Proxy};

const ROLE: &str = "KEYTURN_TEST_ROLE";

/// Runs the session when the test binary was started as one; as a test of its own it does nothing.
#[test]
fn act_as_the_session() {
    if std::env::var_os(ROLE).is_some() {
        keyturn_session::run().unwrap();
    }
}

/// Ends a program with the test.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _reaped = self.0.wait();
    }
}

fn start_bus() -> (Program, String) {
    let mut bus = Command::new("dbus-daemon")
        .args(["--session", "--nofork", "--print-address"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("dbus-daemon is installed (package dbus)");
    let mut address = String::new();
    let output = bus.stdout.take().expect("its output is a pipe");
    BufReader::new(output).read_line(&mut address).expect("it tells its address");
    (Program(bus), address.trim().to_owned())
}

/// The session under test, with what it reports.
struct Session {
    _program: Program,
    input: ChildStdin,
    reports: BufReader<std::process::ChildStdout>,
}

impl Session {
    fn start(bus: &str) -> Self {
        let mut child =
            Command::new(std::env::current_exe().expect("the bus and the session answer"))
                .args(["--exact", "act_as_the_session", "--nocapture"])
                .env(ROLE, "session")
                .env("DBUS_SESSION_BUS_ADDRESS", bus)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .expect("the bus and the session answer");
        let input = child.stdin.take().expect("the bus and the session answer");
        let reports = BufReader::new(child.stdout.take().expect("the bus and the session answer"));
        Self { _program: Program(child), input, reports }
    }

    fn show(&mut self, view: TrayView) {
        let line = serde_json::to_string(&SessionCommand::ShowTray(view))
            .expect("the bus and the session answer");
        writeln!(self.input, "{line}").expect("the bus and the session answer");
    }

    fn report(&mut self) -> SessionReport {
        loop {
            let mut line = String::new();
            assert_ne!(
                self.reports.read_line(&mut line).expect("the bus and the session answer"),
                0,
                "the session ended"
            );
            // The test harness of the program that plays the session writes lines of its own.
            if let Ok(report) = serde_json::from_str(&line) {
                return report;
            }
        }
    }
}

/// Takes tray items and passes their names on; a fake of a desktop's panel.
struct FakeWatcher(UnboundedSender<String>);

#[expect(clippy::unused_self, reason = "the bus calls methods of an object")]
#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl FakeWatcher {
    fn register_status_notifier_item(&self, service: &str) {
        self.0.send(service.to_owned()).expect("the bus and the session answer");
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        Vec::new()
    }
}

async fn watch(bus: &str) -> (Connection, UnboundedReceiver<String>) {
    let (tell, items) = mpsc::unbounded_channel();
    let connection = zbus::connection::Builder::address(bus)
        .expect("the bus and the session answer")
        .serve_at("/StatusNotifierWatcher", FakeWatcher(tell))
        .expect("the bus and the session answer")
        .name("org.kde.StatusNotifierWatcher")
        .expect("the bus and the session answer")
        .build()
        .await
        .expect("the bus and the session answer");
    (connection, items)
}

type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

/// The labels of a menu with their numbers, submenus included.
fn lines(layout: Layout, found: &mut Vec<(String, i32)>) {
    let (id, properties, children) = layout;
    if let Some(label) = properties.get("label") {
        let label: Str<'_> = label.downcast_ref().expect("the bus and the session answer");
        found.push((label.to_string(), id));
    }
    for child in children {
        lines(Layout::try_from(child).expect("the bus and the session answer"), found);
    }
}

async fn menu(connection: &Connection, item: &str) -> (Proxy<'static>, Vec<(String, i32)>) {
    let menu = Proxy::new(connection, item.to_owned(), "/MenuBar", "com.canonical.dbusmenu");
    let menu = menu.await.expect("the bus and the session answer");
    let (_, layout): (u32, Layout) = menu
        .call("GetLayout", &(0_i32, -1_i32, Vec::<String>::new()))
        .await
        .expect("the bus and the session answer");
    let mut found = Vec::new();
    lines(layout, &mut found);
    (menu, found)
}

async fn click(menu: &Proxy<'_>, lines: &[(String, i32)], label: &str) {
    let found = lines.iter().find(|(text, _)| text == label);
    let (_, id) = found.unwrap_or_else(|| panic!("no line '{label}' in {lines:?}"));
    let event = (*id, "clicked", Value::from(0_i32), 0_u32);
    menu.call::<_, _, ()>("Event", &event).await.expect("the bus and the session answer");
}

fn view() -> TrayView {
    let line = |reference: &str, label: &str| TrayLine {
        reference: reference.parse().expect("the bus and the session answer"),
        label: label.to_owned(),
    };
    TrayView {
        unlocked: true,
        attention: 2,
        headline: "2 keys need you".to_owned(),
        copies: vec![line("acme/main", "Copy acme/main · 5 h")],
        expiring: vec![line("acme/old", "acme/old · due in 3 days")],
        paused: None,
    }
}

#[tokio::test]
async fn each_line_of_the_menu_is_told_to_the_agent_when_it_is_clicked() {
    let (_bus, address) = start_bus();
    let (connection, mut items) = watch(&address).await;
    let mut session = Session::start(&address);
    session.show(view());
    let item = items.recv().await.unwrap();
    let (menu, lines) = menu(&connection, &item).await;
    let named = |reference: &str| reference.parse().unwrap();
    for (label, choice) in [
        ("Copy acme/main · 5 h", TrayChoice::Copy(named("acme/main"))),
        ("acme/old · due in 3 days", TrayChoice::Open(Some(named("acme/old")))),
        ("Open Keyturn", TrayChoice::Open(None)),
        ("Pause reminders for 1 h", TrayChoice::PauseReminders),
        ("Lock", TrayChoice::Lock),
        ("Quit", TrayChoice::Quit),
    ] {
        click(&menu, &lines, label).await;
        assert_eq!(session.report(), SessionReport::ChosenInTray(choice), "{label}");
    }
}

#[tokio::test]
async fn the_icon_says_how_many_things_want_the_user_and_a_lock_empties_the_menu() {
    let (_bus, address) = start_bus();
    let (connection, mut items) = watch(&address).await;
    let mut session = Session::start(&address);
    session.show(view());
    let item = items.recv().await.unwrap();
    let icon =
        Proxy::new(&connection, item.clone(), "/StatusNotifierItem", "org.kde.StatusNotifierItem");
    let icon = icon.await.unwrap();
    assert_eq!(icon.get_property::<String>("Status").await.unwrap(), "NeedsAttention");
    let mut changed = icon.receive_signal("NewStatus").await.unwrap();

    session.show(TrayView { headline: "Locked".to_owned(), ..TrayView::default() });
    futures_util::StreamExt::next(&mut changed).await.unwrap();
    let (_, lines) = menu(&connection, &item).await;
    assert!(lines.iter().any(|(label, _)| label == "Locked"), "{lines:?}");
    assert!(!lines.iter().any(|(label, _)| label.contains("acme")), "{lines:?}");
}

#[tokio::test]
async fn the_icon_comes_when_the_desktop_shows_trays_later_than_the_session_starts() {
    let (_bus, address) = start_bus();
    let mut session = Session::start(&address);
    session.show(view());
    let (_connection, mut items) = watch(&address).await;
    assert!(items.recv().await.is_some());
}
