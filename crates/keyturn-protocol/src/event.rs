//! What the agent tells subscribers without being asked.

use keyturn_core::CredentialRef;
use serde::{Deserialize, Serialize};

/// Something changed; a client that shows it asks again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The subscription stands: whatever changes from here on is told.
    Subscribed,
    /// The vault was unlocked.
    Unlocked,
    /// The vault was locked.
    Locked,
    /// A credential was added, edited, removed or got a new token.
    CredentialChanged(CredentialRef),
    /// The environments of a provider changed.
    ProviderChanged(keyturn_core::ProviderId),
    /// The user wants to see the window: one that is open comes to the front, and shows the credential
    /// where one is named.
    OpenRequested(Option<CredentialRef>),
    /// The user wants the palette: the window that is open comes to the front and shows it.
    PaletteRequested,
    /// The user ended Keyturn: windows close.
    Quit,
    /// What Keyturn put on the clipboard is on it no more, or no longer Keyturn's to clear.
    ClipboardReleased(ClipboardEnd),
    /// Names are hidden from now on, or shown again: share-safe mode.
    ShareSafe(bool),
    /// What is or was to be told changed, or why nothing can be shown.
    RemindersChanged,
}

/// What became of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ClipboardEnd {
    /// Keyturn cleared it.
    Cleared,
    /// Something else was copied meanwhile: that was left alone.
    Replaced,
    /// The desktop did not let Keyturn look at the clipboard or clear it: the copy may still be there.
    NotCleared,
}
