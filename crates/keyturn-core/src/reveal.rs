//! Where a reveal-once key stands: a key that its provider shows exactly once.

use serde::{Deserialize, Serialize};

/// Where a reveal-once key stands; the words of the command line's JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RevealState {
    /// The provider shows this key as often as one likes.
    NotApplicable,
    /// The provider has not shown it yet.
    NotRevealed,
    /// It was caught, stored and read back.
    Captured,
    /// Its value is lost; the last four characters are known.
    LastFourOnly,
    /// Its value is lost and nothing of it is known.
    Lost,
}

/// What the user says of a reveal-once key whose value is not stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum KeyMark {
    /// The provider has not shown it yet; it is recorded before that.
    NotRevealed,
    /// It was shown, and its value is lost.
    Lost,
    /// Its value is lost; these are its last four characters.
    LastFour(String),
}
