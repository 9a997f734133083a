//! `keyturn provider` and its commands.

mod add;
mod check;
mod environment;
mod file;
mod list;
mod remove;
mod show;

use clap::{Args, Subcommand};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;

/// See what Keyturn knows of the providers; add profiles and hosts of your own
///
/// Example:
///     keyturn provider list
///     keyturn provider show acme
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, arg_required_else_help = true, disable_help_subcommand = true)]
pub(crate) struct Provider {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(list::List),
    Show(show::Show),
    Check(check::Check),
    Add(add::Add),
    Remove(remove::Remove),
    Environment(environment::Environment),
}

impl Provider {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        match self.command {
            Command::List(command) => command.run(context),
            Command::Show(command) => command.run(context),
            Command::Check(command) => command.run(context),
            Command::Add(command) => command.run(context),
            Command::Remove(command) => command.run(context),
            Command::Environment(command) => command.run(context),
        }
    }
}
