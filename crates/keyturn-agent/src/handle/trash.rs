//! The trash: what was removed, taking it back, deleting it for good.

use keyturn_engine::{TrashChoice, TrashedCredential};
use keyturn_protocol::calls::{
    CredentialDetail, EmptiedTrash, EmptyTrash, ListTrash, RestoreCredential, TrashedView,
};
use keyturn_protocol::{ApiError, Event};

use super::credential;
use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

pub(super) fn list(agent: &Agent, _: &ListTrash) -> Result<Vec<TrashedView>, ApiError> {
    let trash = agent.engine.trash().map_err(|error| to_api(&error))?;
    Ok(trash.into_iter().map(|one| view(agent, one)).collect())
}

pub(super) fn restore(
    agent: &Agent,
    caller: &Caller,
    call: &RestoreCredential,
) -> Result<CredentialDetail, ApiError> {
    let choice = TrashChoice { reference: Some(call.reference.clone()), id: call.id };
    let restored = agent.engine.restore(&choice, call.name.clone(), &caller.to_string());
    credential::changed(agent, restored)
}

pub(super) fn empty(
    agent: &Agent,
    caller: &Caller,
    call: &EmptyTrash,
) -> Result<EmptiedTrash, ApiError> {
    let choice = TrashChoice { reference: call.reference.clone(), id: call.id };
    let deleted = agent.engine.empty_trash(&choice, call.confirmed, &caller.to_string());
    let deleted = deleted.map_err(|error| to_api(&error))?;
    for reference in &deleted {
        agent.tell(Event::CredentialChanged(reference.clone()));
    }
    Ok(EmptiedTrash { deleted })
}

fn view(agent: &Agent, trashed: TrashedCredential) -> TrashedView {
    let TrashedCredential { credential, provider_name, removed_at, deleted_at, name_taken } =
        trashed;
    TrashedView {
        id: credential.id,
        reference: credential.reference(),
        provider_name,
        environment: credential.environment().clone(),
        fields: credential::fields(&credential),
        reveal: credential.reveal,
        removed_at,
        deleted_at,
        days_left: (deleted_at - agent.engine.now()).num_days().max(0),
        name_taken,
        provider: credential.provider,
        name: credential.name,
        owner: credential.owner,
    }
}
