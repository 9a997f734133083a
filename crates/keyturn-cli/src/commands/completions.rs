//! `keyturn completions`.

use std::io;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::args::Arguments;
use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::output::Output;

/// Print the completions of a shell
///
/// Example:
///     keyturn completions bash > ~/.local/share/bash-completion/completions/keyturn
///     keyturn completions zsh > ~/.zfunc/_keyturn
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        // Made in memory first: clap_complete panics when its reader leaves early.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "keyturn", &mut script);
        let script = String::from_utf8(script).map_err(io::Error::other)?;
        print(&context.output, &script)?;
        Ok(Status::Done)
    }
}

fn print(output: &Output, script: &str) -> io::Result<()> {
    output.text(script)
}
