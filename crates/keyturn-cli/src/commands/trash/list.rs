//! `keyturn trash list`.

use clap::Args;
use keyturn_protocol::calls::{ListTrash, TrashedView};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::output::table::{Cell, Style, Table};
use crate::output::words;

/// List what was removed, the last one first
///
/// The id tells apart what had the same name.
///
/// Example:
///     keyturn trash list
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct List {}

impl List {
    #[expect(clippy::unused_self, reason = "every command runs the same way")]
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let trash = context.agent()?.call(ListTrash {})?;
        if context.is_json() {
            context.output.json(&trash)?;
        } else if trash.is_empty() {
            context.output.text("The trash is empty.")?;
        } else {
            context.output.text(&table(&trash).render(context.output.colors()))?;
        }
        Ok(Status::Done)
    }
}

fn table(trash: &[TrashedView]) -> Table {
    let mut table = Table::new(&["REF", "REMOVED", "GONE IN", "KEYS", "OWNER", "ID"]);
    for one in trash {
        let keys: Vec<String> = one
            .fields
            .iter()
            .filter(|field| field.secret)
            .map(|field| match &field.last_four {
                Some(four) => format!("{} ··{four}", field.name),
                None => field.name.to_string(),
            })
            .collect();
        let style = if one.days_left <= 3 { Style::Warn } else { Style::Plain };
        let taken = if one.name_taken { " (its name is taken)" } else { "" };
        table.row(vec![
            Cell::plain(one.reference.to_string()).append(taken),
            Cell::plain(words::moment(one.removed_at)),
            Cell::new(format!("{} d", one.days_left), style),
            Cell::several(&keys),
            Cell::optional(one.owner.as_deref()),
            Cell::new(one.id.to_string(), Style::Dim),
        ]);
    }
    table
}
