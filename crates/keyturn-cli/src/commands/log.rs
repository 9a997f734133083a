//! `keyturn log` and `keyturn log verify`.

mod verify;

use chrono::TimeDelta;
use clap::{Args, Subcommand};
use keyturn_core::{Clock as _, CredentialRef, SystemClock};
use keyturn_protocol::calls::{JournalEntryView, ListJournal};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::{Failure, usage};
use crate::output::table::{Cell, Style, Table};
use crate::output::words;
use crate::parse;

/// So many entries come in one answer.
const PAGE: u32 = 1_000;

/// Show what was done, by whom and to what: the audit journal, the newest entry first
///
/// No entry holds a secret, a query or an answer. Each carries the hash of the one before: `log verify`
/// proves that none was changed or left out.
///
/// Example:
///     keyturn log --since 7d
///     keyturn log --ref acme/main --limit 20
///     keyturn log verify
#[derive(Debug, Args)]
#[command(
    verbatim_doc_comment,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true
)]
pub(crate) struct Log {
    #[command(subcommand)]
    command: Option<Command>,

    /// Only what was done to this credential, PROVIDER/NAME
    #[arg(long = "ref", value_name = "REF")]
    reference: Option<CredentialRef>,

    /// Only the last span, like 7d
    #[arg(long, value_name = "SPAN", value_parser = parse::seconds)]
    since: Option<i64>,

    /// So many entries at most
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: u32,
}

#[derive(Debug, Subcommand)]
enum Command {
    Verify(verify::Verify),
}

impl Log {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        if let Some(Command::Verify(command)) = self.command {
            return command.run(context);
        }
        if self.limit == 0 {
            return Err(usage("--limit is at least 1", "Write it like --limit 100.").into());
        }
        let (entries, more) = self.read(context)?;
        if context.is_json() {
            context.output.json(&entries)?;
        } else if entries.is_empty() {
            context.output.text("Nothing was done in that time.")?;
        } else {
            context.output.text(&table(&entries).render(context.output.colors()))?;
        }
        if more {
            context.output.note("note", "there are older entries; --limit shows more");
        }
        Ok(Status::Done)
    }

    /// Reads page after page; answers whether there is more than was asked for.
    fn read(&self, context: &Context) -> Result<(Vec<JournalEntryView>, bool), Failure> {
        let mut agent = context.agent()?;
        let since = self.since.and_then(TimeDelta::try_seconds);
        let since = since.map(|span| SystemClock.now() - span);
        let mut entries: Vec<JournalEntryView> = Vec::new();
        loop {
            let left = self.limit.saturating_sub(u32::try_from(entries.len()).unwrap_or(u32::MAX));
            let page = agent.call(ListJournal {
                reference: self.reference.clone(),
                since,
                kinds: Vec::new(),
                before: entries.last().map(|entry| entry.number),
                limit: Some(left.min(PAGE)),
            })?;
            let whole = left <= PAGE || page.entries.is_empty();
            entries.extend(page.entries);
            if whole || !page.more {
                return Ok((entries, page.more));
            }
        }
    }
}

/// Entries as a table; the history shows them, too.
pub(crate) fn table(entries: &[JournalEntryView]) -> Table {
    let mut table = Table::new(&["AT", "ACTION", "REF", "BY", "DETAILS"]);
    for entry in entries {
        table.row(vec![
            Cell::plain(words::second(entry.at)),
            Cell::plain(&entry.action),
            Cell::optional(entry.reference.as_deref()),
            match &entry.program {
                Some(program) => Cell::plain(program),
                None => Cell::new("Keyturn itself", Style::Dim),
            },
            details(entry),
        ]);
    }
    table
}

/// What else is known: `version 2, owner and note, api.acme.example /v1/{id} 200`.
fn details(entry: &JournalEntryView) -> Cell {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(entry.version.map(|version| format!("version {version}")));
    if !entry.changed.is_empty() {
        parts.push(entry.changed.join(" and "));
    }
    let place = [entry.host.clone(), entry.path.clone(), entry.status.map(|it| it.to_string())];
    let place: Vec<String> = place.into_iter().flatten().collect();
    if !place.is_empty() {
        parts.push(place.join(" "));
    }
    Cell::several(&parts)
}
