//! What can go wrong with a pasted text.

use keyturn_providers::recognize::RecognizeError;
use thiserror::Error;

/// Says why a pasted text was not looked at, or nothing was added from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PasteError {
    /// It was not looked at.
    #[error(transparent)]
    Recognize(#[from] RecognizeError),
    /// Its values are not kept any more.
    #[error("what was pasted is not kept any more")]
    Gone,
    /// The ticket is another provider's.
    #[error("what was pasted was recognised for another provider")]
    OtherProvider,
}
