//! Finding a key by its last four characters, and credentials by their words.

use chrono::{DateTime, Utc};
use keyturn_core::{CredentialRef, FieldName, KeyStanding};
use serde::{Deserialize, Serialize};

/// Finds credentials by name, owner, host, or the last four characters of any present or earlier
/// secret.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FindCredentials {
    /// What to look for.
    pub text: String,
}

/// A credential that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FoundCredential {
    /// Which one.
    #[serde(rename = "ref")]
    pub reference: CredentialRef,
    /// The provider's name.
    pub provider_name: String,
    /// Who is responsible for it.
    pub owner: Option<String>,
    /// The hosts its secrets may go to.
    pub hosts: Vec<String>,
    /// The key whose last four characters were given; `None` where it was found by its words.
    pub key: Option<FoundKey>,
    /// Who uses it: written down, or seen.
    pub users: Vec<String>,
    /// When it was removed, where it lies in the trash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub removed_at: Option<DateTime<Utc>>,
    /// One line that is safe to paste into a chat.
    pub line: String,
    /// What the user should know about how this was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub note: Option<FindNote>,
}

/// What the user should know about how something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FindNote {
    /// The key's last four characters differ from the text in upper and lower case.
    OtherCase,
    /// The text is a whole secret: it was typed where it should not be.
    WholeSecret,
}

/// The key whose last four characters were given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FoundKey {
    /// In which field.
    pub field: FieldName,
    /// Its last four characters; empty of a password, of which nothing is shown.
    pub last_four: String,
    /// Which version.
    pub version: u32,
    /// Where that version stands.
    pub standing: KeyStanding,
    /// When it was stored.
    pub stored_at: Option<DateTime<Utc>>,
    /// When it was retired.
    pub retired_at: Option<DateTime<Utc>>,
}
