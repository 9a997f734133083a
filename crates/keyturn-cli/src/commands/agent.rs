//! `keyturn agent`.

mod install;
mod uninstall;

use std::io::{self, Write};

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;

/// Run the agent, which holds the open vault, or have it start at login
///
/// Every command that needs it starts it, so this is seldom typed by hand. Installed, it starts when
/// you log in and reminds you of keys before any other command was given.
///
/// Example:
///     keyturn agent install
///     keyturn agent --foreground
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, args_conflicts_with_subcommands = true)]
pub(crate) struct Agent {
    /// Stay with this terminal and say here what happens
    #[arg(long)]
    foreground: bool,

    /// Say that it takes the place of an older one; clients pass it on by themselves
    #[arg(long, hide = true)]
    updated: bool,

    #[command(subcommand)]
    command: Option<Command>,
}

/// Starting at login.
#[derive(Debug, Subcommand)]
enum Command {
    Install(install::Install),
    Uninstall(uninstall::Uninstall),
}

impl Agent {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        match self.command {
            None => self.serve(context),
            Some(Command::Install(command)) => command.run(context),
            Some(Command::Uninstall(command)) => command.run(context),
        }
    }

    fn serve(self, context: &Context) -> Result<Status, Failure> {
        if let Err(error) = keyturn_agent::run(context.home()?, self.foreground, self.updated) {
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
