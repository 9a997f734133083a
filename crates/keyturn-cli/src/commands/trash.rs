//! `keyturn trash` and its commands.

mod empty;
mod list;
mod restore;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;

/// See what was removed, take it back, or delete it for good
///
/// A removed credential stays in the trash for 30 days, encrypted like all others; then it is deleted
/// with its secrets.
///
/// Example:
///     keyturn trash list
///     keyturn trash restore acme/old
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, arg_required_else_help = true, disable_help_subcommand = true)]
pub(crate) struct Trash {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::List),
    Restore(restore::Restore),
    Empty(empty::Empty),
}

impl Trash {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        match self.command {
            Command::List(command) => command.run(context),
            Command::Restore(command) => command.run(context),
            Command::Empty(command) => command.run(context),
        }
    }
}
