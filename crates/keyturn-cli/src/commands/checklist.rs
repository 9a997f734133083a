//! `keyturn checklist`.

use clap::Args;
use keyturn_core::CredentialRef;
use keyturn_protocol::calls::{
    ChecklistItemView, ChecklistState, ChecklistWitness, ShowChecklist, TickChecklist,
};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::output::table::{Cell, Style, Table};

/// Show the provider's checklist before production, and tick its items
///
/// What Keyturn can see is filled in by itself; the rest you tick, with today's date. An item that
/// has to be done again and again becomes due when its time is over. Ends with 0 whatever is open.
///
/// Example:
///     keyturn checklist acme/main
///     keyturn checklist acme/main --tick monitoring
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Checklist {
    /// The credential, PROVIDER/NAME
    #[arg(value_name = "REF")]
    reference: CredentialRef,

    /// Say that this item is done, as of today
    #[arg(long, value_name = "ITEM")]
    tick: Option<String>,

    /// Say that this item is not done
    #[arg(long, value_name = "ITEM", conflicts_with = "tick")]
    untick: Option<String>,
}

impl Checklist {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let reference = self.reference;
        let done = self.tick.is_some();
        let items = match self.tick.or(self.untick) {
            Some(item) => context.agent()?.call(TickChecklist { reference, item, done })?,
            None => context.agent()?.call(ShowChecklist { reference })?,
        };
        if context.is_json() {
            context.output.json(&items)?;
        } else {
            context.output.text(&table(&items).render(context.output.colors()))?;
        }
        Ok(Status::Done)
    }
}

fn table(items: &[ChecklistItemView]) -> Table {
    let mut table = Table::new(&["ITEM", "STATE", "WHAT", "SEEN"]);
    for item in items {
        let (word, style) = match item.state {
            ChecklistState::Done => ("done", Style::Good),
            ChecklistState::Open => ("open", Style::Warn),
            ChecklistState::Due => ("due again", Style::Bad),
        };
        let cells = vec![
            Cell::plain(&item.id),
            Cell::new(word, style),
            Cell::plain(&item.text),
            Cell::optional(seen(item)),
        ];
        table.row(cells);
    }
    table
}

/// Who says so, since when, and what Keyturn saw.
fn seen(item: &ChecklistItemView) -> Option<String> {
    let ticked = match (item.by, item.on) {
        (Some(ChecklistWitness::User), Some(on)) => Some(format!("ticked on {on}")),
        (Some(ChecklistWitness::User), None) => Some("ticked".to_owned()),
        (Some(ChecklistWitness::Keyturn), _) => Some("Keyturn".to_owned()),
        (None, _) => None,
    };
    let again = item.again_on.map(|on| format!("again on {on}"));
    let parts: Vec<String> = [ticked, again, item.note.clone()].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}
