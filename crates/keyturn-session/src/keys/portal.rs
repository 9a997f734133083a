//! Keys under Wayland: the desktop's portal `org.freedesktop.portal.GlobalShortcuts` asks the user, keeps
//! which keys they chose, and tells when they are pressed.

use ashpd::desktop::CreateSessionOptions;
use ashpd::desktop::global_shortcuts::{
    Activated, BindShortcutsOptions, GlobalShortcuts, NewShortcut, Shortcut,
};
use ashpd::{AppID, Error, PortalError};
use futures_util::StreamExt as _;
use keyturn_protocol::keys::{Key, Keys};
use keyturn_protocol::session::{SessionReport, TakenKeys};
use tokio::sync::mpsc::UnboundedSender;
use zbus::Connection;

use super::BY_HAND;

/// How desktops know the app, as its desktop file is called.
const APP: &str = "app.keyturn.desktop";
/// The name under which the desktop keeps the user's choice of keys.
const SHORTCUT: &str = "palette";
/// What it does, in the words that the desktop shows.
const DOES: &str = "Find and copy a credential";

/// Asks for the keys and reports what becomes of them, until the desktop's portal ends.
pub(super) async fn listen(keys: Keys, reports: UnboundedSender<SessionReport>) {
    // A report fails only where the session is ending.
    let tell = |taken| drop(reports.send(SessionReport::Keys { keys, taken }));
    tell(TakenKeys::Asked);
    let reason = match follow(keys, &reports).await {
        Ok(()) => format!("The desktop ended its global shortcuts: {BY_HAND}."),
        Err(error) => words(&error),
    };
    tell(TakenKeys::Refused { reason });
}

async fn follow(keys: Keys, reports: &UnboundedSender<SessionReport>) -> Result<(), Error> {
    // A connection of its own: with its end the desktop lets the keys go.
    let connection = Connection::session().await?;
    if let Ok(app) = APP.parse::<AppID>() {
        // Older desktops tell by themselves who asks.
        drop(ashpd::register_host_app_with_connection(connection.clone(), app).await);
    }
    let portal = GlobalShortcuts::with_connection(connection).await?;
    let session = portal.create_session(CreateSessionOptions::default()).await?;
    // Listened for before the answer, so that no press is missed.
    let mut pressed = portal.receive_activated().await?;
    let mut changed = portal.receive_shortcuts_changed().await?;
    let wanted = NewShortcut::new(SHORTCUT, DOES).preferred_trigger(&*trigger(keys));
    let options = BindShortcutsOptions::default();
    let bound = portal.bind_shortcuts(&session, &[wanted], None, options).await?.response()?;
    let tell = |shortcuts: &[Shortcut]| {
        drop(reports.send(SessionReport::Keys { keys, taken: taken(shortcuts) }));
    };
    tell(bound.shortcuts());
    loop {
        tokio::select! {
            activated = pressed.next() => match activated {
                Some(activated) if activated.shortcut_id() == SHORTCUT => {
                    let activation = token(&activated);
                    drop(reports.send(SessionReport::KeysPressed { activation }));
                }
                Some(_) => {}
                None => return Ok(()),
            },
            changed = changed.next() => match changed {
                Some(changed) => tell(changed.shortcuts()),
                None => return Ok(()),
            },
        }
    }
}

/// What the desktop made of the wish.
fn taken(shortcuts: &[Shortcut]) -> TakenKeys {
    match shortcuts.iter().find(|shortcut| shortcut.id() == SHORTCUT) {
        Some(shortcut) => {
            let words = shortcut.trigger_description();
            TakenKeys::Taken { decided: (!words.is_empty()).then(|| words.to_owned()) }
        }
        None => TakenKeys::Refused {
            reason: "The desktop gave Keyturn no keys: choose some in the desktop's settings."
                .to_owned(),
        },
    }
}

/// What allows a window to take the focus.
fn token(activated: &Activated) -> Option<String> {
    let token = activated.options().get("activation_token")?;
    token.downcast_ref::<String>().ok()
}

fn words(error: &Error) -> String {
    match error {
        Error::Portal(PortalError::Cancelled(_)) | Error::Response(_) => {
            "You or the desktop said no to the keys: switch them on in the desktop's settings."
                .to_owned()
        }
        _ => format!("This desktop has no global shortcuts for programs: {BY_HAND}."),
    }
}

/// The keys in the desktops' writing (the XDG Shortcuts specification).
fn trigger(keys: Keys) -> String {
    let held =
        [(keys.control, "CTRL+"), (keys.alt, "ALT+"), (keys.shift, "SHIFT+"), (keys.logo, "LOGO+")];
    let held: String = held.into_iter().filter(|(held, _)| *held).map(|(_, name)| name).collect();
    match keys.key {
        Key::Sign(sign) => format!("{held}{}", sign.to_ascii_lowercase()),
        Key::Function(number) => format!("{held}F{number}"),
        Key::Space => format!("{held}space"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_written_as_desktops_read_them() {
        let of = |text: &str| trigger(text.parse().unwrap());
        assert_eq!(of("Ctrl+Alt+K"), "CTRL+ALT+k");
        assert_eq!(of("Super+Shift+F12"), "SHIFT+LOGO+F12");
        assert_eq!(of("Ctrl+Space"), "CTRL+space");
    }
}
