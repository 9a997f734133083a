//! The requests that are saved with a credential.

use keyturn_core::CredentialRef;
use keyturn_engine::{NotSaved, Saved};
use keyturn_protocol::calls::{
    ListSaved, NotSavedView, RemoveSaved, SaveRequest, SaveRequests, SavedRequests, SavedView,
};
use keyturn_protocol::{ApiError, Event};

use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

pub(super) fn list(agent: &Agent, call: &ListSaved) -> Result<Vec<SavedView>, ApiError> {
    listed(agent, &call.reference)
}

pub(super) fn save(
    agent: &Agent,
    caller: &Caller,
    call: SaveRequest,
) -> Result<Vec<SavedView>, ApiError> {
    let SaveRequest { reference, saved, replaces } = call;
    let replaces = replaces.as_deref();
    let done = agent.engine.save_request(&reference, saved, replaces, &caller.to_string());
    done.map_err(|error| to_api(&error))?;
    agent.tell(Event::CredentialChanged(reference.clone()));
    listed(agent, &reference)
}

pub(super) fn save_several(
    agent: &Agent,
    caller: &Caller,
    call: SaveRequests,
) -> Result<SavedRequests, ApiError> {
    let SaveRequests { reference, requests } = call;
    let done = agent.engine.save_requests(&reference, requests, &caller.to_string());
    let not_saved = done.map_err(|error| to_api(&error))?;
    agent.tell(Event::CredentialChanged(reference.clone()));
    let view = |NotSaved { at, why }| NotSavedView { at, why: to_api(&why) };
    let not_saved = not_saved.into_iter().map(view).collect();
    Ok(SavedRequests { saved: listed(agent, &reference)?, not_saved })
}

pub(super) fn remove(
    agent: &Agent,
    caller: &Caller,
    call: &RemoveSaved,
) -> Result<Vec<SavedView>, ApiError> {
    let RemoveSaved { reference, name } = call;
    let done = agent.engine.remove_saved(reference, name, &caller.to_string());
    done.map_err(|error| to_api(&error))?;
    agent.tell(Event::CredentialChanged(reference.clone()));
    listed(agent, reference)
}

fn listed(agent: &Agent, reference: &CredentialRef) -> Result<Vec<SavedView>, ApiError> {
    let saved = agent.engine.saved(reference).map_err(|error| to_api(&error))?;
    let view = |Saved { saved, harmless, variables }| SavedView { saved, harmless, variables };
    Ok(saved.into_iter().map(view).collect())
}
