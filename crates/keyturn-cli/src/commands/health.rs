//! `keyturn health`.

use clap::Args;
use keyturn_protocol::calls::{HealthKind, HealthView, ShowHealth};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::output::table::{Cell, Facts, Style};

/// Show what about your credentials should be looked at
///
/// Looks for keys that were called compromised and still live, that are overdue, stored twice, for
/// tests but in production, lost, never replaced, without an owner, or unused for 90 days, and for
/// consumers that still have an old key. The gravest come first. Nothing is sent, and no value is
/// shown.
///
/// Example:
///     keyturn health
///     keyturn health --fail || echo "something should be looked at"
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Health {
    /// End with status 1 when there is something to look at
    #[arg(long)]
    fail: bool,
}

impl Health {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let health = context.agent()?.call(ShowHealth {})?;
        if context.is_json() {
            context.output.json(&health)?;
        } else {
            context.output.text(&text(&health, context.output.colors()))?;
        }
        let fails = self.fail && !health.findings.is_empty();
        Ok(if fails { Status::Failed } else { Status::Done })
    }
}

fn text(health: &HealthView, colors: bool) -> String {
    let count = health.credentials;
    let credentials = if count == 1 { "credential" } else { "credentials" };
    if health.findings.is_empty() {
        return format!("Nothing to look at in {count} {credentials}.");
    }
    let mut facts = Facts::default();
    for found in &health.findings {
        let (word, style) = kind(found.kind);
        facts.add(word, Cell::new(found.reference.to_string(), style));
        facts.add("", Cell::plain(&found.finding));
        facts.add("", Cell::new(&found.action, Style::Dim));
    }
    let things = health.findings.len();
    let plural = if things == 1 { "thing" } else { "things" };
    format!("{}\n{things} {plural} to look at in {count} {credentials}.", facts.render(colors))
}

const fn kind(kind: HealthKind) -> (&'static str, Style) {
    match kind {
        HealthKind::Compromised => ("compromised", Style::Bad),
        HealthKind::Overdue => ("overdue", Style::Bad),
        HealthKind::ReusedValue => ("reused value", Style::Bad),
        HealthKind::TestKeyInProduction => ("test key", Style::Bad),
        HealthKind::ValueLost => ("value lost", Style::Warn),
        HealthKind::ConsumersBehind => ("consumers behind", Style::Warn),
        HealthKind::NeverRotated => ("never rotated", Style::Warn),
        HealthKind::NoOwner => ("no owner", Style::Plain),
        HealthKind::Unused => ("unused", Style::Plain),
    }
}
