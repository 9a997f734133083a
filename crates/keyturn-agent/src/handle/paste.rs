//! Recognising what was pasted. The values stay in the engine and are wiped after a few minutes.

use std::sync::Arc;
use std::time::Duration;

use keyturn_engine::PasteFound;
use keyturn_protocol::ApiError;
use keyturn_protocol::calls::{
    JwtView, PasteKind, PasteSuggestion, PasteSure, PasteView, PastedField, RecognizePaste,
};
use keyturn_providers::recognize::{PastedKind, Sure};

use super::capture::{given, twin};
use crate::agent::Agent;
use crate::errors::to_api;

/// A little longer than the engine keeps pasted values, so that none is left then.
const KEPT: Duration = Duration::from_secs(5 * 60 + 1);

pub(super) async fn recognize(
    agent: &Arc<Agent>,
    call: RecognizePaste,
) -> Result<PasteView, ApiError> {
    let instead = "Run it where DISPLAY or WAYLAND_DISPLAY names your screen, or give the text on standard input: `… | keyturn add --paste`. Nothing was changed.";
    let text = given(agent, call.text, &call.display, instead).await?;
    let found = agent.engine.recognize_paste(&text).map_err(|error| to_api(&error))?;
    let waiting = Arc::clone(agent);
    tokio::spawn(async move {
        tokio::time::sleep(KEPT).await;
        waiting.engine.forget_old_pastes();
    });
    Ok(view(found))
}

fn view(found: PasteFound) -> PasteView {
    let suggestions = found.suggestions.into_iter().map(|one| PasteSuggestion {
        ticket: one.ticket,
        provider: one.provider,
        provider_name: one.provider_name,
        kind: kind(one.kind),
        name: one.name,
        environment: one.environment,
        fields: one.fields.into_iter().map(field).collect(),
        missing: one.missing,
        expires_at: one.expires_at,
        why: one.why,
        sure: match one.sure {
            Sure::Possible => PasteSure::Possible,
            Sure::Likely => PasteSure::Likely,
            Sure::Certain => PasteSure::Certain,
        },
        duplicate_of: one.twin.map(twin),
    });
    PasteView {
        kind: kind(found.kind),
        suggestions: suggestions.collect(),
        separate: found.separate,
        reference: found.reference,
        reference_known: found.reference_known,
        jwt: found.jwt.map(|facts| JwtView {
            algorithm: facts.algorithm,
            issuer: facts.issuer,
            issued_at: facts.issued_at,
            expires_at: facts.expires_at,
        }),
        notes: found.notes,
        left_over: found.left_over,
    }
}

fn field(one: keyturn_engine::PastedField) -> PastedField {
    let keyturn_engine::PastedField { name, label, secret, value, last_four, length } = one;
    PastedField { name, label, secret, value, last_four, length }
}

const fn kind(kind: PastedKind) -> PasteKind {
    match kind {
        PastedKind::Key => PasteKind::Key,
        PastedKind::Variables => PasteKind::Variables,
        PastedKind::Command => PasteKind::Command,
        PastedKind::Header => PasteKind::Header,
        PastedKind::Json => PasteKind::Json,
        PastedKind::Jwt => PasteKind::Jwt,
        PastedKind::Reference => PasteKind::Reference,
        PastedKind::Unknown => PasteKind::Unknown,
    }
}
