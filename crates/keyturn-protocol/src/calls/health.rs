//! What about the vault's credentials should be looked at.

use chrono::{DateTime, Utc};
use keyturn_core::CredentialRef;
use serde::{Deserialize, Serialize};

/// Looks through all credentials.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShowHealth {}

/// How the vault's credentials are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct HealthView {
    /// When it was looked at.
    pub at: DateTime<Utc>,
    /// How many credentials were looked at.
    pub credentials: u32,
    /// What was found, the gravest first.
    pub findings: Vec<HealthFinding>,
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct HealthFinding {
    /// What kind.
    pub kind: HealthKind,
    /// At which credential.
    #[serde(rename = "ref")]
    pub reference: CredentialRef,
    /// What was found, in one sentence.
    pub finding: String,
    /// What to do about it.
    pub action: String,
}

/// A kind of finding, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum HealthKind {
    /// It was called compromised, and the old key is not known to be dead.
    Compromised,
    /// Its date has passed.
    Overdue,
    /// The same value is stored at another credential or field as well.
    ReusedValue,
    /// A key for tests is bound to a production environment.
    TestKeyInProduction,
    /// Its value is lost.
    ValueLost,
    /// Consumers still have a version that was replaced.
    ConsumersBehind,
    /// It was never rotated, for longer than its interval or a year.
    NeverRotated,
    /// Nobody is responsible for it.
    NoOwner,
    /// Nobody used it through this Keyturn for 90 days.
    Unused,
}
