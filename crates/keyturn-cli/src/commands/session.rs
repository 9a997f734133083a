//! `keyturn session`: the agent's child that touches the desktop. Not for people, so hidden.

use clap::Args;
use keyturn_protocol::{ApiError, ErrorCode};

use crate::exit::Status;
use crate::failure::Failure;

/// Show notifications for the agent that started this process
#[derive(Debug, Args)]
pub(crate) struct Session {}

impl Session {
    #[expect(clippy::unused_self, reason = "every command runs the same way")]
    pub(crate) fn run(self) -> Result<Status, Failure> {
        keyturn_session::run()
            .map_err(|error| ApiError::new(ErrorCode::Internal, error.to_string()))?;
        Ok(Status::Done)
    }
}
