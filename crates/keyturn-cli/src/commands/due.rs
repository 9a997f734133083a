//! `keyturn due`.

use clap::Args;
use keyturn_protocol::calls::{DueItem, ListDue};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::output::table::{Cell, Style, Table};
use crate::output::words;
use crate::parse;

/// List the keys that should be replaced soon
///
/// Example:
///     keyturn due --within 60d
///     keyturn due --fail-within 7d || echo "a key is due within a week"
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Due {
    /// How far to look ahead
    #[arg(long, value_name = "SPAN", default_value = "30d", value_parser = parse::days)]
    within: i64,

    /// End with status 1 when a key is due within this span, or overdue
    #[arg(long, value_name = "SPAN", value_parser = parse::days)]
    fail_within: Option<i64>,
}

impl Due {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        // What makes the command fail is also shown.
        let within_days = self.within.max(self.fail_within.unwrap_or_default());
        let items = context.agent()?.call(ListDue { within_days })?;
        if context.is_json() {
            context.output.json(&items)?;
        } else if items.is_empty() {
            context.output.text(&format!("Nothing is due within {within_days} days."))?;
        } else {
            context.output.text(&table(&items).render(context.output.colors()))?;
        }
        let found =
            self.fail_within.is_some_and(|days| items.iter().any(|item| item.days_left <= days));
        Ok(if found { Status::Failed } else { Status::Done })
    }
}

fn table(items: &[DueItem]) -> Table {
    let mut table = Table::new(&["REF", "DUE", "WHEN", "WHY"]);
    for item in items {
        let style = match item.days_left {
            left if left < 0 => Style::Bad,
            left if left <= keyturn_core::rotation::DUE_WITHIN_DAYS => Style::Warn,
            _ => Style::Plain,
        };
        table.row(vec![
            Cell::plain(item.reference.to_string()),
            Cell::plain(item.due_on.to_string()),
            Cell::new(words::days_left(item.days_left), style),
            Cell::plain(words::reason(item.reason)),
        ]);
    }
    table
}
