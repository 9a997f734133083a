//! The commands, one file a verb; the doc comment of each is its help text.

#![expect(clippy::doc_markdown, reason = "the doc comments are help texts and printed as they are")]

pub(crate) mod add;
pub(crate) mod agent;
pub(crate) mod calendar;
pub(crate) mod capture;
pub(crate) mod check;
pub(crate) mod checklist;
pub(crate) mod clipboard;
pub(crate) mod completions;
pub(crate) mod consumers;
pub(crate) mod copy;
pub(crate) mod due;
pub(crate) mod edit;
pub(crate) mod exchanges;
pub(crate) mod explain;
pub(crate) mod find;
pub(crate) mod get;
pub(crate) mod health;
pub(crate) mod history;
pub(crate) mod init;
pub(crate) mod ips;
pub(crate) mod kept;
pub(crate) mod list;
pub(crate) mod lock;
pub(crate) mod log;
pub(crate) mod provider;
pub(crate) mod remind;
pub(crate) mod remove;
pub(crate) mod request;
pub(crate) mod rotate;
pub(crate) mod saved;
pub(crate) mod session;
pub(crate) mod show;
pub(crate) mod status;
pub(crate) mod stop;
pub(crate) mod timeline;
pub(crate) mod token;
pub(crate) mod trash;
pub(crate) mod unlock;

use crate::args::Command;
use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;

/// Runs a command.
pub(crate) fn run(command: Command, context: &Context) -> Result<Status, Failure> {
    match command {
        Command::Init(command) => command.run(context),
        Command::Unlock(command) => command.run(context),
        Command::Lock(command) => command.run(context),
        Command::Status(command) => command.run(context),
        Command::Provider(command) => command.run(context),
        Command::Add(command) => command.run(context),
        Command::List(command) => command.run(context),
        Command::Show(command) => command.run(context),
        Command::Edit(command) => command.run(context),
        Command::Remove(command) => command.run(context),
        Command::Trash(command) => command.run(context),
        Command::History(command) => command.run(context),
        Command::Token(command) => command.run(context),
        Command::Get(command) => command.run(context),
        Command::Copy(command) => command.run(context),
        Command::Capture(command) => command.run(context),
        Command::Rotate(command) => command.run(context),
        Command::Request(command) => command.run(context),
        Command::Saved(command) => command.run(context),
        Command::Exchanges(command) => command.run(context),
        Command::Kept(command) => command.run(context),
        Command::Check(command) => command.run(context),
        Command::Explain(command) => command.run(context),
        Command::Checklist(command) => command.run(context),
        Command::Ips(command) => command.run(context),
        Command::Consumers(command) => command.run(context),
        Command::Find(command) => command.run(context),
        Command::Health(command) => command.run(context),
        Command::Due(command) => command.run(context),
        Command::Remind(command) => command.run(context),
        Command::Timeline(command) => command.run(context),
        Command::Calendar(command) => command.run(context),
        Command::Log(command) => command.run(context),
        Command::Agent(command) => command.run(context),
        Command::Stop(command) => command.run(context),
        Command::Completions(command) => command.run(context),
        Command::Session(command) => command.run(),
        Command::Clipboard(command) => command.run(),
    }
}
