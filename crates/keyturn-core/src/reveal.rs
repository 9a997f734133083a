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
