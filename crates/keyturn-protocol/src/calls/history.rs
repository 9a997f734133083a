//! Calls about what became of a credential: the versions of its key, and what was done to it. Never a
//! value, the last four characters at most.

use chrono::{DateTime, Utc};
use keyturn_core::{CredentialRef, FieldName, KeyStanding};
use serde::{Deserialize, Serialize};

use super::JournalEntryView;

/// Shows a credential's history.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShowHistory {
    /// Which one.
    pub reference: CredentialRef,
}

/// A credential's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct HistoryView {
    /// Whose.
    #[serde(rename = "ref")]
    pub reference: CredentialRef,
    /// The versions of its key, the newest first.
    pub versions: Vec<VersionView>,
    /// What was done to it, the newest first; at most the last 200.
    pub changes: Vec<JournalEntryView>,
    /// Whether there are older ones, which the journal has.
    pub more: bool,
}

/// One version of a credential's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct VersionView {
    /// Its number, from 1.
    pub version: u32,
    /// Where it stands.
    pub standing: KeyStanding,
    /// When it was stored.
    pub stored_at: DateTime<Utc>,
    /// When it came to stand where it does.
    pub since: DateTime<Utc>,
    /// Whether it was never in use.
    pub never_used: bool,
    /// Its secrets.
    pub fields: Vec<VersionField>,
    /// Whether its value is still stored.
    pub stored: bool,
    /// Whether it can be put in use again.
    pub restorable: bool,
    /// Why it cannot, or what is tried first; `None` where there is nothing to say.
    pub note: Option<String>,
}

/// One secret of a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct VersionField {
    /// Its name.
    pub name: FieldName,
    /// What the provider calls it.
    pub label: String,
    /// Its last four characters, where they are known.
    pub last_four: Option<String>,
}

/// Puts an earlier version of a key in use again, and answers the history. It needs a yes.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RestoreVersion {
    /// Of which credential.
    pub reference: CredentialRef,
    /// Which version.
    pub version: u32,
    /// Whether the user agreed.
    #[serde(default)]
    pub confirmed: bool,
}
