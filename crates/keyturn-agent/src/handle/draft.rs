//! What the user is writing in the window.

use keyturn_protocol::ApiError;
use keyturn_protocol::calls::{Done, DraftView, KeepDraft, ShowDraft};

use crate::agent::Agent;
use crate::errors::to_api;

pub(super) fn show(agent: &Agent, _: &ShowDraft) -> Result<DraftView, ApiError> {
    let text = agent.engine.draft().map_err(|error| to_api(&error))?;
    Ok(DraftView { text: text.map(|text| text.expose().clone()) })
}

pub(super) fn keep(agent: &Agent, call: KeepDraft) -> Result<Done, ApiError> {
    let kept = agent.engine.keep_draft(call.text.map(|text| text.0));
    kept.map(|()| Done {}).map_err(|error| to_api(&error))
}
