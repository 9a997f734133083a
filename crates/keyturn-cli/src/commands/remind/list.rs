//! Reminders as a table.

use keyturn_protocol::calls::ReminderView;

use crate::context::Context;
use crate::failure::Failure;
use crate::output::table::{Cell, Style, Table};
use crate::output::words;

/// Prints reminders, or a sentence where there is none.
pub(super) fn print(
    context: &Context,
    reminders: &[ReminderView],
    none: &str,
) -> Result<(), Failure> {
    if context.is_json() {
        context.output.json(&reminders)?;
    } else if reminders.is_empty() {
        context.output.text(none)?;
    } else {
        let mut table = Table::new(&["REF", "WHEN", "STATE", "WHAT"]);
        for reminder in reminders {
            table.row(vec![
                Cell::plain(reminder.reference.to_string()),
                Cell::plain(words::moment(reminder.at)),
                state(reminder),
                Cell::plain(format!("{}. {}", reminder.title, reminder.body)),
            ]);
        }
        context.output.text(&table.render(context.output.colors()))?;
    }
    Ok(())
}

fn state(reminder: &ReminderView) -> Cell {
    if let Some(until) = reminder.snoozed_until {
        return Cell::new(format!("snoozed until {}", words::moment(until)), Style::Dim);
    }
    match (reminder.told_at, reminder.done_at) {
        (_, Some(_)) => Cell::new("done", Style::Good),
        (Some(at), None) => Cell::new(format!("told {}", words::moment(at)), Style::Warn),
        (None, None) => Cell::plain("to come"),
    }
}
