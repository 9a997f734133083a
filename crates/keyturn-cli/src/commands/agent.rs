//! `keyturn agent`.

use std::io::{self, Write};

use clap::Args;

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;

/// Run the agent, which holds the open vault
///
/// Every command that needs it starts it, so this is seldom typed by hand.
///
/// Example:
///     keyturn agent --foreground
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Agent {
    /// Stay with this terminal and say here what happens
    #[arg(long)]
    foreground: bool,
}

impl Agent {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        if let Err(error) = keyturn_agent::run(context.home()?, self.foreground) {
            if !self.foreground {
                // Whoever started it reads this instead of `ready`; see `keyturn_protocol::start`.
                let said = serde_json::to_string(&error).map_err(io::Error::from)?;
                drop(writeln!(io::stdout(), "{said}"));
            }
            return Err(error.into());
        }
        Ok(Status::Done)
    }
}
