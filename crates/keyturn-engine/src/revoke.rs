//! Revoking the live token at its provider (RFC 7009), and forgetting it here.
//!
//! A token is forgotten only after its provider said that it is revoked. Where one of the two tokens
//! was revoked and the other one was not, the other one stays.

use keyturn_core::{
    Credential, CredentialId, CredentialRef, EnvironmentName, FieldName, SecretFields, Token,
};
use keyturn_http::{Buyer, Endpoint, RevokeError, Revoked, TokenKind};
use keyturn_providers::{CredentialFacts, Method, Revocation};
use keyturn_vault::{Batch, JournalEntry, SaveError};

use crate::bound::Bound;
use crate::endpoint::token_endpoint;
use crate::{Engine, EngineError};

/// What a revocation needs, taken out of the vault before the network is asked.
struct Farewell {
    credential: Credential,
    environment: EnvironmentName,
    revocation: Revocation,
    endpoint: Endpoint,
    secrets: SecretFields,
    token: Token,
}

/// How far it came.
#[derive(Default)]
struct Progress {
    revoked: Vec<TokenKind>,
    failure: Option<RevokeError>,
}

impl Engine {
    /// Revokes the stored token of a credential at its provider, the refresh token with it, and
    /// forgets both. Tells which were revoked.
    pub async fn revoke(
        &self,
        reference: &CredentialRef,
        environment: Option<&EnvironmentName>,
        caller: &str,
    ) -> Result<Vec<TokenKind>, EngineError> {
        let farewell = self.farewell(reference, environment)?;
        let mut progress = Progress::default();
        let access = Revoked { token: &farewell.token.access_token, kind: TokenKind::Access };
        let refresh = farewell.token.refresh_token.as_ref();
        let refresh = refresh.map(|token| Revoked { token, kind: TokenKind::Refresh });
        for revoked in [Some(access), refresh].into_iter().flatten() {
            let answered = self.revoke_one(&farewell, revoked).await;
            let unsupported = matches!(answered, Err(RevokeError::Unsupported { .. }));
            match answered {
                Ok(()) => progress.revoked.push(revoked.kind),
                Err(error) => progress.failure = progress.failure.or(Some(error)),
            }
            // Some providers revoke one kind alone; any other failure would only happen again.
            if progress.failure.is_some() && !unsupported {
                break;
            }
        }
        self.forget(&farewell, &progress, caller)?;
        match progress.failure {
            None => Ok(progress.revoked),
            Some(source) => Err(EngineError::Revoke {
                revoked: progress.revoked.iter().map(|kind| kind.words().to_owned()).collect(),
                source,
            }),
        }
    }

    fn farewell(
        &self,
        reference: &CredentialRef,
        environment: Option<&EnvironmentName>,
    ) -> Result<Farewell, EngineError> {
        self.read(|vault| {
            // What cannot be forgotten afterwards is not revoked.
            if vault.is_quarantined() {
                return Err(SaveError::Quarantined.into());
            }
            let bound = self.bound(vault, reference, environment)?;
            let Bound { credential, profile, environment, .. } = bound;
            let open = |name: &FieldName| profile.open_value(credential, name);
            let revocation = match profile.method_for(credential) {
                Method::Exchange(exchange) => exchange.filled_revocation(&open)?,
                Method::Key(_) => None,
            };
            let revocation = revocation
                .ok_or_else(|| EngineError::NoRevocation { provider: profile.id.clone() })?;
            let token = vault.token(credential.id, environment)?;
            let token =
                token.ok_or_else(|| EngineError::NoTokenStored { reference: reference.clone() })?;
            Ok(Farewell {
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
    ) -> Result<(), RevokeError> {
        let Ok(profile) = self.profile(&farewell.credential.provider) else {
            return Err(RevokeError::Unsupported { status: 0 });
        };
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
        self.write(|vault| {
            let mut batch = Batch::new();
            batch.append_journal(vec![entry]);
            // A token that was bought in the meantime is another one, and stays.
            let stored = vault.token(id, environment)?;
            let same =
                |token: &Token| token.access_token.expose() == farewell.token.access_token.expose();
            if let Some(token) = stored.filter(same) {
                self.leave(&mut batch, id, token, progress);
            }
            self.commit(vault, batch)
        })
    }

    /// What stays of a token of which something was revoked.
    fn leave(&self, batch: &mut Batch, id: CredentialId, mut token: Token, progress: &Progress) {
        let gone = |kind| progress.revoked.contains(&kind);
        let refresh_stays = token.refresh_token.is_some() && !gone(TokenKind::Refresh);
        match (gone(TokenKind::Access), refresh_stays) {
            (true, false) => batch.remove_token(id, token.environment),
            (true, true) => {
                // The access token is dead; what it stood beside still buys another one.
                token.expiry.at = Some(self.now());
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
