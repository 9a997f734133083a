//! The passphrase, asked for anew before a key is shown, where the user wants it so.

use std::sync::Arc;

use keyturn_protocol::{ApiError, ErrorCode, SecretOnWire};

use super::attempt::attempt;
use crate::agent::Agent;
use crate::errors::to_api;

/// Lets through what may be shown. Wrong attempts count together with those to unlock.
pub(super) async fn before_showing(
    agent: &Arc<Agent>,
    given: Option<SecretOnWire>,
) -> Result<(), ApiError> {
    let security = agent.engine.security().map_err(|error| to_api(&error))?;
    if !security.passphrase_before_reveal {
        return Ok(());
    }
    let Some(SecretOnWire(passphrase)) = given else {
        return Err(ApiError::new(
            ErrorCode::PassphraseFirst,
            "the passphrase is asked for before a key is shown",
        )
        .hint("Type it, or switch the question off in the settings, under Security."));
    };
    attempt(agent, "show a key", move |engine| engine.prove_passphrase(&passphrase)).await
}

#[cfg(test)]
mod tests;
