//! Buying an access token: one request as the profile describes it, and reading what comes back.

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::{Clock, Expiry, FieldName, SecretFields, SecretString};
use keyturn_providers::diagnose::{AnswerFacts, AnsweredBy, CredentialFacts, Diagnosis, diagnose};
use keyturn_providers::{Exchange, Profile};
use serde::Serialize;
use serde_json::Value as Json;
use thiserror::Error;
use zeroize::Zeroize as _;

use crate::json::{self, JsonError};
use crate::{Answer, Endpoint, PolicyError, Redactor, SendError, Transport};

mod build;

pub(crate) use build::build_revocation;
pub use build::{basic_credentials, build_exchange};

/// A token that was bought.
#[derive(Debug)]
pub struct Exchanged {
    /// The token.
    pub access_token: SecretString,
    /// What the next one is bought with, where the provider gave something.
    pub refresh_token: Option<SecretString>,
    /// Its type as the provider says; `bearer` where it says nothing.
    pub token_type: String,
    /// When the answer came, in the provider's time.
    pub issued_at: DateTime<Utc>,
    /// When the token ends, in the provider's time.
    pub expiry: Expiry,
    /// What is doubtful about that.
    pub doubt: Option<ExpiryDoubt>,
    /// How far the provider's clock is ahead of ours (X5); `None` where it does not say.
    pub skew: Option<TimeDelta>,
}

/// What is doubtful about a token's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExpiryDoubt {
    /// It lies in the past: the provider sells what has ended, or its clock is wrong.
    Past,
    /// The answer has an end that cannot be read, or that lies a hundred years ahead; it was left
    /// out of account.
    Unreadable,
}

/// Says why no token was bought.
#[derive(Debug, Error)]
pub enum ExchangeError {
    /// There was no answer.
    #[error(transparent)]
    Transport(#[from] SendError),
    /// The provider refused.
    #[error("the provider refused with status {status}: {}", diagnosis.meaning.trim_end_matches('.'))]
    Refused {
        /// The HTTP status.
        status: u16,
        /// OAuth 2.0's word for it, e.g. `invalid_grant` (RFC 6749, section 5.2).
        code: Option<String>,
        /// What it means; its `provider_says` holds no secret of this credential.
        diagnosis: Box<Diagnosis>,
        /// How long the provider wants to be left alone.
        retry_after: Option<TimeDelta>,
    },
    /// The answer is no JSON.
    #[error(
        "the provider answered with status {status} and something that is not JSON; nothing was changed"
    )]
    NotJson {
        /// The HTTP status.
        status: u16,
    },
    /// The answer names a field twice; see `json` for why none of them is taken.
    #[error(
        "the provider's answer has a field twice, and it is not clear which one counts; nothing was changed"
    )]
    Ambiguous,
    /// The answer is larger than any with a token.
    #[error(
        "the provider's answer is larger than {limit} bytes, which no token needs; nothing was changed"
    )]
    TooLarge {
        /// The most that is read.
        limit: usize,
    },
    /// The answer has no token.
    #[error("the provider's answer has no token at {pointer}; nothing was changed")]
    NoToken {
        /// Where it should be.
        pointer: String,
    },
}

impl From<PolicyError> for ExchangeError {
    fn from(error: PolicyError) -> Self {
        Self::Transport(SendError::Policy(error))
    }
}

/// Whose token is bought.
#[derive(Clone, Copy)]
pub struct Buyer<'a> {
    /// Gives the credential's open fields.
    pub open: &'a (dyn Fn(&FieldName) -> Option<String> + Sync),
    /// Its secrets.
    pub secrets: &'a SecretFields,
    /// The refresh token of its stored token.
    pub refresh_token: Option<&'a SecretString>,
    /// What else is known of it, for the meaning of a refusal.
    pub facts: CredentialFacts<'a>,
}

/// Buys a token.
pub async fn exchange(
    transport: &dyn Transport,
    profile: &Profile,
    exchange: &Exchange,
    endpoint: &Endpoint,
    buyer: Buyer<'_>,
    clock: &dyn Clock,
) -> Result<Exchanged, ExchangeError> {
    let outgoing = build_exchange(exchange, buyer)?;
    let mut answer = transport.send(endpoint, &outgoing).await?;
    let made = outgoing.made_of_secrets();
    drop(outgoing);
    let now = clock.now();
    let result = read(profile, exchange, buyer, &made, &answer, now);
    answer.body.zeroize();
    result
}

fn read(
    profile: &Profile,
    exchange: &Exchange,
    buyer: Buyer<'_>,
    made: &[SecretString],
    answer: &Answer,
    now: DateTime<Utc>,
) -> Result<Exchanged, ExchangeError> {
    if !(200..=299).contains(&answer.status) {
        let redactor = Redactor::new(buyer.secrets, buyer.refresh_token).knowing(made);
        let body = redactor.redact(&answer.body);
        let facts = AnswerFacts {
            sent_token: Some(false),
            sent_key: Some(true),
            clock_skew: answer.skew(now),
            credential: buyer.facts,
            ..AnswerFacts::new(answer.status, &body, AnsweredBy::Exchange)
        };
        let diagnosis = Box::new(diagnose(profile, &facts));
        let retry_after = answer.retry_after(now);
        let code = error_code(&body);
        return Err(ExchangeError::Refused { status: answer.status, code, diagnosis, retry_after });
    }
    let json = json::read(&answer.body).map_err(|error| match error {
        JsonError::NotJson => ExchangeError::NotJson { status: answer.status },
        JsonError::Ambiguous => ExchangeError::Ambiguous,
        JsonError::TooLarge => ExchangeError::TooLarge { limit: json::LARGEST_ANSWER },
    })?;
    let json = json.value();
    let token_at = |pointer: &str| {
        let token = json.pointer(pointer).and_then(Json::as_str).map(str::trim);
        let token = token.filter(|token| !token.is_empty() && !token.chars().any(char::is_control));
        token.map(|token| SecretString::new(token.to_owned()))
    };
    let pointer = &exchange.response.access_token;
    let Some(access_token) = token_at(pointer) else {
        return Err(ExchangeError::NoToken { pointer: pointer.clone() });
    };
    let refresh_token = exchange.response.refresh_token.as_deref().and_then(token_at);
    let token_type = exchange.response.token_type.as_ref();
    let token_type = token_type.and_then(|pointer| json.pointer(pointer)?.as_str());
    let word = |text: &&str| {
        !text.is_empty() && text.len() <= 64 && text.chars().all(|c| c.is_ascii_graphic())
    };
    let token_type = token_type.filter(word).unwrap_or("bearer").to_owned();
    let skew = answer.skew(now);
    let issued_at = skew.and_then(|skew| now.checked_add_signed(skew)).unwrap_or(now);
    let (expiry, doubt) = crate::expiry::read(exchange, json, &access_token, issued_at);
    Ok(Exchanged { access_token, refresh_token, token_type, issued_at, expiry, doubt, skew })
}

/// OAuth 2.0's word for an error, if the body has one: a short word, nothing else is let through.
pub(crate) fn error_code(body: &[u8]) -> Option<String> {
    let json = json::read(body).ok()?;
    let code = json.value().get("error")?.as_str()?;
    let word = code.len() <= 64 && code.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    word.then(|| code.to_owned())
}

#[cfg(test)]
mod tests;
