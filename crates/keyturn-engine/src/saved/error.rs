//! Why a request is not saved.

use keyturn_core::CredentialRef;
use keyturn_request::SavedError;
use thiserror::Error;

use super::{LARGEST_SAVED, LARGEST_TOGETHER, MOST_SAVED};

/// Says why a request was not saved, or not removed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SavedRequestError {
    /// None is saved under that name.
    #[error("no request called '{name}' is saved with {reference}")]
    NotThere {
        /// With which credential.
        reference: CredentialRef,
        /// Which name.
        name: String,
    },
    /// Another one has its name.
    #[error("a request called '{name}' is saved already")]
    NameTaken {
        /// The name.
        name: String,
    },
    /// There are too many.
    #[error("{MOST_SAVED} requests are saved with it already")]
    TooMany,
    /// It is too large.
    #[error("a saved request has at most {} KiB", LARGEST_SAVED / 1024)]
    TooLarge,
    /// All of them are.
    #[error("the requests that are saved with a credential have at most {} MiB together", LARGEST_TOGETHER / 1024 / 1024)]
    TooLargeTogether,
    /// Something in it is not as it has to be.
    #[error(transparent)]
    Invalid(#[from] SavedError),
    /// The credential is not used in that environment.
    #[error("the credential is not used in the environment '{name}'")]
    NoEnvironment {
        /// What was named.
        name: String,
        /// Where it is used.
        known: Vec<String>,
    },
    /// A header authenticates.
    #[error("the header '{name}' authenticates, and a saved request holds no secret")]
    Authenticates {
        /// Its name.
        name: String,
    },
    /// A stored secret stands in it.
    #[error("a value that is stored as a secret stands in the request's {place}")]
    Secret {
        /// Where.
        place: &'static str,
    },
}
