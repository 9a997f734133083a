//! Who uses a credential, as far as the user wrote it down.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Something that uses a key outside of this Keyturn: "GitHub Actions of repo X", "server Y".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consumer {
    /// Names it among those of its credential; never used again.
    pub id: u32,
    /// What the user calls it.
    pub name: String,
    /// The day it was written down.
    pub added_on: NaiveDate,
    /// The version of the key that it has: see [`crate::KeyVersion`]; `None` where nobody said.
    pub version: Option<u32>,
}
