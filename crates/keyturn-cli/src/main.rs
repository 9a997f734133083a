//! The binary `keyturn`: the command line, and the agent and its small helpers as subcommands.
//!
//! A client of the agent like the window: it parses, asks, shows, and decides nothing about secrets.
//! One file a verb in `commands`, whose doc comment is the help text. Where to look next: `args` for
//! the grammar, `context` for the way to the agent, `exit` for the statuses, `output` for how results
//! look, `input` for how secrets come in.

mod args;
mod commands;
mod context;
mod exit;
mod failure;
mod input;
mod install;
mod output;
mod parse;
mod replace;
mod usage;

use std::process::ExitCode;

use crate::context::Context;
use crate::exit::Status;

fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().collect();
    let arguments = match args::parse(&words) {
        Ok(arguments) => arguments,
        Err(error) => return usage::report(error, &words).into(),
    };
    let context = Context::new(arguments.global);
    let status = match commands::run(arguments.command, &context) {
        Ok(status) => status,
        Err(failure) => failure.report(&context.output),
    };
    Status::into(status)
}
