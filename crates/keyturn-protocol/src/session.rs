//! What the agent and `keyturn session` say to each other over the session's standard input and
//! output: one JSON document a line, and never a secret. Both speak whenever they have something to
//! say; the id of a command names it in every report about it.

use serde::{Deserialize, Serialize};

use crate::keys::Keys;
use crate::tray::{TrayChoice, TrayView};

/// What the agent tells the session to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionCommand {
    /// Shows one notification of the operating system.
    Notify {
        /// Names the notification in reports.
        id: u64,
        /// The headline.
        title: String,
        /// The text; a line break stays one.
        body: String,
        /// Whether it should stay until it is seen to.
        urgent: bool,
        /// What the user may choose, in this order.
        #[serde(default)]
        actions: Vec<OfferedAction>,
    },
    /// Takes a notification off the screen: it was seen to elsewhere. Nothing where it is gone.
    Withdraw {
        /// Which one.
        id: u64,
    },
    /// Shows this in the tray from now on.
    ShowTray(TrayView),
    /// Listens for these keys in every program from now on, and no longer for those before; for none
    /// where there are none.
    TakeKeys {
        /// The keys.
        keys: Option<Keys>,
    },
}

/// Something the user may choose on a notification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedAction {
    /// What it does.
    pub action: NotificationAction,
    /// The words on its button.
    pub label: String,
}

/// What a notification's button does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotificationAction {
    /// Opens the window; also what a click on the notification itself does.
    Open,
    /// Puts it off.
    Snooze,
    /// Notes that the provider's support was asked for a new key.
    MarkRequested,
}

/// What the session tells the agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionReport {
    /// The operating system took the notification.
    Shown {
        /// Its id in the command.
        id: u64,
    },
    /// The notification was not shown and will not be.
    Failed {
        /// Its id in the command.
        id: u64,
        /// Why, in words for the user.
        reason: String,
    },
    /// The operating system has not answered yet. The notification may still be shown, so it must not
    /// be sent again: `Shown` or `Failed` follows.
    Late {
        /// Its id in the command.
        id: u64,
        /// What is wrong, in words for the user.
        reason: String,
    },
    /// The user chose something on a notification that was shown.
    Chosen {
        /// Its id in the command.
        id: u64,
        /// What.
        action: NotificationAction,
    },
    /// A notification that was shown is gone.
    Closed {
        /// Its id in the command.
        id: u64,
        /// How it went.
        how: Closing,
    },
    /// Somebody who shows notifications came: what failed may be tried again at once.
    DesktopBegan,
    /// The user chose something in the tray.
    ChosenInTray(TrayChoice),
    /// What became of the keys that the session was to listen for.
    Keys {
        /// The keys of the command.
        keys: Keys,
        /// What became of them.
        taken: TakenKeys,
    },
    /// The user pressed the keys.
    KeysPressed {
        /// What allows a window to take the focus, where the desktop hands that out.
        activation: Option<String>,
    },
}

/// What became of keys that the session was to listen for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TakenKeys {
    /// They are listened for.
    Taken {
        /// The keys in the desktop's own words, where it decides them.
        decided: Option<String>,
    },
    /// The desktop was asked, and may be asking the user.
    Asked,
    /// They are not listened for.
    Refused {
        /// Why and what to do, in words for the user.
        reason: String,
    },
}

/// How a notification went away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// Its time was over.
    Expired,
    /// The user took it away.
    Dismissed,
    /// The agent had it taken away.
    Withdrawn,
    /// Whoever showed it ended, or does not say why.
    Lost,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_of_an_older_agent_offers_nothing_to_choose() {
        let older = r#"{"notify":{"id":1,"title":"a","body":"b","urgent":true}}"#;
        let SessionCommand::Notify { actions, .. } = serde_json::from_str(older).unwrap() else {
            panic!("it is a notification");
        };
        assert!(actions.is_empty());
    }
}
