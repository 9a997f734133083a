//! One notification of the operating system. Owns how it looks; what it says comes from the agent.

use std::io;
use std::time::Duration;

use notify_rust::{Hint, Notification, Urgency};
use thiserror::Error;
use tokio::runtime::{Builder, Runtime};

/// Longer than a desktop takes to start its notification service, shorter than anyone waits.
const PATIENCE: Duration = Duration::from_secs(10);

/// Says why a notification was not shown.
#[derive(Debug, Error)]
pub(crate) enum ShowError {
    /// There is no bus, or nobody on it shows notifications.
    #[error("the desktop shows no notifications: {0}")]
    Refused(#[from] notify_rust::error::Error),
    /// Whoever shows notifications does not answer.
    #[error("the desktop's notification service did not answer within 10 s")]
    Silent,
}

/// Hands notifications to the desktop, on a runtime of one thread.
#[derive(Debug)]
pub(crate) struct Notifier(Runtime);

impl Notifier {
    /// Prepares; connects to nothing yet.
    pub(crate) fn new() -> io::Result<Self> {
        Builder::new_current_thread().enable_all().build().map(Self)
    }

    /// Shows one notification. The connection is made for it and closed after it, so that a bus that
    /// comes late or goes away is no matter.
    pub(crate) fn show(&self, title: &str, body: &str, urgent: bool) -> Result<(), ShowError> {
        let mut notification = Notification::new();
        notification
            .appname("Keyturn")
            .summary(title)
            .body(&without_markup(body))
            .hint(Hint::DesktopEntry("app.keyturn.desktop".to_owned()))
            .urgency(if urgent { Urgency::Critical } else { Urgency::Normal });
        let shown = self
            .0
            .block_on(async { tokio::time::timeout(PATIENCE, notification.show_async()).await });
        match shown {
            Ok(handle) => handle.map(drop).map_err(ShowError::from),
            Err(_elapsed) => Err(ShowError::Silent),
        }
    }
}

/// Escapes what desktops read as markup in a body: a name must not become a link or a picture.
fn without_markup(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_become_markup() {
        assert_eq!(without_markup("<img src=x> & co"), "&lt;img src=x&gt; &amp; co");
    }
}
