//! Revoking the live token at its provider (RFC 7009), and forgetting it here.
//!
//! A token is forgotten only after its provider said that it is revoked. Where one of the two tokens
//! was revoked and the other one was not, the other one stays. No exchange takes place meanwhile, so
//! that no new token comes of one that is just revoked; and nothing is bought in the background
//! afterwards, until somebody asks for a token.

use std::sync::Arc;

use chrono::TimeDelta;
use keyturn_core::{
    Credential, CredentialId, CredentialRef, EnvironmentName, ExpirySource, FieldName,
    SecretFields, Token,
};
use keyturn_http::{Buyer, Endpoint, RevokeError, Revoked, TokenKind};
use keyturn_providers::{CredentialFacts, Method, Profile, Revocation};
use keyturn_vault::{Batch, JournalEntry, SaveError, Vault};

use crate::back_off::asked_for;
use crate::bound::Bound;
use crate::endpoint::token_endpoint;
use crate::limit::{Claim, Sending, may_have_arrived};
use crate::token::{Aloft, FlightKey};
use crate::{Engine, EngineError};

/// Whose token is revoked, and under which limits.
struct Order {
    key: FlightKey,
    claims: Vec<Claim>,
}

/// What a revocation needs, taken out of the vault before the network is asked.
struct Farewell {
    credential: Credential,
    environment: EnvironmentName,
    revocation: Revocation,
    endpoint: Endpoint,
    secrets: SecretFields,
    token: Token,
    /// The vault does not close before it was written what became of it.
    _aloft: Aloft,
}

/// How far it came.
#[derive(Default)]
struct Progress {
    revoked: Vec<TokenKind>,
    failure: Option<EngineError>,
}

impl Progress {
    fn is_gone(&self, kind: TokenKind) -> bool {
        self.revoked.contains(&kind)
    }
}

impl Engine {
    /// Revokes the stored token of a credential at its provider, the refresh token with it, and
    /// forgets both. Tells which were revoked.
    pub async fn revoke(
        self: &Arc<Self>,
        reference: &CredentialRef,
        environment: Option<&EnvironmentName>,
        caller: &str,
    ) -> Result<Vec<TokenKind>, EngineError> {
        let order = self.revocation_order(reference, environment)?;
        let place = self.take_place(&order.key).await;
        let turn = self.turn(&order.claims, false).await?;
        let farewell = self
            .farewell(&order.key, reference, environment)
            .inspect_err(|_| self.not_sent(&order.claims))?;
        let mut progress = Progress::default();
        let access = Revoked { token: &farewell.token.access_token, kind: TokenKind::Access };
        let refresh = farewell.token.refresh_token.as_ref();
        let refresh = refresh.map(|token| Revoked { token, kind: TokenKind::Refresh });
        let mut turn = Some(turn);
        for revoked in [Some(access), refresh].into_iter().flatten() {
            let answered = match turn.take() {
                Some(turn) => Ok(turn),
                None => self.turn(&order.claims, false).await,
            };
            let answered = match answered {
                Ok(turn) => {
                    let answered = self.revoke_one(&farewell, revoked).await;
                    self.heed(&order, &answered, |span| turn.hold(span));
                    answered
                }
                Err(error) => Err(error),
            };
            let unsupported = matches!(
                answered,
                Err(EngineError::Revoke { source: RevokeError::Unsupported { .. }, .. })
            );
            match answered {
                Ok(()) => progress.revoked.push(revoked.kind),
                Err(error) => progress.failure = progress.failure.or(Some(error)),
            }
            // Some providers revoke one kind alone; any other failure would only happen again.
            if progress.failure.is_some() && !unsupported {
                break;
            }
        }
        let forgotten = self.forget(&farewell, &progress, caller);
        if progress.is_gone(TokenKind::Access) {
            place.give_up();
        }
        forgotten?;
        match progress.failure {
            None => Ok(progress.revoked),
            Some(EngineError::Revoke { source, .. }) => Err(EngineError::Revoke {
                revoked: progress.revoked.iter().map(|kind| kind.words().to_owned()).collect(),
                source,
            }),
            Some(error) => Err(error),
        }
    }

    fn revocation_order(
        &self,
        reference: &CredentialRef,
        environment: Option<&EnvironmentName>,
    ) -> Result<Order, EngineError> {
        self.read(|vault| {
            let (bound, revocation) = self.revocation(vault, reference, environment)?;
            let Bound { credential, profile, environment, .. } = bound;
            let sending = Sending { path: &revocation.path, buys_a_token: true };
            Ok(Order {
                claims: self.claims(profile, credential, environment, sending),
                key: FlightKey::of(credential, environment),
            })
        })
    }

    fn revocation<'a>(
        &'a self,
        vault: &'a Vault,
        reference: &CredentialRef,
        environment: Option<&'a EnvironmentName>,
    ) -> Result<(Bound<'a>, Revocation), EngineError> {
        // What cannot be forgotten afterwards is not revoked.
        if vault.is_quarantined() {
            return Err(SaveError::Quarantined.into());
        }
        let bound = self.bound(vault, reference, environment)?;
        let (credential, profile): (_, &Profile) = (bound.credential, bound.profile);
        let open = |name: &FieldName| profile.open_value(credential, name);
        let revocation = match profile.method_for(credential) {
            Method::Exchange(exchange) => exchange.filled_revocation(&open)?,
            Method::Key(_) => None,
        };
        let revocation =
            revocation.ok_or_else(|| EngineError::NoRevocation { provider: profile.id.clone() })?;
        if vault.token(credential.id, bound.environment)?.is_none() {
            return Err(EngineError::NoTokenStored { reference: reference.clone() });
        }
        Ok((bound, revocation))
    }

    fn farewell(
        &self,
        key: &FlightKey,
        reference: &CredentialRef,
        environment: Option<&EnvironmentName>,
    ) -> Result<Farewell, EngineError> {
        self.read(|vault| {
            let (bound, revocation) = self.revocation(vault, reference, environment)?;
            let Bound { credential, profile, environment, .. } = bound;
            // It may have waited, and the credential of that name may be another one by now.
            if FlightKey::of(credential, environment) != *key {
                return Err(EngineError::TokenVanished);
            }
            let token = vault.token(credential.id, environment)?;
            let token =
                token.ok_or_else(|| EngineError::NoTokenStored { reference: reference.clone() })?;
            Ok(Farewell {
                _aloft: self.set_out()?,
                revocation,
                token,
                endpoint: token_endpoint(vault, profile, credential, environment)?,
                secrets: vault.secrets(credential.id)?,
                environment: environment.clone(),
                credential: credential.clone(),
            })
        })
    }

    async fn revoke_one(
        &self,
        farewell: &Farewell,
        revoked: Revoked<'_>,
    ) -> Result<(), EngineError> {
        let profile = self.profile(&farewell.credential.provider)?;
        let open = |name: &FieldName| profile.open_value(&farewell.credential, name);
        let buyer = Buyer {
            open: &open,
            secrets: &farewell.secrets,
            refresh_token: None,
            facts: CredentialFacts::of(profile, &farewell.credential),
        };
        keyturn_http::revoke(
            &*self.ports.transport,
            profile,
            &farewell.revocation,
            &farewell.endpoint,
            buyer,
            revoked,
            &*self.ports.clock,
        )
        .await
        .map_err(|source| EngineError::Revoke { revoked: Vec::new(), source })
    }

    /// What an answer means for the limits.
    fn heed(
        &self,
        order: &Order,
        answered: &Result<(), EngineError>,
        hold: impl FnOnce(TimeDelta),
    ) {
        let Err(EngineError::Revoke { source, .. }) = answered else { return };
        match source {
            RevokeError::Transport(error) if !may_have_arrived(error) => {
                self.not_sent(&order.claims);
            }
            RevokeError::Refused { status: 429, diagnosis, retry_after } => {
                let zero = TimeDelta::zero();
                if let Some(span) = asked_for(*retry_after, diagnosis.retry_at, zero, self.now()) {
                    hold(span);
                }
            }
            _ => {}
        }
    }

    /// Takes out of the vault what was revoked, and writes down how it went.
    fn forget(
        &self,
        farewell: &Farewell,
        progress: &Progress,
        caller: &str,
    ) -> Result<(), EngineError> {
        let action = if progress.failure.is_none() { "revoke" } else { "revoke failed" };
        let entry = JournalEntry {
            host: Some(farewell.endpoint.host_and_port()),
            path: Some(farewell.revocation.path.clone()),
            ..self.entry(caller, action, &farewell.credential)
        };
        let (id, environment) = (farewell.credential.id, &farewell.environment);
        let later = entry.clone();
        let forgotten = self.write(|vault| {
            let mut batch = Batch::new();
            batch.append_journal(vec![entry]);
            // Another one than was revoked stays.
            let stored = vault.token(id, environment)?;
            let same =
                |token: &Token| token.access_token.expose() == farewell.token.access_token.expose();
            if let Some(token) = stored.filter(same) {
                self.leave(&mut batch, id, token, progress);
            }
            self.commit(vault, batch)
        });
        self.noted_unless_written(&forgotten, later);
        if progress.is_gone(TokenKind::Access) {
            self.forget_carried(id, environment);
        }
        forgotten
    }

    /// What stays of a token of which something was revoked.
    fn leave(&self, batch: &mut Batch, id: CredentialId, mut token: Token, progress: &Progress) {
        let gone = |kind| progress.is_gone(kind);
        let refresh_stays = token.refresh_token.is_some() && !gone(TokenKind::Refresh);
        match (gone(TokenKind::Access), refresh_stays) {
            (true, false) => batch.remove_token(id, token.environment),
            (true, true) => {
                // The access token is dead; what it stood beside still buys another one. The provider
                // said so: a learned end is a guess, for which no token is given up.
                token.expiry.at = Some(self.now());
                token.expiry.source = ExpirySource::ResponseField;
                batch.put_token(token);
            }
            (false, false) if gone(TokenKind::Refresh) => {
                token.refresh_token = None;
                batch.put_token(token);
            }
            (false, _) => {}
        }
    }
}
