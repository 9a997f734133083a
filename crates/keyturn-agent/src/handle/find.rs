//! Finding credentials and keys.

use keyturn_core::KeyStanding;
use keyturn_protocol::ApiError;
use keyturn_protocol::calls::{FindCredentials, FindNote, FoundCredential, FoundKey};

use crate::agent::Agent;
use crate::errors::to_api;

pub(super) fn find(
    agent: &Agent,
    call: &FindCredentials,
) -> Result<Vec<FoundCredential>, ApiError> {
    let found = agent.engine.find(&call.text).map_err(|error| to_api(&error))?;
    Ok(found.into_iter().map(view).collect())
}

fn view(found: keyturn_engine::FoundCredential) -> FoundCredential {
    FoundCredential {
        reference: found.reference,
        provider_name: found.provider_name,
        owner: found.owner,
        hosts: found.hosts,
        key: found.key.map(key),
        users: found.users,
        removed_at: found.removed_at,
        line: found.line,
        note: found.note.map(|note| match note {
            keyturn_engine::FindNote::OtherCase => FindNote::OtherCase,
            keyturn_engine::FindNote::WholeSecret => FindNote::WholeSecret,
        }),
    }
}

fn key(key: keyturn_engine::FoundKey) -> FoundKey {
    let is_retired = key.standing == KeyStanding::Retired;
    FoundKey {
        field: key.field,
        last_four: key.last_four.unwrap_or_default(),
        version: key.version,
        standing: key.standing,
        stored_at: Some(key.stored_at),
        retired_at: is_retired.then_some(key.since),
    }
}
