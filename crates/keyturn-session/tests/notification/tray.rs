//! The tray on a private bus. Whoever shows trays is a fake here, since no such program runs without a
//! desktop: it takes items as the specification says, and the test opens and clicks the menu over the
//! bus as a panel would.

use std::collections::HashMap;

use keyturn_protocol::session::{SessionCommand, SessionReport};
use keyturn_protocol::tray::{TrayChoice, TrayLine, TrayView};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::time::timeout;
use zbus::zvariant::{OwnedValue, Str, Value};
use zbus::{Connection, Proxy};

use crate::desktop::Bus;
use crate::process::{PATIENCE, Session, notify};

/// Takes tray items and passes their names on; a fake of a desktop's panel.
struct FakeWatcher(UnboundedSender<String>);

#[expect(clippy::unused_self, reason = "the bus calls methods of an object")]
#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl FakeWatcher {
    fn register_status_notifier_item(&self, service: &str) {
        self.0.send(service.to_owned()).expect("the test lives");
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

/// A desktop that shows trays, and the items that were given to it.
struct Panel {
    connection: Connection,
    items: UnboundedReceiver<String>,
}

impl Panel {
    async fn start(bus: &str) -> Self {
        let (tell, items) = mpsc::unbounded_channel();
        let connection = zbus::connection::Builder::address(bus)
            .and_then(|builder| builder.serve_at("/StatusNotifierWatcher", FakeWatcher(tell)))
            .and_then(|builder| builder.name("org.kde.StatusNotifierWatcher"))
            .expect("the names are sound")
            .build()
            .await
            .expect("the bus answers");
        Self { connection, items }
    }

    /// Waits for the next item.
    async fn item(&mut self) -> String {
        let item = timeout(PATIENCE, self.items.recv()).await.expect("the session shows its icon");
        item.expect("the panel is there")
    }
}

type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

/// The labels of a menu with their numbers, submenus included.
fn lines(layout: Layout, found: &mut Vec<(String, i32)>) {
    let (id, properties, children) = layout;
    if let Some(label) = properties.get("label") {
        let label: Str<'_> = label.downcast_ref().expect("a label is a text");
        found.push((label.to_string(), id));
    }
    for child in children {
        lines(Layout::try_from(child).expect("a line is laid out like its menu"), found);
    }
}

async fn menu(connection: &Connection, item: &str) -> (Proxy<'static>, Vec<(String, i32)>) {
    let menu = Proxy::new(connection, item.to_owned(), "/MenuBar", "com.canonical.dbusmenu");
    let menu = menu.await.expect("the names are sound");
    let (_, layout): (u32, Layout) = menu
        .call("GetLayout", &(0_i32, -1_i32, Vec::<String>::new()))
        .await
        .expect("the session shows its menu");
    let mut found = Vec::new();
    lines(layout, &mut found);
    (menu, found)
}

async fn click(menu: &Proxy<'_>, lines: &[(String, i32)], label: &str) {
    let found = lines.iter().find(|(text, _)| text == label);
    let (_, id) = found.unwrap_or_else(|| panic!("no line '{label}' in {lines:?}"));
    let event = (*id, "clicked", Value::from(0_i32), 0_u32);
    menu.call::<_, _, ()>("Event", &event).await.expect("the session takes the click");
}

fn view() -> TrayView {
    let line = |reference: &str, label: &str| TrayLine {
        reference: reference.parse().expect("it names a credential"),
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_line_of_the_menu_is_told_to_the_agent_when_it_is_clicked() {
    let bus = Bus::start();
    let mut panel = Panel::start(&bus.address).await;
    let mut session = Session::start(&bus.address);
    session.say(&SessionCommand::ShowTray(view()));
    let item = panel.item().await;
    let (menu, lines) = menu(&panel.connection, &item).await;
    let named = |reference: &str| reference.parse().unwrap();
    for (label, choice) in [
        ("Copy acme/main · 5 h", TrayChoice::Copy(named("acme/main"))),
        ("acme/old · due in 3 days", TrayChoice::Open(Some(named("acme/old")))),
        ("Quick copy…", TrayChoice::Palette),
        ("Open Keyturn", TrayChoice::Open(None)),
        ("Pause reminders for 1 h", TrayChoice::PauseReminders),
        ("Lock", TrayChoice::Lock),
        ("Quit", TrayChoice::Quit),
    ] {
        click(&menu, &lines, label).await;
        assert_eq!(session.hear(), SessionReport::ChosenInTray(choice), "{label}");
    }
    assert_eq!(session.end(), [], "each click is told once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_icon_says_how_many_things_want_the_user_and_a_lock_empties_the_menu() {
    let bus = Bus::start();
    let mut panel = Panel::start(&bus.address).await;
    let mut session = Session::start(&bus.address);
    session.say(&SessionCommand::ShowTray(view()));
    let item = panel.item().await;
    let icon = Proxy::new(
        &panel.connection,
        item.clone(),
        "/StatusNotifierItem",
        "org.kde.StatusNotifierItem",
    );
    let icon = icon.await.unwrap();
    assert_eq!(icon.get_property::<String>("Status").await.unwrap(), "NeedsAttention");
    let mut changed = icon.receive_signal("NewStatus").await.unwrap();

    let locked = TrayView { headline: "Locked".to_owned(), ..TrayView::default() };
    session.say(&SessionCommand::ShowTray(locked));
    let change = timeout(PATIENCE, futures_util::StreamExt::next(&mut changed)).await;
    change.unwrap().unwrap();
    let (_, lines) = menu(&panel.connection, &item).await;
    assert!(lines.iter().any(|(label, _)| label == "Locked"), "{lines:?}");
    assert!(!lines.iter().any(|(label, _)| label.contains("acme")), "{lines:?}");
    assert_eq!(session.end(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_icon_comes_when_the_desktop_shows_trays_later_than_the_session_starts() {
    let bus = Bus::start();
    let mut session = Session::start(&bus.address);
    session.say(&SessionCommand::ShowTray(view()));
    // Answered once the icon waits for a panel: what is told to a session it does one after the other.
    session.say(&notify(1, "a", "b", false));
    assert!(matches!(session.hear(), SessionReport::Failed { id: 1, .. }));
    let mut panel = Panel::start(&bus.address).await;
    panel.item().await;
    assert_eq!(session.end(), []);
}
