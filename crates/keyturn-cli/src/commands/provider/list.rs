//! `keyturn provider list`.

use clap::Args;
use keyturn_protocol::calls::{ListProviders, OwnProfileState};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::output::table::{Cell, Style, Table};

/// List the providers
///
/// Example:
///     keyturn provider list
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct List {}

impl List {
    #[expect(clippy::unused_self, reason = "every command runs the same way")]
    pub(super) fn run(self, context: &Context) -> Result<Status, Failure> {
        let providers = context.agent()?.call(ListProviders {})?;
        if context.is_json() {
            context.output.json(&providers)?;
            return Ok(Status::Done);
        }
        let mut table = Table::new(&["ID", "NAME", "FROM", "SUMMARY"]);
        for provider in &providers {
            table.row(vec![
                Cell::plain(provider.id.as_str()),
                Cell::plain(&provider.name),
                origin(provider.state),
                Cell::plain(first_sentence(&provider.summary)),
            ]);
        }
        context.output.text(&table.render(context.output.colors()))?;
        Ok(Status::Done)
    }
}

/// A line of a list has room for one sentence; `provider show` has the rest.
fn first_sentence(text: &str) -> &str {
    text.split_once(". ").map_or(text, |(first, _)| first).trim_end_matches('.')
}

/// Whose profile it is, and whether it may be used.
pub(super) fn origin(state: Option<OwnProfileState>) -> Cell {
    match state {
        None => Cell::new("Keyturn", Style::Dim),
        Some(OwnProfileState::Accepted | OwnProfileState::Unknown) => Cell::plain("you"),
        Some(OwnProfileState::Changed) => Cell::new("you, changed: not used", Style::Bad),
        Some(OwnProfileState::Missing) => Cell::new("you, file missing: not used", Style::Bad),
        Some(OwnProfileState::New) => Cell::new("you, not accepted: not used", Style::Warn),
    }
}
