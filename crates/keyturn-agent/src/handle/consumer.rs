//! Who uses a credential.

use keyturn_engine::{SeenConsumer, ShownConsumers};
use keyturn_protocol::calls::{
    ConsumerEdit, ConsumerView, ConsumersView, EditConsumers, SeenConsumer as SeenView,
    ShowConsumers,
};
use keyturn_protocol::{ApiError, Event};

use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

pub(super) fn show(agent: &Agent, call: &ShowConsumers) -> Result<ConsumersView, ApiError> {
    agent.engine.consumers(&call.reference).map(view).map_err(|error| to_api(&error))
}

pub(super) fn edit(
    agent: &Agent,
    caller: &Caller,
    call: &EditConsumers,
) -> Result<ConsumersView, ApiError> {
    let edit = match &call.edit {
        ConsumerEdit::Add { name } => keyturn_engine::ConsumerEdit::Add { name: name.clone() },
        ConsumerEdit::Remove { id } => keyturn_engine::ConsumerEdit::Remove { id: *id },
        ConsumerEdit::HasNew { id, ready } => {
            keyturn_engine::ConsumerEdit::HasNew { id: *id, ready: *ready }
        }
    };
    let edited = agent.engine.edit_consumers(&call.reference, &edit, &caller.to_string());
    let shown = edited.map_err(|error| to_api(&error))?;
    agent.tell(Event::CredentialChanged(call.reference.clone()));
    Ok(view(shown))
}

pub(super) fn view(shown: ShownConsumers) -> ConsumersView {
    let wanted = shown.wanted_version;
    let written_down = shown.written_down.into_iter().map(|consumer| ConsumerView {
        id: consumer.id,
        name: consumer.name,
        added_on: consumer.added_on,
        has_wanted: consumer.version == Some(wanted),
        version: consumer.version,
    });
    ConsumersView {
        reference: shown.reference,
        version: shown.version,
        wanted_version: wanted,
        written_down: written_down.collect(),
        seen: shown.seen.into_iter().map(seen).collect(),
        behind: shown.behind,
    }
}

fn seen(one: SeenConsumer) -> SeenView {
    SeenView {
        program: one.program,
        action: one.action,
        version: one.version,
        last_used_at: one.last_used_at,
        uses: one.uses,
    }
}
