//! The grammar of the command line: global options, and the list of commands.

#![expect(clippy::doc_markdown, reason = "the doc comments are help texts and printed as they are")]

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::commands;
use crate::output::{ColorChoice, OutputFormat};

/// Keeps API credentials, gets their tokens, and says when to replace them
///
/// A credential is named PROVIDER/NAME, a field of it PROVIDER/NAME/FIELD, and its live access
/// token PROVIDER/NAME/token. keyturn://PROVIDER/NAME/token means the same and may be committed to
/// a repository.
#[derive(Debug, Parser)]
#[command(
    name = "keyturn",
    version,
    propagate_version = false,
    disable_help_subcommand = true,
    arg_required_else_help = true,
    after_help = "Begin with `keyturn init`, then `keyturn provider list` and `keyturn add`.\n\
                  `keyturn COMMAND --help` explains each command with an example."
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options that every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// Keep every file of Keyturn under this folder (or set KEYTURN_HOME)
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) home: Option<PathBuf>,

    /// Show results and errors as text, or as one JSON document
    #[arg(
        long,
        global = true,
        value_enum,
        default_value = "text",
        hide_possible_values = true,
        value_name = "text|json",
        hide_default_value = true
    )]
    pub(crate) format: OutputFormat,

    /// Never ask anything; fail instead
    #[arg(long, global = true)]
    pub(crate) no_input: bool,

    /// Use colours
    #[arg(
        long,
        global = true,
        value_enum,
        default_value = "auto",
        hide_possible_values = true,
        value_name = "auto|always|never",
        hide_default_value = true
    )]
    pub(crate) color: ColorChoice,
}

/// The commands, in the order of a first day.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(commands::init::Init),
    Unlock(commands::unlock::Unlock),
    Lock(commands::lock::Lock),
    Status(commands::status::Status),
    Provider(commands::provider::Provider),
    Add(commands::add::Add),
    List(commands::list::List),
    Show(commands::show::Show),
    Edit(commands::edit::Edit),
    Remove(commands::remove::Remove),
    Trash(commands::trash::Trash),
    History(commands::history::History),
    Token(commands::token::Token),
    Get(commands::get::Get),
    Copy(commands::copy::Copy),
    Capture(commands::capture::Capture),
    Rotate(commands::rotate::Rotate),
    Request(Box<commands::request::Request>),
    Saved(commands::saved::Saved),
    Exchanges(commands::exchanges::Exchanges),
    Kept(commands::kept::Kept),
    Check(commands::check::Check),
    Explain(commands::explain::Explain),
    Checklist(commands::checklist::Checklist),
    Ips(commands::ips::Ips),
    Consumers(commands::consumers::Consumers),
    Find(commands::find::Find),
    Health(commands::health::Health),
    Due(commands::due::Due),
    Remind(commands::remind::Remind),
    Timeline(commands::timeline::Timeline),
    Calendar(commands::calendar::Calendar),
    Log(commands::log::Log),
    Agent(commands::agent::Agent),
    Stop(commands::stop::Stop),
    Completions(commands::completions::Completions),
    #[command(hide = true)]
    Session(commands::session::Session),
    #[command(hide = true)]
    Clipboard(commands::clipboard::Clipboard),
}

/// Reads the words of the command line.
pub(crate) fn parse(words: &[OsString]) -> Result<Arguments, clap::Error> {
    let colors = if wants(words, "--color", "never") {
        clap::ColorChoice::Never
    } else if wants(words, "--color", "always") {
        clap::ColorChoice::Always
    } else {
        clap::ColorChoice::Auto
    };
    let mut command = Arguments::command().color(colors);
    let matches = command.try_get_matches_from_mut(words)?;
    Arguments::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

/// Whether a global option stands among the words, also where they do not parse.
pub(crate) fn wants(words: &[OsString], flag: &str, value: &str) -> bool {
    let joined = format!("{flag}={value}");
    words.iter().any(|word| *word == *joined)
        || words.windows(2).any(|pair| pair[0] == *flag && pair[1] == *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_explains_itself_with_an_example() {
        let arguments = Arguments::command();
        for command in arguments.get_subcommands().filter(|command| !command.is_hide_set()) {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            assert!(!about.is_empty() && !about.ends_with('.'), "{}: {about}", command.get_name());
            let help = command.get_long_about().map(ToString::to_string).unwrap_or_default();
            let example = format!("keyturn {}", command.get_name());
            assert!(help.contains(&example), "{} has no example:\n{help}", command.get_name());
        }
    }
}
