//! What should be looked at.

use keyturn_engine::{Finding, FindingKind};
use keyturn_protocol::ApiError;
use keyturn_protocol::calls::{HealthFinding, HealthKind, HealthView, ShowHealth};

use crate::agent::Agent;
use crate::errors::to_api;

pub(super) fn show(agent: &Agent, _: &ShowHealth) -> Result<HealthView, ApiError> {
    let health = agent.engine.health().map_err(|error| to_api(&error))?;
    Ok(HealthView {
        at: health.at,
        credentials: health.credentials,
        findings: health.findings.into_iter().map(view).collect(),
    })
}

fn view(finding: Finding) -> HealthFinding {
    let Finding { kind, reference, finding, action } = finding;
    let kind = match kind {
        FindingKind::Compromised => HealthKind::Compromised,
        FindingKind::Overdue => HealthKind::Overdue,
        FindingKind::ReusedValue => HealthKind::ReusedValue,
        FindingKind::TestKeyInProduction => HealthKind::TestKeyInProduction,
        FindingKind::ValueLost => HealthKind::ValueLost,
        FindingKind::ConsumersBehind => HealthKind::ConsumersBehind,
        FindingKind::NeverRotated => HealthKind::NeverRotated,
        FindingKind::NoOwner => HealthKind::NoOwner,
        FindingKind::Unused => HealthKind::Unused,
    };
    HealthFinding { kind, reference, finding, action }
}
