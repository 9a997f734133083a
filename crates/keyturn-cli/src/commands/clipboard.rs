//! `keyturn clipboard`: the agent's child that holds a copied secret. Not for people, so hidden.

use clap::Args;

use crate::exit::Status;
use crate::failure::Failure;

/// Hold a copied secret for the agent that started this process
#[derive(Debug, Args)]
pub(crate) struct Clipboard {}

impl Clipboard {
    #[expect(clippy::unused_self, reason = "every command runs the same way")]
    pub(crate) fn run(self) -> Result<Status, Failure> {
        keyturn_agent::hold_clipboard()?;
        Ok(Status::Done)
    }
}
