//! Buying the next token with the refresh token of the last one (RFC 6749, section 6).
//!
//! A provider may give a new refresh token each time and then takes the old one no more. The new one is
//! committed together with its access token, or alone where that has ended already, and the vault does
//! not close before that (`token/wire.rs`) for some seconds. What then still cannot be written is lost,
//! and the journal says so: the first grant buys the next token. Two refreshes at once would look like
//! theft to such a provider: one flight for each credential and environment rules them out.

use keyturn_core::{Credential, EnvironmentName, FieldName, SecretFields, SecretString, Token};
use keyturn_http::{ExchangeError, Exchanged};
use keyturn_providers::{Exchange, Profile};
use keyturn_vault::Vault;

use crate::EngineError;

/// A refresh token, and the exchange that it pays.
#[derive(Debug)]
pub(crate) struct Refresh {
    pub(crate) exchange: Exchange,
    pub(crate) token: SecretString,
}

impl Refresh {
    /// What the stored token of a credential leaves for the next one; nothing where the provider gave
    /// no refresh token, or where the credential's secrets have changed since.
    pub(crate) fn of(
        vault: &Vault,
        profile: &Profile,
        credential: &Credential,
        environment: &EnvironmentName,
        exchange: &Exchange,
    ) -> Result<Option<Self>, EngineError> {
        let Some(exchange) = exchange.refresh.as_deref().and_then(|name| profile.exchange(name))
        else {
            return Ok(None);
        };
        let stored = vault.token(credential.id, environment)?;
        let stored = stored.filter(|token| token.secret_version == credential.secret_version);
        let Some(token) = stored.and_then(|token| token.refresh_token) else {
            return Ok(None);
        };
        let open = |name: &FieldName| profile.open_value(credential, name);
        Ok(Some(Self { exchange: exchange.filled(&open)?, token }))
    }

    /// What was bought, with the refresh token for the time after: the new one, or this one where
    /// the provider goes on taking it.
    pub(crate) fn carried_on(&self, bought: Exchanged) -> Exchanged {
        let next = bought.refresh_token.unwrap_or_else(|| self.token.duplicate());
        Exchanged { refresh_token: Some(next), ..bought }
    }

    /// Whether the provider no longer takes this refresh token, so that the first grant is due again;
    /// not where that would send the same token once more.
    pub(crate) fn is_spent(&self, error: &ExchangeError, secrets: &SecretFields) -> bool {
        let refused = matches!(error, ExchangeError::Refused { code: Some(code), .. } if code == "invalid_grant");
        refused && !secrets.iter().any(|(_, secret)| secret.expose() == self.token.expose())
    }
}

/// What is kept of a token that has ended already: its refresh token beside the stored access token,
/// since the provider takes the old one no more, or itself where nothing is stored beside which it could
/// stand. Nothing where it has no refresh token.
pub(crate) fn kept(vault: &Vault, useless: Token) -> Result<Option<Token>, EngineError> {
    if useless.refresh_token.is_none() {
        return Ok(None);
    }
    let stored = vault.token(useless.credential, &useless.environment)?;
    let stored = stored.filter(|old| old.secret_version == useless.secret_version);
    Ok(Some(match stored {
        Some(stored) => Token { refresh_token: useless.refresh_token, ..stored },
        None => useless,
    }))
}
