//! `keyturn check`.

use clap::{Args, ValueEnum};
use keyturn_core::CredentialRef;
use keyturn_protocol::calls::{
    CheckedOutcome, CheckedView, RunChecks, SecuritySettings, SetSettings, ShowSettings,
};
use keyturn_request::CheckOutcome;
use serde_json::json;

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::output::table::{Cell, Style, Table};

/// Find out whether your keys still work, by the requests that are saved with them
///
/// Runs each saved request with its checks; one without checks passes with a status of 2xx. Where
/// nothing is saved, the profile's harmless test call is run. What creates or changes something is not
/// sent without --yes, and nothing waits longer than ten seconds for a provider's limits. Ends with 1
/// when a request failed or a provider refused the credential.
///
/// Example:
///     keyturn check
///     keyturn check acme/main
///     keyturn check --daily on
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Check {
    /// The credential, PROVIDER/NAME; without one, all of them
    #[arg(value_name = "REF")]
    reference: Option<CredentialRef>,

    /// Agree to requests that create or change something
    #[arg(long, short)]
    yes: bool,

    /// Switch the check of every day on or off: what fails is then reminded of
    #[arg(long, value_name = "on|off", hide_possible_values = true, conflicts_with_all = ["reference", "yes"])]
    daily: Option<Switch>,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

impl Check {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let Self { reference, yes: confirmed, daily } = self;
        if let Some(switch) = daily {
            return set_daily(context, switch == Switch::On);
        }
        let checked = context.agent()?.call(RunChecks { reference, confirmed })?;
        if context.is_json() {
            context.output.json(&checked)?;
        } else if checked.is_empty() {
            context.output.text("There is no credential to check.")?;
        } else {
            context.output.text(&table(&checked).render(context.output.colors()))?;
            for checked in &checked {
                tell_failed(context, checked);
            }
        }
        let found = |checked: &CheckedView| {
            checked.outcome == CheckedOutcome::Failed || checked.credential_refused
        };
        Ok(if checked.iter().any(found) { Status::Failed } else { Status::Done })
    }
}

/// Switches the check of every day, and says what it does.
fn set_daily(context: &Context, on: bool) -> Result<Status, Failure> {
    let mut agent = context.agent()?;
    let security = agent.call(ShowSettings {})?.security;
    let security = SecuritySettings { daily_check: on, ..security };
    agent.call(SetSettings { security })?;
    if context.is_json() {
        context.output.json(&json!({ "daily": on }))?;
    } else if on {
        context.output.text(
            "Each key is checked once a day while the vault is open; what fails is reminded of.",
        )?;
    } else {
        context.output.text("No key is checked by itself.")?;
    }
    Ok(Status::Done)
}

fn table(checked: &[CheckedView]) -> Table {
    let mut table = Table::new(&["CREDENTIAL", "REQUEST", "STATUS", "TIME", "OUTCOME"]);
    for one in checked {
        let (word, style) = match one.outcome {
            CheckedOutcome::Passed => ("passed", Style::Good),
            CheckedOutcome::Failed => ("failed", Style::Bad),
            CheckedOutcome::NotRun => ("not run", Style::Dim),
        };
        let outcome = match &one.why {
            Some(why) => format!("{word}: {why}"),
            None => word.to_owned(),
        };
        table.row(vec![
            Cell::plain(one.reference.to_string()),
            Cell::optional(Some(&one.request).filter(|request| !request.is_empty())),
            Cell::optional(one.status.map(|status| status.to_string())),
            Cell::optional(one.total_ms.map(|time| format!("{time:.0} ms"))),
            Cell::new(outcome, style),
        ]);
    }
    table
}

/// What the answer meant, and which checks did not pass, below the table.
fn tell_failed(context: &Context, checked: &CheckedView) {
    if checked.outcome != CheckedOutcome::Failed {
        return;
    }
    let name = format!("{} {}", checked.reference, checked.request);
    if let Some(meaning) = &checked.meaning {
        context.output.note("meaning", &format!("{name}: {meaning}"));
    }
    for outcome in checked.checks.iter().filter(|outcome| !outcome.passed) {
        let CheckOutcome { words, got, .. } = outcome;
        context.output.note("failed", &format!("{name}: {words}; got {got}"));
    }
}
