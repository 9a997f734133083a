//! A rotation under way: kept with its credential, so that it goes on after any end of the process.
//!
//! Here is what it consists of; `advance` has the steps from one stage to the next, `offer` which of them
//! are possible when.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A rotation under way. It exists from its start until the old key is retired; between two stages
/// nothing is held anywhere else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotation {
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// Which stages it goes through.
    pub route: Route,
    /// The stage it has reached.
    pub stage: RotationStage,
    /// What was asked of the provider's support.
    pub request: Option<SupportRequest>,
    /// When the new key was stored beside the old one.
    pub issued_at: Option<DateTime<Utc>>,
    /// How the new key is known to work; never set without a proof or the user's word.
    pub verified: Option<Verification>,
    /// When the provider was told that the new key arrived.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// When the new key became the one in use.
    pub promoted_at: Option<DateTime<Utc>>,
    /// Whether the old key still works, as far as is known.
    pub old_key: OldKeyLife,
    /// Why it is an emergency, where it is one.
    pub emergency: Option<Emergency>,
    /// The dates of the key that is not in use: the new one before its promotion, the old one afterwards.
    #[serde(default)]
    pub other_dates: KeyDates,
}

/// The dates of a key that is stored beside the one in use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyDates {
    /// The day it was issued.
    pub issued_on: Option<NaiveDate>,
    /// The day it ends by itself.
    pub expires_on: Option<NaiveDate>,
    /// The day on which the user wanted to replace it.
    #[serde(default)]
    pub replace_on: Option<NaiveDate>,
}

/// Which stages a rotation goes through; taken from the profile when it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// Whether the new key is asked for at the provider's support.
    pub requested: bool,
    /// Whether the provider is told when the new key arrived, which may end the old one.
    pub confirmed: bool,
    /// When the old key ends.
    pub old_key: OldKeyEnd,
}

/// When an old key ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum OldKeyEnd {
    /// With the new one's birth.
    AtOnce,
    /// When the new one is confirmed.
    OnConfirmation,
    /// The provider does not say; the user ends it there.
    Unknown,
}

/// The stages of a rotation, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RotationStage {
    /// It began; nothing was asked for or stored yet.
    Started,
    /// The provider's support was asked for a new key.
    Requested,
    /// The new key is stored beside the old one.
    Issued,
    /// The new key is known to work.
    Verified,
    /// The provider knows that the new key arrived.
    Confirmed,
    /// The new key is the one in use; the old one is still stored.
    Promoted,
    /// The old key is being ended at the provider; it still answered when it was looked at last.
    Retiring,
}

/// What was asked of a provider's support.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportRequest {
    /// The day of the request.
    pub on: NaiveDate,
    /// The support's number for it.
    pub ticket: Option<String>,
    /// The user's own words.
    pub note: Option<String>,
}

/// How a new key is known to work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// When.
    pub at: DateTime<Utc>,
    /// By what.
    pub by: VerifiedBy,
}

/// What showed that a key works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum VerifiedBy {
    /// The profile's harmless test call.
    TestCall,
    /// An exchange: the key bought a token (X8).
    Exchange,
    /// The user's word, where nothing harmless can be sent (X8).
    Word,
}

/// Whether an old key still works, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum OldKeyLife {
    /// It answered at that time.
    Lives {
        /// When that was known last.
        known_at: DateTime<Utc>,
    },
    /// Nobody knows.
    Unknown,
    /// It is dead.
    Ended {
        /// Since when, at the latest.
        known_at: DateTime<Utc>,
    },
}

/// An emergency that is over, for its record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastEmergency {
    /// Its rotation, as it was at the end.
    pub rotation: Rotation,
    /// The last four characters of the compromised key.
    pub last_four: Option<String>,
    /// When it ended.
    pub ended_at: DateTime<Utc>,
    /// Whether it was given up, so that the key that was called compromised stayed in use.
    pub given_up: bool,
}

/// Why a rotation is an emergency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emergency {
    /// When the key was called compromised.
    pub declared_at: DateTime<Utc>,
    /// What happened, in the user's words.
    pub note: Option<String>,
}
