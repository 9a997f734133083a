//! The steps of a rotation by name, and why one is not possible.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The name of a step, for what is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "RotationOffer"))]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Begins it.
    Start,
    /// Begins it because the key is compromised, or makes the one under way an emergency.
    Compromised,
    /// Notes that the provider's support was asked.
    Request,
    /// Stores the new key beside the old one.
    Store,
    /// Finds out whether the new key works.
    Verify,
    /// Notes that the provider was told that the new key arrived.
    Confirm,
    /// Makes the new key the one in use.
    Promote,
    /// Finds out whether the old key is dead, and forgets its value then.
    Retire,
    /// Makes the old key the one in use again.
    RollBack,
    /// Gives the rotation up, and forgets the new key.
    Cancel,
}

/// Says why a step is not possible at the stage that a rotation has reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotNow {
    /// The provider's support makes no keys.
    #[error("there is nothing to ask for: the new key is made at the provider without its support")]
    NoSupport,
    /// The new key is there.
    #[error("the new key is stored already, so there is nothing to ask for any more")]
    Issued,
    /// There is no new key yet.
    #[error("no new key is stored yet")]
    NotIssued,
    /// The provider ended the old key for this one.
    #[error(
        "the provider was told already that the stored new key arrived, so another one is not stored over it"
    )]
    Confirmed,
    /// Nobody knows whether the new key works.
    #[error("the new key is not known to work")]
    NotVerified,
    /// The provider waits for no word.
    #[error("there is nobody to tell: this provider ends no key because a new one arrived")]
    NothingToConfirm,
    /// The provider is to be told first.
    #[error("the provider was not told yet that the new key arrived")]
    NotConfirmed,
    /// The new key is in use.
    #[error("the new key is in use already")]
    Promoted,
    /// The new key is not in use.
    #[error("the new key is not in use yet")]
    NotPromoted,
    /// The old key is dead, or may be, and nothing shows that it lives.
    #[error("the old key is not known to work any more, so there is no way back to it")]
    OldKeyEnded,
    /// No test can tell whether the old key lives.
    #[error(
        "the stored new key may be the only one that works: whether the old one still does cannot be tested"
    )]
    OldKeyUntested,
}
