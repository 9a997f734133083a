//! The shortcut that works in every program: X11 grabs its keys, Wayland leaves them to the desktop's
//! portal. Where there is neither nothing happens, and the agent is told why.

mod portal;
mod x11;

use keyturn_protocol::keys::Keys;
use keyturn_protocol::session::{SessionReport, TakenKeys};
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::AbortHandle;

/// What can be done where nothing takes keys for us.
const BY_HAND: &str = "bind `keyturn-desktop --palette` to keys in your desktop's settings";

/// Who takes keys on this desktop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taker {
    /// An X server.
    X11,
    /// The desktop's portal, the only one who may under Wayland.
    Portal,
}

/// The keys that are listened for.
pub(crate) struct Listening {
    reports: UnboundedSender<SessionReport>,
    server: Option<x11::Server>,
    portal: Option<AbortHandle>,
}

impl Listening {
    /// Listens for nothing yet; it connects to nothing.
    pub(crate) fn new(reports: UnboundedSender<SessionReport>) -> Self {
        Self { reports, server: None, portal: None }
    }

    /// Listens for these keys and no longer for others; what becomes of that is reported.
    pub(crate) fn take(&mut self, keys: Option<Keys>) {
        if let Some(portal) = self.portal.take() {
            portal.abort();
        }
        let Some(keys) = keys else {
            // Its connection goes, and the keys with it.
            self.server = None;
            return;
        };
        match taker(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty())) {
            Taker::Portal => {
                let listening = portal::listen(keys, self.reports.clone());
                self.portal = Some(tokio::spawn(listening).abort_handle());
            }
            Taker::X11 => {
                // One connection for each choice of keys: with the old one its keys go, too.
                self.server = None;
                let taken = match x11::Server::take(keys, self.reports.clone()) {
                    Ok(server) => {
                        self.server = Some(server);
                        TakenKeys::Taken { decided: None }
                    }
                    Err(reason) => TakenKeys::Refused { reason: reason.to_string() },
                };
                // It fails only where the session is ending.
                drop(self.reports.send(SessionReport::Keys { keys, taken }));
            }
        }
    }
}

/// Under Wayland an X server is there as well, but hears keys only while one of its own windows has the
/// focus. Without any screen in the environment a desktop may still be on the bus.
fn taker(is_set: impl Fn(&str) -> bool) -> Taker {
    if is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY") { Taker::X11 } else { Taker::Portal }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_x_server_beside_wayland_is_not_asked() {
        let with = |set: &'static [&str]| taker(|name| set.contains(&name));
        assert_eq!(with(&["DISPLAY"]), Taker::X11);
        assert_eq!(with(&["DISPLAY", "WAYLAND_DISPLAY"]), Taker::Portal);
        assert_eq!(with(&[]), Taker::Portal);
    }
}
