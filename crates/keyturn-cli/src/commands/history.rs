//! `keyturn history`.

use clap::Args;
use keyturn_core::{CredentialRef, KeyStanding};
use keyturn_protocol::calls::{HistoryView, RestoreVersion, ShowHistory, VersionView};

use crate::commands::log;
use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::input::call_with_yes;
use crate::output::table::{Cell, Style, Table};
use crate::output::words;

/// Show the versions of a credential's key, and what was done to it
///
/// Never a value: the last four characters at most. A replaced key is stored until it is retired; that
/// long --restore puts it in use again, after a test where it may have ended at its provider.
///
/// Example:
///     keyturn history acme/main
///     keyturn history acme/main --restore 2
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct History {
    /// The credential, PROVIDER/NAME
    #[arg(value_name = "REF")]
    reference: CredentialRef,

    /// Put this version in use again
    #[arg(long, value_name = "VERSION")]
    restore: Option<u32>,

    /// Do not ask
    #[arg(long, short, requires = "restore")]
    yes: bool,
}

impl History {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let mut agent = context.agent()?;
        let history = match self.restore {
            None => agent.call(ShowHistory { reference: self.reference })?,
            Some(version) => {
                let reference = self.reference;
                let call =
                    |confirmed| RestoreVersion { reference: reference.clone(), version, confirmed };
                let question = "Put it in use again?";
                call_with_yes(context, &mut agent, self.yes, question, call)?
            }
        };
        if context.is_json() {
            context.output.json(&history)?;
        } else {
            print(context, &history)?;
        }
        Ok(Status::Done)
    }
}

fn print(context: &Context, history: &HistoryView) -> std::io::Result<()> {
    let colors = context.output.colors();
    if history.versions.is_empty() {
        context.output.text("No key of it was stored yet.")?;
    } else {
        context.output.text(&versions(&history.versions).render(colors))?;
    }
    if !history.changes.is_empty() {
        context.output.text("")?;
        context.output.text(&log::table(&history.changes).render(colors))?;
    }
    if history.more {
        context.output.note("note", "there are older entries; `keyturn log --ref` has them");
    }
    Ok(())
}

fn versions(versions: &[VersionView]) -> Table {
    let mut table = Table::new(&["VERSION", "STANDS", "SINCE", "STORED", "ENDS IN", "NOTE"]);
    for one in versions {
        let (word, style) = match one.standing {
            KeyStanding::Current => ("in use", Style::Good),
            KeyStanding::Next => ("next", Style::Plain),
            KeyStanding::Previous => ("previous", Style::Plain),
            KeyStanding::Retired => ("retired", Style::Dim),
        };
        let fours: Vec<String> = one
            .fields
            .iter()
            .filter_map(|field| Some(format!("{} ··{}", field.name, field.last_four.as_ref()?)))
            .collect();
        table.row(vec![
            Cell::plain(one.version.to_string()),
            Cell::new(word, style),
            Cell::plain(words::moment(one.since)),
            Cell::plain(words::moment(one.stored_at)),
            Cell::several(&fours),
            Cell::optional(one.note.as_deref()),
        ]);
    }
    table
}
