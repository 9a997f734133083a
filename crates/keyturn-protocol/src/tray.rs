//! What the tray shows, and what the user may choose there. The agent finds the words; the session only
//! draws them. Never a secret.

use keyturn_core::CredentialRef;
use serde::{Deserialize, Serialize};

/// What the tray shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrayView {
    /// Whether the vault is open.
    pub unlocked: bool,
    /// How many things want the user: keys that are due, and reminders that nobody has read.
    pub attention: u32,
    /// How things stand, in one sentence.
    pub headline: String,
    /// What can be copied with one click.
    pub copies: Vec<TrayLine>,
    /// What ends or is due soon.
    pub expiring: Vec<TrayLine>,
    /// Until when reminders are silent, in words; `None` where they are not.
    pub paused: Option<String>,
}

/// A line about a credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrayLine {
    /// Which one.
    pub reference: CredentialRef,
    /// The words of the line.
    pub label: String,
}

/// What the user chose in the tray.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrayChoice {
    /// Copies what the profile calls primary.
    Copy(CredentialRef),
    /// Opens the window, at a credential where one is named.
    Open(Option<CredentialRef>),
    /// Opens the palette: anything can be copied from there.
    Palette,
    /// Silences all reminders for an hour.
    PauseReminders,
    /// Has reminders speak again.
    ResumeReminders,
    /// Locks the vault.
    Lock,
    /// Ends the agent, and the session with it.
    Quit,
}
