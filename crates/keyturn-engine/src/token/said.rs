//! What the live token says of itself, and what its user says of its end.

use chrono::{DateTime, Utc};
use keyturn_core::{CredentialRef, Expiry, ExpirySource, Token};
use keyturn_providers::JwtParts;
use keyturn_vault::Batch;
use thiserror::Error;

use crate::engine::find;
use crate::{CredentialSummary, Engine, EngineError};

/// Says why a token's end was not taken; nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TokenEndError {
    /// Somebody knows it better.
    #[error("the end of this token of {reference} is known; nothing was changed")]
    Known {
        /// The credential.
        reference: CredentialRef,
    },
    /// It would have ended before it began.
    #[error("a token that was issued at {issued_at} cannot have ended before; nothing was changed")]
    BeforeIssue {
        /// When it was issued.
        issued_at: DateTime<Utc>,
    },
}

impl Engine {
    /// Decodes the stored token of the preferred environment; `None` where it is no JWT. Nothing is bought
    /// for it, and its signature, without which it is no token, stays here.
    pub fn decoded_token(
        &self,
        reference: &CredentialRef,
    ) -> Result<Option<JwtParts>, EngineError> {
        self.read(|vault| {
            let credential = find(vault, reference)?;
            let token = vault.token(credential.id, credential.environment())?;
            let token =
                token.ok_or_else(|| EngineError::NoTokenStored { reference: reference.clone() })?;
            Ok(keyturn_providers::decode_jwt(token.access_token.expose()))
        })
    }

    /// Notes when the stored token ends, where nobody else says; `None` takes the word back. It holds for
    /// this token alone.
    pub fn set_token_end(
        &self,
        reference: &CredentialRef,
        end: Option<DateTime<Utc>>,
        caller: &str,
    ) -> Result<CredentialSummary, EngineError> {
        self.write(|vault| {
            let credential = find(vault, reference)?;
            let token = vault.token(credential.id, credential.environment())?;
            let token =
                token.ok_or_else(|| EngineError::NoTokenStored { reference: reference.clone() })?;
            let open = matches!(
                token.expiry.source,
                ExpirySource::Unknown | ExpirySource::Learned | ExpirySource::User
            );
            if !open {
                return Err(TokenEndError::Known { reference: reference.clone() }.into());
            }
            if end.is_some_and(|end| end <= token.issued_at) {
                return Err(TokenEndError::BeforeIssue { issued_at: token.issued_at }.into());
            }
            let expiry = end.map_or(Expiry::UNKNOWN, |end| Expiry {
                at: Some(end),
                source: ExpirySource::User,
            });
            let mut batch = Batch::new();
            batch.append_journal(vec![self.entry(caller, "token end", credential)]);
            let summary = credential.clone();
            batch.put_token(Token { expiry, ..token });
            self.commit(vault, batch)?;
            Ok(self.summary(vault, find(vault, &summary.reference())?))
        })
    }
}
