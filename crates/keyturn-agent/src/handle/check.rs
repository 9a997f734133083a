//! Running what is saved, to see whether each key still works.

use std::sync::Arc;

use keyturn_engine::{CheckResult, Checked};
use keyturn_protocol::calls::{CheckedOutcome, CheckedView, RunChecks};
use keyturn_protocol::{ApiError, Event};

use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

pub(super) async fn run(
    agent: &Arc<Agent>,
    caller: &Caller,
    call: &RunChecks,
) -> Result<Vec<CheckedView>, ApiError> {
    let RunChecks { reference, confirmed } = call;
    let caller = caller.to_string();
    let checked = agent.engine.run_checks(reference.as_ref(), *confirmed, &caller);
    let checked = checked.await.map_err(|error| to_api(&error))?;
    tell(agent, &checked);
    Ok(checked.into_iter().map(view).collect())
}

/// Tells subscribers which credentials were used.
pub(crate) fn tell(agent: &Agent, checked: &[Checked]) {
    let mut references: Vec<_> = checked.iter().map(|one| one.reference.clone()).collect();
    references.dedup();
    for reference in references {
        agent.tell(Event::CredentialChanged(reference));
    }
    agent.tell(Event::RemindersChanged);
}

fn view(checked: Checked) -> CheckedView {
    CheckedView {
        reference: checked.reference,
        request: checked.request,
        environment: checked.environment,
        outcome: match checked.result {
            CheckResult::Passed => CheckedOutcome::Passed,
            CheckResult::Failed => CheckedOutcome::Failed,
            CheckResult::NotRun => CheckedOutcome::NotRun,
        },
        why: checked.why,
        status: checked.status,
        meaning: checked.meaning,
        total_ms: checked.total_ms,
        checks: checked.checks,
        credential_refused: checked.credential_refused,
    }
}
