//! One notification of the operating system: how it looks, and its way to the screen and off it. What
//! it says comes from the agent.

use std::time::Duration;

use keyturn_protocol::session::{NotificationAction, OfferedAction};
use notify_rust::{CloseReason, Hint, Notification, NotificationResponse, Timeout, Urgency};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;

use crate::board::Happening;

/// Longer than a desktop takes to start its notification service, shorter than anyone waits.
const PATIENCE: Duration = Duration::from_secs(5);

/// The key of what a click on the notification itself does.
const DEFAULT: &str = "default";

/// What became of a notification on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The user chose something.
    Chosen(NotificationAction),
    /// It went away.
    Closed(CloseReason),
}

/// What the user may choose, by the key that crosses the bus.
const KEYS: [(&str, NotificationAction); 4] = [
    (DEFAULT, NotificationAction::Open),
    ("open", NotificationAction::Open),
    ("snooze", NotificationAction::Snooze),
    ("requested", NotificationAction::MarkRequested),
];

/// The action behind a key; `None` for a key that none of ours has.
pub(crate) fn action(key: &str) -> Option<NotificationAction> {
    KEYS.iter().find(|(known, _)| *known == key).map(|(_, action)| *action)
}

/// Builds a notification. A click on it opens the window, wherever that is offered.
pub(crate) fn build(
    title: &str,
    body: &str,
    urgent: bool,
    actions: &[OfferedAction],
) -> Notification {
    let mut notification = Notification::new();
    notification
        .appname("Keyturn")
        .summary(&on_one_line(title))
        .body(&without_markup(body))
        .hint(Hint::DesktopEntry("app.keyturn.desktop".to_owned()))
        .urgency(if urgent { Urgency::Critical } else { Urgency::Normal })
        .timeout(if urgent { Timeout::Never } else { Timeout::Default });
    if let Some(open) = actions.iter().find(|one| one.action == NotificationAction::Open) {
        notification.action(DEFAULT, &open.label);
    }
    for offered in actions {
        let key = KEYS.iter().find(|(key, action)| *key != DEFAULT && *action == offered.action);
        if let Some((key, _)) = key {
            notification.action(key, &offered.label);
        }
    }
    notification
}

/// Shows a notification and follows it until it is gone or withdrawn. A desktop that is slow is waited
/// for: it may show it yet, so that asking again could show it twice.
pub(crate) async fn show(
    id: u64,
    notification: Notification,
    mut withdrawn: oneshot::Receiver<()>,
    happenings: UnboundedSender<Happening>,
) {
    let tell = |happening| drop(happenings.send(happening));
    let mut showing = Box::pin(notification.show_async());
    let shown = if let Ok(shown) = tokio::time::timeout(PATIENCE, &mut showing).await {
        shown
    } else {
        tell(Happening::Late { id });
        showing.await
    };
    let handle = match shown {
        Ok(handle) => handle,
        Err(error) => return tell(Happening::Failed { id, reason: error.to_string() }),
    };
    tell(Happening::Shown { id, on_bus: handle.id() });
    let mut answer = None;
    tokio::select! {
        () = handle.wait_for_action_async(|response| answer = Some(response.clone())) => {}
        Ok(()) = &mut withdrawn => {
            handle.close_async().await;
            return tell(Happening::Ended { id, fate: Fate::Closed(CloseReason::CloseAction) });
        }
    }
    let fate = match answer {
        Some(NotificationResponse::Default) => action(DEFAULT).map(Fate::Chosen),
        Some(NotificationResponse::Action(key)) => action(&key).map(Fate::Chosen),
        Some(NotificationResponse::Closed(reason)) => Some(Fate::Closed(reason)),
        // The connection ended.
        Some(NotificationResponse::Reply(_)) | None => Some(Fate::Closed(CloseReason::Other(0))),
    };
    if let Some(fate) = fate {
        tell(Happening::Ended { id, fate });
        if matches!(fate, Fate::Chosen(_)) {
            // By the specification it goes by itself; dunst, for one, leaves it there.
            handle.close_async().await;
        }
    }
}

/// Escapes what desktops read as markup in a body: a name must not become a link or a picture.
fn without_markup(text: &str) -> String {
    let visible = text.chars().map(|one| if one.is_control() && one != '\n' { ' ' } else { one });
    let text: String = visible.collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A headline has no markup by the desktops' specification, and no line breaks.
fn on_one_line(text: &str) -> String {
    text.chars().map(|one| if one.is_control() { ' ' } else { one }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_become_markup() {
        assert_eq!(without_markup("<img src=x> & co"), "&lt;img src=x&gt; &amp; co");
        assert_eq!(without_markup("a\nb\u{1b}[31m"), "a\nb [31m");
        assert_eq!(on_one_line("a\nb"), "a b");
    }

    #[test]
    fn a_click_on_the_notification_itself_opens() {
        let offered = |action, label: &str| OfferedAction { action, label: label.to_owned() };
        let actions =
            [offered(NotificationAction::Open, "Open"), offered(NotificationAction::Snooze, "1 d")];
        let built = build("a", "b", true, &actions);
        assert_eq!(built.actions, ["default", "Open", "open", "Open", "snooze", "1 d"]);
        assert!(build("a", "b", true, &[]).actions.is_empty());
        for key in built.actions.iter().step_by(2) {
            assert!(action(key).is_some(), "{key} is understood when it comes back");
        }
        assert_eq!(action("dance"), None);
    }
}
