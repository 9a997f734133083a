//! What the agent and `keyturn session` say to each other over the session's standard input and
//! output: one JSON document a line, and never a secret.

use serde::{Deserialize, Serialize};

/// What the agent tells the session to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionCommand {
    /// Shows one notification of the operating system.
    Notify {
        /// Names the notification in the report.
        id: u64,
        /// The headline.
        title: String,
        /// The text.
        body: String,
        /// Whether it should stay until it is seen to.
        urgent: bool,
    },
}

/// What the session tells the agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionReport {
    /// The notification was handed to the operating system.
    Shown {
        /// Its id in the command.
        id: u64,
    },
    /// The notification could not be shown.
    Failed {
        /// Its id in the command.
        id: u64,
        /// Why, for the log.
        reason: String,
    },
}
