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
    /// One line that is safe to paste into a chat.
    pub line: String,
}

/// The key whose last four characters were given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FoundKey {
    /// In which field.
    pub field: FieldName,
    /// Its last four characters.
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
