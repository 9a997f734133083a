//! What ends a command early: an error with words, or an output that cannot be written.

use std::io;

use keyturn_protocol::{ApiError, ErrorCode};
use thiserror::Error;

use crate::exit::Status;
use crate::output::Output;

/// Why a command did not finish.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    /// It was not done; the words are for the user.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The result could not be written.
    #[error("the result could not be written")]
    Output(#[from] io::Error),
}

impl Failure {
    /// Tells the user and gives the exit status. A reader that has seen enough (`keyturn list |
    /// head -1`) is no failure.
    pub(crate) fn report(self, output: &Output) -> Status {
        let error = match self {
            Self::Api(error) => error,
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                return Status::Done;
            }
            Self::Output(error) => ApiError::new(
                ErrorCode::Internal,
                format!("the result could not be written: {error}"),
            )
            .hint("Check where the output goes: the disk may be full."),
        };
        output.error(&error);
        error.code.into()
    }
}

/// A mistake in how a command was called: exit status 2.
pub(crate) fn usage(message: impl Into<String>, hint: impl Into<String>) -> ApiError {
    ApiError::new(ErrorCode::InvalidInput, message).hint(hint)
}
