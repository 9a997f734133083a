//! The provider's checklist before production.

use keyturn_engine::{ChecklistEntry, EngineError, ItemState, SaidBy};
use keyturn_protocol::calls::{
    ChecklistItemView, ChecklistState, ChecklistWitness, ShowChecklist, TickChecklist,
};
use keyturn_protocol::{ApiError, Event};

use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

pub(super) fn show(
    agent: &Agent,
    call: &ShowChecklist,
) -> Result<Vec<ChecklistItemView>, ApiError> {
    views(agent.engine.checklist(&call.reference))
}

pub(super) fn tick(
    agent: &Agent,
    caller: &Caller,
    call: &TickChecklist,
) -> Result<Vec<ChecklistItemView>, ApiError> {
    let caller = caller.to_string();
    let items = views(agent.engine.tick(&call.reference, &call.item, call.done, &caller))?;
    agent.tell(Event::CredentialChanged(call.reference.clone()));
    Ok(items)
}

fn views(
    entries: Result<Vec<ChecklistEntry>, EngineError>,
) -> Result<Vec<ChecklistItemView>, ApiError> {
    let entries = entries.map_err(|error| to_api(&error))?;
    Ok(entries.into_iter().map(view).collect())
}

fn view(entry: ChecklistEntry) -> ChecklistItemView {
    ChecklistItemView {
        id: entry.id,
        text: entry.text,
        state: match entry.state {
            ItemState::Done => ChecklistState::Done,
            ItemState::Open => ChecklistState::Open,
            ItemState::Due => ChecklistState::Due,
        },
        by: entry.by.map(|by| match by {
            SaidBy::Keyturn => ChecklistWitness::Keyturn,
            SaidBy::User => ChecklistWitness::User,
        }),
        on: entry.on,
        again_on: entry.again_on,
        note: entry.note,
        tickable: entry.is_ticked_by_user,
    }
}
