//! The settings that are a matter of security.

use keyturn_core::{LONGEST_OPEN_S, SecuritySettings};
use keyturn_engine::{EngineError, TRASH_DAYS};
use keyturn_protocol::ApiError;
use keyturn_protocol::calls::{SetSettings, SettingsView, ShowSettings};

use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

pub(super) fn show(agent: &Agent, _: &ShowSettings) -> Result<SettingsView, ApiError> {
    view(agent, agent.engine.security())
}

pub(super) fn set(
    agent: &Agent,
    caller: &Caller,
    call: &SetSettings,
) -> Result<SettingsView, ApiError> {
    let set = agent.engine.set_security(call.security.clone(), &caller.to_string());
    agent.security_changed.notify_one();
    view(agent, set)
}

fn view(
    agent: &Agent,
    security: Result<SecuritySettings, EngineError>,
) -> Result<SettingsView, ApiError> {
    let security = security.map_err(|error| to_api(&error))?;
    let passphrase = agent.engine.passphrase_problem().map_err(|error| to_api(&error))?;
    Ok(SettingsView {
        security,
        trash_days: TRASH_DAYS,
        longest_open_s: LONGEST_OPEN_S,
        signals_problem: agent.signals.problem(),
        passphrase_problem: passphrase.map(|problem| problem.to_string()),
    })
}
