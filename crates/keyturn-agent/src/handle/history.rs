//! A credential's history: the versions of its key, and what was done to it.

use std::sync::Arc;

use keyturn_engine::{ShownHistory, ShownVersion};
use keyturn_protocol::calls::{
    HistoryView, RestoreVersion, ShowHistory, VersionField, VersionView,
};
use keyturn_protocol::{ApiError, Event};

use super::journal;
use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

pub(super) fn show(agent: &Agent, call: &ShowHistory) -> Result<HistoryView, ApiError> {
    agent.engine.history(&call.reference).map(view).map_err(|error| to_api(&error))
}

pub(super) async fn restore(
    agent: &Arc<Agent>,
    caller: &Caller,
    call: RestoreVersion,
) -> Result<HistoryView, ApiError> {
    let RestoreVersion { reference, version, confirmed } = call;
    let restored =
        agent.engine.restore_version(&reference, version, confirmed, &caller.to_string()).await;
    // One that was refused may have found something out, too.
    agent.tell(Event::CredentialChanged(reference));
    restored.map(view).map_err(|error| to_api(&error))
}

fn view(shown: ShownHistory) -> HistoryView {
    HistoryView {
        reference: shown.reference,
        versions: shown.versions.into_iter().map(version).collect(),
        changes: shown.changes.entries.into_iter().map(journal::entry).collect(),
        more: shown.changes.more,
    }
}

fn version(shown: ShownVersion) -> VersionView {
    let fields = shown.fields.into_iter();
    let fields = fields.map(|(name, label, last_four)| VersionField { name, label, last_four });
    VersionView {
        version: shown.version.number,
        standing: shown.version.standing,
        stored_at: shown.version.stored_at,
        since: shown.version.since,
        never_used: shown.version.never_used,
        fields: fields.collect(),
        stored: shown.stored,
        restorable: shown.restorable,
        note: shown.note.map(str::to_owned),
    }
}
