//! The versions of a credential's secrets that there ever were, without the secrets.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::FieldName;

/// One version of a credential's secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyVersion {
    /// Its number: counts up with every change of a secret, from 1.
    pub number: u32,
    /// When it was stored.
    pub stored_at: DateTime<Utc>,
    /// Where it stands.
    pub standing: KeyStanding,
    /// When it came to stand there.
    pub since: DateTime<Utc>,
    /// Whether it was never in use: stored as the next one, and not promoted. Older files do not say.
    #[serde(default)]
    pub never_used: bool,
    /// The last four characters of each of its machine-made secrets of twelve characters or more.
    pub last_fours: BTreeMap<FieldName, String>,
    /// What tells equal secrets without telling anything else: keyed by the vault.
    pub fingerprints: BTreeMap<FieldName, Fingerprint>,
}

/// Where a version of a key stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum KeyStanding {
    /// It is the one in use.
    Current,
    /// It is stored beside the one in use and not used yet.
    Next,
    /// It was replaced, and is stored until it is retired.
    Previous,
    /// It is retired: its value is no longer stored.
    Retired,
}

/// A keyed digest of a secret: equal for equal secrets of one vault, and without meaning elsewhere.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fingerprint(pub [u8; 16]);

impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Fingerprint")
    }
}
