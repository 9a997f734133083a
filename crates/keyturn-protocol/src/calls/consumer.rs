//! Calls about who uses a credential.

use chrono::{DateTime, NaiveDate, Utc};
use keyturn_core::CredentialRef;
use serde::{Deserialize, Serialize};

/// Shows who uses a credential.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShowConsumers {
    /// Of which credential.
    pub reference: CredentialRef,
}

/// Changes what is written down about who uses a credential.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct EditConsumers {
    /// Of which credential.
    pub reference: CredentialRef,
    /// What changes.
    pub edit: ConsumerEdit,
}

/// A change of what is written down about who uses a credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ConsumerEdit {
    /// Adds one; it has the version in use.
    Add {
        /// What the user calls it.
        name: String,
    },
    /// Removes one.
    Remove {
        /// Which one.
        id: u32,
    },
    /// Notes whether it has the new key: the one that is stored beside the old one or was promoted.
    HasNew {
        /// Which one.
        id: u32,
        /// Whether it has.
        ready: bool,
    },
}

/// Who uses a credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ConsumersView {
    /// Of which credential.
    #[serde(rename = "ref")]
    pub reference: CredentialRef,
    /// The version in use.
    pub version: u32,
    /// The version that consumers are to have: the new one where a rotation has stored it.
    pub wanted_version: u32,
    /// Those that the user wrote down.
    pub written_down: Vec<ConsumerView>,
    /// Those that were seen to use it through this Keyturn, the last one first.
    pub seen: Vec<SeenConsumer>,
    /// Who still uses an older version than the wanted one, in words; empty where nobody does.
    pub behind: Vec<String>,
}

/// A consumer that the user wrote down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ConsumerView {
    /// Names it among those of its credential.
    pub id: u32,
    /// What the user calls it.
    pub name: String,
    /// The day it was written down.
    pub added_on: NaiveDate,
    /// The version of the key that it has.
    pub version: Option<u32>,
    /// Whether it has the wanted version.
    pub has_wanted: bool,
}

/// A program that was seen to use a credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SeenConsumer {
    /// The program behind the command line or the window, e.g. `make` or `zsh`.
    pub program: String,
    /// What it did last.
    pub action: String,
    /// The version of the key that it got last.
    pub version: Option<u32>,
    /// When.
    pub last_used_at: DateTime<Utc>,
    /// How often it is in the journal.
    pub uses: u32,
}
