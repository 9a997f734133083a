//! What can go wrong with a rotation.

use chrono::NaiveDate;
use keyturn_core::rotation::NotNow;
use keyturn_core::{CredentialRef, FieldName, ProviderId};
use thiserror::Error;

/// Says why a step of a rotation was not taken. What was stored before stays stored.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum RotationError {
    /// No rotation is under way.
    #[error("no rotation of {reference} is under way")]
    NoneUnderWay {
        /// The credential.
        reference: CredentialRef,
    },
    /// The step does not follow the one before.
    #[error(transparent)]
    NotNow(#[from] NotNow),
    /// The day of a request lies ahead.
    #[error("{day} lies ahead: a request is recorded when it was made")]
    FutureDay {
        /// The day.
        day: NaiveDate,
    },
    /// A new key was to be stored, and none was given.
    #[error("no new value was given")]
    NothingGiven,
    /// The field is not replaced by a rotation.
    #[error("{field} is not among what a rotation of {reference} replaces: {}", .known.join(", "))]
    NotReplaced {
        /// The credential.
        reference: CredentialRef,
        /// What was given.
        field: FieldName,
        /// What is replaced.
        known: Vec<String>,
    },
    /// The value is the one in use.
    #[error("this is the key of {reference} that is in use already, not a new one")]
    SameKey {
        /// The credential.
        reference: CredentialRef,
    },
    /// Another new key is stored already.
    #[error("another new key of {reference} is stored already and would be forgotten")]
    NewKeyStored {
        /// The credential.
        reference: CredentialRef,
    },
    /// Nothing harmless can be sent that would tell whether the new key works (X8).
    #[error(
        "no harmless request of {provider} is known that would tell whether a key works: {reason}"
    )]
    WordNeeded {
        /// The provider.
        provider: ProviderId,
        /// Why.
        reason: String,
    },
    /// Only the user knows whether the old key is dead.
    #[error("whether the old key is dead cannot be asked of {provider}; its value is kept")]
    EndNeedsWord {
        /// The provider.
        provider: ProviderId,
    },
    /// The provider refused the new key.
    #[error("the provider refused the new key: {meaning}")]
    Refused {
        /// What its answer means.
        meaning: String,
        /// What to do.
        action: String,
    },
    /// The provider refused the old key, to which there is no way back now.
    #[error("the old key is refused, so there is no way back to it: {meaning}")]
    OldRefused {
        /// What its answer means.
        meaning: String,
    },
    /// A test of the old key did not tell whether it works.
    #[error(
        "the stored new key may be the only one that works: the old one could not be tested: {reason}"
    )]
    OldUntested {
        /// Why.
        reason: String,
    },
    /// Giving up would leave a compromised key in use.
    #[error(
        "{reference} was called compromised: given up, its key stays in use, and nobody is warned of it any more"
    )]
    EmergencyOpen {
        /// The credential.
        reference: CredentialRef,
    },
    /// The provider's answer does not tell whether the key works.
    #[error(
        "the provider answered with status {status}, which does not tell whether the key works: {meaning}"
    )]
    Unclear {
        /// The HTTP status.
        status: u16,
        /// What its answer means.
        meaning: String,
        /// What to do.
        action: String,
    },
    /// The provider took the key, and knows another one.
    #[error("the key was taken, but it may not be the one that was meant: {note}")]
    AnotherKey {
        /// What it says.
        note: String,
    },
    /// Consumers do not have the new key.
    #[error("these do not have the new key yet, and may stop working when it is confirmed: {}", .names.join(", "))]
    ConsumersBehind {
        /// The credential.
        reference: CredentialRef,
        /// Who.
        names: Vec<String>,
    },
    /// A value is to be changed that a rotation is replacing.
    #[error("a rotation of {reference} is under way, and {field} is replaced by it")]
    UnderWay {
        /// The credential.
        reference: CredentialRef,
        /// The field.
        field: FieldName,
    },
    /// Something else happened to the rotation while a key was tried.
    #[error("the rotation went on in another way while the key was tried; nothing was changed")]
    Overtaken,
}
