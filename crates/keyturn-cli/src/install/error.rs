//! Why the agent was not installed, with what to do.

use std::io;
use std::path::PathBuf;

use keyturn_protocol::{ApiError, ErrorCode};
use thiserror::Error;

/// Says why starting at login was not set up or taken away.
#[derive(Debug, Error)]
pub(crate) enum InstallError {
    /// A file of that name is there, and Keyturn did not write it.
    #[error("{} is there already and was not written by Keyturn; it was left as it is", .0.display())]
    NotOurs(PathBuf),
    /// The path cannot be written into such a file.
    #[error("the path of keyturn or of its folder has control characters or is not UTF-8")]
    Unwritable,
    /// Such a path would be taken for a variable.
    #[error("the Task Scheduler takes a percent sign in a path for a variable")]
    PercentSign,
    /// The file cannot be written or removed.
    #[error("{} cannot be changed: {error}", .path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        error: io::Error,
    },
    /// The system's own program refused.
    #[error("{program} failed: {reason}")]
    Refused {
        /// Which program.
        program: &'static str,
        /// What it said.
        reason: String,
    },
    /// Nothing says where the user's files are.
    #[error("HOME is not set to a full path")]
    NoHome,
}

impl From<InstallError> for ApiError {
    fn from(error: InstallError) -> Self {
        let (code, hint) = match &error {
            InstallError::NotOurs(_) => {
                (ErrorCode::AlreadyExists, "Look at it; move it away, then try again.")
            }
            InstallError::Unwritable | InstallError::PercentSign => {
                (ErrorCode::InvalidInput, "Move keyturn to a folder with a plain name.")
            }
            InstallError::File { .. } => {
                (ErrorCode::NotSaved, "Check the folder's owner and the disk.")
            }
            InstallError::Refused { .. } => {
                (ErrorCode::NotSaved, "The file was written; run that program by hand to see more.")
            }
            InstallError::NoHome => (ErrorCode::InvalidInput, "Set HOME."),
        };
        Self::new(code, error.to_string()).hint(hint)
    }
}
