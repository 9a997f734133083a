//! `keyturn find`.

use clap::Args;
use keyturn_protocol::calls::{FindCredentials, FindNote};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::output::visible;

/// Find credentials, or a key of any time by its last four characters
///
/// Four characters are compared with the ends of every key that is or was stored here, retired and
/// removed ones included; otherwise each word has to stand in a credential's name, provider, owner,
/// note, hosts or consumers. Prints one line for each, which is safe to paste into a chat: no secret
/// but the four characters, and no host. Ends with 4 where nothing is found.
///
/// Never give a whole key: the shell keeps it in its history.
///
/// Example:
///     keyturn find 7x9z
///     keyturn find acme web
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Find {
    /// The last four characters of a key, or words
    #[arg(value_name = "TEXT", required = true)]
    text: Vec<String>,
}

/// Said to somebody who typed a whole key.
const WHOLE_SECRET: &str = "this looks like the whole key: it is now in your shell's history, and every program that lists processes saw it. Take it out of the history, and replace the key where others can read that.";

impl Find {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let text = self.text.join(" ");
        let found = context.agent()?.call(FindCredentials { text })?;
        if context.is_json() {
            context.output.json(&found)?;
        } else if found.is_empty() {
            context.output.note("note", "nothing was found");
        } else {
            let lines: Vec<String> = found.iter().map(|one| visible::line(&one.line)).collect();
            context.output.text(&lines.join("\n"))?;
        }
        let has = |note| found.iter().any(|one| one.note == Some(note));
        if has(FindNote::OtherCase) {
            context.output.note("note", "upper and lower case differ from what you typed");
        }
        if has(FindNote::WholeSecret) {
            context.output.note("warning", WHOLE_SECRET);
        }
        Ok(if found.is_empty() { Status::NotFound } else { Status::Done })
    }
}
