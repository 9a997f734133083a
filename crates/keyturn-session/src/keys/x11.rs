//! Keys under X11, taken by a passive grab (`XGrabKey`) on a connection of its own. Own code on `x11rb`:
//! `global-hotkey` asks for the event loop of a window toolkit, which this process has none of.

use std::sync::Arc;
use std::thread;

use keyturn_protocol::keys::{Key, Keys};
use keyturn_protocol::session::{SessionReport, TakenKeys};
use thiserror::Error;
use tokio::sync::mpsc::UnboundedSender;
use x11rb::connection::Connection;
use x11rb::cookie::VoidCookie;
use x11rb::errors::{ConnectError, ConnectionError, ReplyError};
use x11rb::protocol::xproto::{
    ConnectionExt, CreateWindowAux, EventMask, GrabMode, KeyButMask, ModMask, Window, WindowClass,
};
use x11rb::protocol::{ErrorKind, Event};
use x11rb::rust_connection::RustConnection;
use x11rb::{COPY_DEPTH_FROM_PARENT, COPY_FROM_PARENT};

use super::BY_HAND;

/// Why the keys are not listened for.
#[derive(Debug, Error)]
pub(super) enum X11Error {
    /// The X server cannot be reached.
    #[error("The X server cannot be reached: {0}. Open Keyturn from its tray, or {BY_HAND}.")]
    Unreachable(#[from] ConnectError),
    /// The connection broke.
    #[error("The X server ended the connection: {0}. Open Keyturn from its tray instead.")]
    Lost(#[from] ConnectionError),
    /// Another program has them.
    #[error("Another program has taken {0}: choose other keys.")]
    Taken(Keys),
    /// The keyboard has no such key.
    #[error("This keyboard has no key for {0}: choose other keys.")]
    NoSuchKey(Keys),
    /// The X server refused for another reason.
    #[error("The X server refused {0}: choose other keys, or {BY_HAND}.")]
    Refused(Keys),
}

/// The connection that holds the keys; with its end they are free.
#[derive(Debug)]
pub(super) struct Server {
    connection: Arc<RustConnection>,
    root: Window,
    /// A window that is never shown: what is sent to it wakes the listening thread for its end.
    own: Window,
}

impl Server {
    /// Takes the keys and reports from then on when they are pressed.
    pub(super) fn take(
        keys: Keys,
        reports: UnboundedSender<SessionReport>,
    ) -> Result<Self, X11Error> {
        let (connection, screen) = RustConnection::connect(None)?;
        let connection = Arc::new(connection);
        let root = connection.setup().roots.get(screen).ok_or(X11Error::Refused(keys))?.root;
        let own = connection.generate_id().map_err(|_| X11Error::Refused(keys))?;
        let told = CreateWindowAux::new().event_mask(EventMask::STRUCTURE_NOTIFY);
        connection.create_window(
            COPY_DEPTH_FROM_PARENT,
            own,
            root,
            0,
            0,
            1,
            1,
            0,
            WindowClass::INPUT_ONLY,
            COPY_FROM_PARENT,
            &told,
        )?;
        let code = code(&connection, keys)?;
        grab(&connection, root, keys, code)?;
        let listening = Arc::clone(&connection);
        let thread = thread::Builder::new().name("keys".to_owned());
        let spawned = thread.spawn(move || listen(&listening, root, own, keys, code, &reports));
        spawned.map_err(|_| X11Error::Refused(keys))?;
        Ok(Self { connection, root, own })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Free before this returns, so that the same keys can be taken again at once. Where the server is gone, so
        // is the thread; otherwise that hears of its window's end and lets the connection go.
        let freed = self.connection.ungrab_key(0_u8, self.root, ModMask::ANY);
        drop(freed.map(VoidCookie::check));
        drop(self.connection.destroy_window(self.own));
        drop(self.connection.flush());
    }
}

/// Takes the keys with and without the locks, which count as held keys: Caps Lock, and Num Lock, which
/// is the second modifier wherever X11 runs today.
fn grab(connection: &RustConnection, root: Window, keys: Keys, code: u8) -> Result<(), X11Error> {
    let refused = |error| match error {
        ReplyError::X11Error(error) if error.error_kind == ErrorKind::Access => {
            X11Error::Taken(keys)
        }
        ReplyError::X11Error(_) => X11Error::Refused(keys),
        ReplyError::ConnectionError(error) => X11Error::Lost(error),
    };
    for locks in
        [0_u16, ModMask::LOCK.into(), ModMask::M2.into(), (ModMask::LOCK | ModMask::M2).into()]
    {
        let held = ModMask::from(held(keys) | locks);
        let mode = GrabMode::ASYNC;
        connection.grab_key(false, root, held, code, mode, mode)?.check().map_err(refused)?;
    }
    Ok(())
}

/// Reports each press until the connection is let go.
fn listen(
    connection: &RustConnection,
    root: Window,
    own: Window,
    keys: Keys,
    code: u8,
    reports: &UnboundedSender<SessionReport>,
) {
    let mut taken = Some(code);
    let mut released_at = None;
    loop {
        let report = match connection.wait_for_event() {
            // A key that is held repeats: a release and a press of the same moment.
            Ok(Event::KeyRelease(event)) => {
                released_at = Some(event.time);
                continue;
            }
            Ok(Event::KeyPress(event)) if released_at == Some(event.time) => continue,
            Ok(Event::KeyPress(_)) => SessionReport::KeysPressed { activation: None },
            Ok(Event::MappingNotify(_)) => {
                let Err(error) = follow(connection, root, keys, &mut taken) else { continue };
                refused(keys, &error)
            }
            Ok(Event::DestroyNotify(event)) if event.window == own => return,
            Ok(_) => continue,
            Err(error) => {
                drop(reports.send(refused(keys, &X11Error::Lost(error))));
                return;
            }
        };
        if reports.send(report).is_err() {
            return;
        }
    }
}

/// Takes the keys where the layout has them now. Where that is where they are, they are not let go for a moment: the
/// server tells of its mapping at the first press on another keyboard, too, and the next press is already ours.
fn follow(
    connection: &RustConnection,
    root: Window,
    keys: Keys,
    taken: &mut Option<u8>,
) -> Result<(), X11Error> {
    let now = code(connection, keys);
    if matches!((&now, *taken), (Ok(now), Some(taken)) if *now == taken) {
        return Ok(());
    }
    if let Some(old) = taken.take() {
        connection.ungrab_key(old, root, ModMask::ANY)?;
    }
    let now = now?;
    grab(connection, root, keys, now)?;
    *taken = Some(now);
    Ok(())
}

fn refused(keys: Keys, error: &X11Error) -> SessionReport {
    SessionReport::Keys { keys, taken: TakenKeys::Refused { reason: error.to_string() } }
}

fn held(keys: Keys) -> u16 {
    let bits = [
        (keys.control, KeyButMask::CONTROL),
        (keys.alt, KeyButMask::MOD1),
        (keys.shift, KeyButMask::SHIFT),
        (keys.logo, KeyButMask::MOD4),
    ];
    bits.into_iter().filter(|(held, _)| *held).fold(0, |all, (_, bit)| all | u16::from(bit))
}

/// The number that this keyboard sends for the key; of several layouts the first that has it.
fn code(connection: &RustConnection, keys: Keys) -> Result<u8, X11Error> {
    let wanted = symbol(keys.key);
    let (first, last) = (connection.setup().min_keycode, connection.setup().max_keycode);
    let mapping = connection.get_keyboard_mapping(first, last - first + 1)?.reply();
    let mapping = mapping.map_err(|_| X11Error::Refused(keys))?;
    let width = usize::from(mapping.keysyms_per_keycode).max(1);
    let rows = mapping.keysyms.chunks(width);
    let has = |column: usize| {
        let mut rows = rows.clone();
        rows.position(|row| row.get(column) == Some(&wanted))
    };
    let row = (0..width).find_map(has).ok_or(X11Error::NoSuchKey(keys))?;
    u8::try_from(row).ok().and_then(|row| row.checked_add(first)).ok_or(X11Error::NoSuchKey(keys))
}

/// X11's name of a key: of signs their number in Latin 1, letters in lower case.
fn symbol(key: Key) -> u32 {
    match key {
        Key::Sign(sign) => u32::from(sign.to_ascii_lowercase()),
        Key::Space => 0x20,
        Key::Function(number) => 0xffbd + u32::from(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_the_numbers_of_x11() {
        let of = |text: &str| {
            let keys: Keys = text.parse().unwrap();
            (held(keys), symbol(keys.key))
        };
        assert_eq!(of("Ctrl+Alt+K"), (4 | 8, 0x6b));
        assert_eq!(of("Super+Shift+F1"), (64 | 1, 0xffbe));
        assert_eq!(of("Alt+Space"), (8, 0x20));
    }
}
