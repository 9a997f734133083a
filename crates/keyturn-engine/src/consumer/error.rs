//! What can go wrong with consumers.

use keyturn_core::{ConsumerNameError, CredentialRef};
use thiserror::Error;

use super::MOST_CONSUMERS;

/// Says why what is written down about consumers was not changed.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ConsumerError {
    /// There is none of that number.
    #[error("no consumer of {reference} has the number {id}")]
    NoConsumer {
        /// The credential.
        reference: CredentialRef,
        /// What was asked for.
        id: u32,
    },
    /// The text is no name.
    #[error(transparent)]
    Name(#[from] ConsumerNameError),
    /// The text is a secret that this vault holds. It is not repeated.
    #[error("this is a secret that the vault holds, and a consumer's name is shown openly")]
    IsSecret,
    /// There is one of that name.
    #[error("a consumer of that name is written down for {reference} already")]
    Exists {
        /// The credential.
        reference: CredentialRef,
    },
    /// There are more than anybody keeps in order.
    #[error("at most {MOST_CONSUMERS} consumers are written down for one credential")]
    TooMany,
}
