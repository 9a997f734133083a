//! Revoking a token at its provider (RFC 7009): one request, and what its answer means.

use chrono::TimeDelta;
use keyturn_core::{Clock, SecretString};
use keyturn_providers::diagnose::{AnswerFacts, AnsweredBy, Diagnosis, diagnose};
use keyturn_providers::{Profile, Revocation};
use thiserror::Error;
use zeroize::Zeroize as _;

use crate::exchange::{build_revocation, error_code};
use crate::{Buyer, Endpoint, PolicyError, Redactor, SendError, Transport};

/// Which of the two tokens is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// The access token.
    Access,
    /// The refresh token.
    Refresh,
}

impl TokenKind {
    /// What RFC 7009 calls it.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Access => "access_token",
            Self::Refresh => "refresh_token",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Access => "access token",
            Self::Refresh => "refresh token",
        }
    }
}

/// Says why a token was not revoked.
#[derive(Debug, Error)]
pub enum RevokeError {
    /// There was no answer.
    #[error(transparent)]
    Transport(#[from] SendError),
    /// The provider does not revoke tokens of this kind, or none at all.
    #[error("the provider answered with status {status}: it does not revoke this kind of token")]
    Unsupported {
        /// The HTTP status.
        status: u16,
    },
    /// The provider refused.
    #[error("the provider refused with status {status}: {}", diagnosis.meaning)]
    Refused {
        /// The HTTP status.
        status: u16,
        /// What it means; its `provider_says` holds no secret of this credential.
        diagnosis: Box<Diagnosis>,
        /// How long the provider wants to be left alone.
        retry_after: Option<TimeDelta>,
    },
}

impl From<PolicyError> for RevokeError {
    fn from(error: PolicyError) -> Self {
        Self::Transport(SendError::Policy(error))
    }
}

/// A token that is to be revoked.
#[derive(Debug, Clone, Copy)]
pub struct Revoked<'a> {
    /// The token.
    pub token: &'a SecretString,
    /// Which one it is.
    pub kind: TokenKind,
}

/// Revokes a token. A token that the provider does not know counts as revoked (RFC 7009, section 2.2).
pub async fn revoke(
    transport: &dyn Transport,
    profile: &Profile,
    revocation: &Revocation,
    endpoint: &Endpoint,
    buyer: Buyer<'_>,
    revoked: Revoked<'_>,
    clock: &dyn Clock,
) -> Result<(), RevokeError> {
    let outgoing = build_revocation(revocation, buyer, revoked.token, revoked.kind)?;
    let mut answer = transport.send(endpoint, &outgoing).await?;
    let made = outgoing.made_of_secrets();
    drop(outgoing);
    let status = answer.status;
    let result = if (200..=299).contains(&status) {
        Ok(())
    } else if matches!(status, 404 | 405 | 501)
        || error_code(&answer.body).as_deref() == Some("unsupported_token_type")
    {
        Err(RevokeError::Unsupported { status })
    } else {
        let redactor = Redactor::new(buyer.secrets, Some(revoked.token)).knowing(&made);
        let body = redactor.redact(&answer.body);
        let facts = AnswerFacts {
            sent_key: Some(true),
            credential: buyer.facts,
            ..AnswerFacts::new(status, &body, AnsweredBy::Exchange)
        };
        let diagnosis = Box::new(diagnose(profile, &facts));
        Err(RevokeError::Refused {
            status,
            diagnosis,
            retry_after: answer.retry_after(clock.now()),
        })
    };
    answer.body.zeroize();
    result
}
