//! The shortcut: under X11 on a real X server, with keys pressed by `xdotool`; under Wayland against a
//! portal that is a fake here, since the real ones need a whole desktop. It answers as the portal's
//! documentation says.

use std::collections::HashMap;
use std::process::Command;

use keyturn_protocol::keys::Keys;
use keyturn_protocol::session::{SessionCommand, SessionReport, TakenKeys};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::time::timeout;
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{ConnectionExt as _, GrabMode, ModMask};
use x11rb::rust_connection::RustConnection;
use zbus::Connection;
use zbus::message::Header;
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};

use crate::desktop::{Bus, Desktop};
use crate::process::{PATIENCE, Session};

const PRESSED: SessionReport = SessionReport::KeysPressed { activation: None };

fn keys(text: &str) -> Keys {
    text.parse().expect("it is a shortcut")
}

fn take(text: &str) -> SessionCommand {
    SessionCommand::TakeKeys { keys: Some(keys(text)) }
}

fn taken(text: &str) -> SessionReport {
    SessionReport::Keys { keys: keys(text), taken: TakenKeys::Taken { decided: None } }
}

/// Presses keys as a keyboard would.
fn press(screen: &str, words: &[&str]) {
    let mut xdotool = Command::new("xdotool");
    let pressed = xdotool.args(words).env("DISPLAY", screen).status();
    assert!(pressed.expect("xdotool is installed (package xdotool)").success(), "{words:?}");
}

fn reason(report: SessionReport) -> String {
    match report {
        SessionReport::Keys { taken: TakenKeys::Refused { reason }, .. } => reason,
        other => panic!("the keys are refused, not {other:?}"),
    }
}

#[test]
fn keys_are_heard_whatever_program_has_the_focus() {
    let desktop = Desktop::without_dunst();
    let screen = desktop.screen();
    let mut session = Session::start_on(&desktop.bus.address, &[("DISPLAY", screen)]);
    session.say(&take("Ctrl+Alt+K"));
    assert_eq!(session.hear(), taken("Ctrl+Alt+K"));
    press(screen, &["key", "ctrl+alt+k"]);
    assert_eq!(session.hear(), PRESSED);
    press(screen, &["key", "Num_Lock", "key", "ctrl+alt+k", "key", "Num_Lock"]);
    assert_eq!(session.hear(), PRESSED, "also with Num Lock on");
    press(screen, &["key", "ctrl+k", "key", "alt+k", "key", "k", "key", "ctrl+alt+shift+k"]);

    session.say(&take("Super+F7"));
    assert_eq!(session.hear(), taken("Super+F7"), "the other combinations were not ours");
    press(screen, &["key", "ctrl+alt+k", "key", "super+F7"]);
    assert_eq!(session.hear(), PRESSED);
    assert_eq!(session.end(), [], "the old keys are free");
}

#[test]
fn keys_that_another_program_has_are_refused_until_it_lets_them_go() {
    let desktop = Desktop::without_dunst();
    let screen = desktop.screen();
    let start = || Session::start_on(&desktop.bus.address, &[("DISPLAY", screen)]);
    let (mut first, mut second) = (start(), start());
    first.say(&take("Ctrl+Alt+K"));
    assert_eq!(first.hear(), taken("Ctrl+Alt+K"));
    second.say(&take("Ctrl+Alt+K"));
    let refused = reason(second.hear());
    assert!(refused.contains("Another program has taken Ctrl+Alt+K"), "{refused}");

    first.say(&SessionCommand::TakeKeys { keys: None });
    assert_eq!(first.end(), []);
    second.say(&take("Ctrl+Alt+K"));
    assert_eq!(second.hear(), taken("Ctrl+Alt+K"));
    assert_eq!(second.end(), []);
}

/// The first press on another keyboard tells every program of the mapping, which is the same as before.
#[test]
fn keys_are_kept_while_the_server_tells_of_its_keyboard_again() {
    let desktop = Desktop::without_dunst();
    let screen = desktop.screen();
    let mut session = Session::start_on(&desktop.bus.address, &[("DISPLAY", screen)]);
    session.say(&take("Ctrl+Alt+K"));
    assert_eq!(session.hear(), taken("Ctrl+Alt+K"));

    let (other, at) = RustConnection::connect(Some(screen)).expect("the X server is there");
    let root = other.setup().roots[at].root;
    let (first, last) = (other.setup().min_keycode, other.setup().max_keycode);
    let mapping = other.get_keyboard_mapping(first, last - first + 1).unwrap().reply().unwrap();
    let k = mapping
        .keysyms
        .chunks(mapping.keysyms_per_keycode.into())
        .position(|row| row[0] == u32::from('k'));
    let k = first + u8::try_from(k.expect("the keyboard has a K")).expect("a code is a byte");
    let held = ModMask::CONTROL | ModMask::M1;
    let mut takes = |_| {
        let (count, width) = (last - first + 1, mapping.keysyms_per_keycode);
        other.change_keyboard_mapping(count, first, width, &mapping.keysyms).unwrap();
        let mode = GrabMode::ASYNC;
        (0..50).any(|_| other.grab_key(false, root, held, k, mode, mode).unwrap().check().is_ok())
    };
    assert!(!(0..50).any(&mut takes), "nobody else can take them in between");

    press(screen, &["key", "ctrl+alt+k"]);
    assert_eq!(session.hear(), PRESSED);
    session.say(&SessionCommand::TakeKeys { keys: None });
    assert_eq!(session.end(), []);
    assert!(takes(0), "let go, they can be taken: the trial can succeed");
}

#[test]
fn the_same_keys_can_be_taken_again_at_once() {
    let desktop = Desktop::without_dunst();
    let screen = desktop.screen();
    let mut session = Session::start_on(&desktop.bus.address, &[("DISPLAY", screen)]);
    for _ in 0..20 {
        session.say(&take("Ctrl+Alt+K"));
        assert_eq!(session.hear(), taken("Ctrl+Alt+K"));
    }
    assert_eq!(session.end(), []);
}

#[test]
fn without_an_x_server_the_reason_is_told() {
    let bus = Bus::start();
    let mut session = Session::start_on(&bus.address, &[("DISPLAY", ":4711")]);
    session.say(&take("Ctrl+Alt+K"));
    let refused = reason(session.hear());
    assert!(refused.contains("keyturn-desktop --palette"), "{refused}");
    assert_eq!(session.end(), []);
}

#[test]
fn a_desktop_without_a_portal_says_how_to_bind_keys_by_hand() {
    let bus = Bus::start();
    let mut session = Session::start_on(&bus.address, &[("WAYLAND_DISPLAY", "wayland-9")]);
    session.say(&take("Ctrl+Alt+K"));
    let asked = SessionReport::Keys { keys: keys("Ctrl+Alt+K"), taken: TakenKeys::Asked };
    assert_eq!(session.hear(), asked);
    let refused = reason(session.hear());
    assert!(refused.contains("keyturn-desktop --palette"), "{refused}");
    assert_eq!(session.end(), []);
}

/// Shortcuts as they cross the bus: name, then description and keys.
type Shortcuts = Vec<(String, HashMap<String, OwnedValue>)>;

/// A fake of a desktop's portal: it gives every program the keys that it wishes for, in words of its own,
/// or none.
struct FakePortal {
    gives: bool,
    bound: UnboundedSender<(OwnedObjectPath, Shortcuts)>,
}

/// The place of a request or session, as the portal's documentation composes it.
fn place(kind: &str, header: &Header<'_>, token: &OwnedValue) -> OwnedObjectPath {
    let sender = header.sender().expect("a call has a sender").trim_start_matches(':');
    let token: String = token.downcast_ref().expect("a token is a text");
    let path =
        format!("/org/freedesktop/portal/desktop/{kind}/{}/{token}", sender.replace('.', "_"));
    OwnedObjectPath::try_from(path).expect("it is a path")
}

async fn respond(
    connection: &Connection,
    request: &OwnedObjectPath,
    said: u32,
    results: HashMap<&str, Value<'_>>,
) {
    let interface = "org.freedesktop.portal.Request";
    let body = (said, results);
    let sent = connection.emit_signal(None::<&str>, request, interface, "Response", &body).await;
    sent.expect("the bus takes the answer");
}

#[expect(clippy::unused_self, reason = "the bus calls methods of an object")]
#[zbus::interface(name = "org.freedesktop.portal.GlobalShortcuts")]
impl FakePortal {
    #[zbus(property, name = "version")]
    fn version(&self) -> u32 {
        1
    }

    async fn create_session(
        &self,
        options: HashMap<String, OwnedValue>,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] connection: &Connection,
    ) -> OwnedObjectPath {
        let request = place("request", &header, &options["handle_token"]);
        let session = place("session", &header, &options["session_handle_token"]);
        let results = HashMap::from([("session_handle", Value::from(session.as_str()))]);
        respond(connection, &request, 0, results).await;
        request
    }

    async fn bind_shortcuts(
        &self,
        session: OwnedObjectPath,
        shortcuts: Shortcuts,
        parent: &str,
        options: HashMap<String, OwnedValue>,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] connection: &Connection,
    ) -> OwnedObjectPath {
        assert_eq!(parent, "", "the session has no window to name");
        let request = place("request", &header, &options["handle_token"]);
        if self.gives {
            let given: Vec<(String, HashMap<&str, Value<'_>>)> = shortcuts
                .iter()
                .map(|(name, facts)| {
                    let keys: &str = facts["preferred_trigger"].downcast_ref().expect("a text");
                    let words = format!("Press {keys}");
                    let facts = [("description", "".into()), ("trigger_description", words.into())];
                    (name.clone(), HashMap::from(facts))
                })
                .collect();
            let results = HashMap::from([("shortcuts", Value::from(given))]);
            respond(connection, &request, 0, results).await;
        } else {
            respond(connection, &request, 1, HashMap::new()).await;
        }
        self.bound.send((session, shortcuts)).expect("the test lives");
        request
    }
}

async fn portal(
    bus: &Bus,
    gives: bool,
) -> (Connection, UnboundedReceiver<(OwnedObjectPath, Shortcuts)>) {
    let (bound, receiver) = mpsc::unbounded_channel();
    let connection = zbus::connection::Builder::address(&*bus.address)
        .and_then(|builder| {
            builder.serve_at("/org/freedesktop/portal/desktop", FakePortal { gives, bound })
        })
        .and_then(|builder| builder.name("org.freedesktop.portal.Desktop"))
        .expect("the names are sound")
        .build()
        .await
        .expect("the bus answers");
    (connection, receiver)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_wayland_the_portal_gives_the_keys_and_tells_of_each_press() {
    let bus = Bus::start();
    let (connection, mut bound) = portal(&bus, true).await;
    let on = [("WAYLAND_DISPLAY", "wayland-9"), ("DISPLAY", ":4711")];
    let mut session = Session::start_on(&bus.address, &on);
    session.say(&take("Ctrl+Alt+K"));
    let is = |taken| SessionReport::Keys { keys: keys("Ctrl+Alt+K"), taken };
    assert_eq!(session.hear(), is(TakenKeys::Asked));
    let (handle, shortcuts) = timeout(PATIENCE, bound.recv()).await.unwrap().unwrap();
    assert_eq!(shortcuts.len(), 1);
    let decided = Some("Press CTRL+ALT+k".to_owned());
    assert_eq!(session.hear(), is(TakenKeys::Taken { decided }));

    let press = async |name: &str, token: Option<&str>| {
        let token = token.map(|token| ("activation_token", Value::from(token)));
        let body = (&handle, name, 7_u64, token.into_iter().collect::<HashMap<_, _>>());
        let path = ObjectPath::from_static_str_unchecked("/org/freedesktop/portal/desktop");
        let interface = "org.freedesktop.portal.GlobalShortcuts";
        connection.emit_signal(None::<&str>, path, interface, "Activated", &body).await.unwrap();
    };
    press("another", None).await;
    press("palette", Some("focus-7")).await;
    let activation = Some("focus-7".to_owned());
    assert_eq!(session.hear(), SessionReport::KeysPressed { activation });
    assert_eq!(session.end(), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_no_of_the_user_to_the_portal_is_told() {
    let bus = Bus::start();
    let (_connection, _bound) = portal(&bus, false).await;
    let mut session = Session::start_on(&bus.address, &[("WAYLAND_DISPLAY", "wayland-9")]);
    session.say(&take("Ctrl+Alt+K"));
    let asked = SessionReport::Keys { keys: keys("Ctrl+Alt+K"), taken: TakenKeys::Asked };
    assert_eq!(session.hear(), asked);
    let refused = reason(session.hear());
    assert!(refused.contains("said no"), "{refused}");
    assert_eq!(session.end(), []);
}
