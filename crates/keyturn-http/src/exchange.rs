//! Buying an access token: one request as the profile describes it, and reading what comes back.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::{Clock, Expiry, FieldName, SecretFields, SecretString};
use keyturn_providers::diagnose::{AnswerFacts, AnsweredBy, Diagnosis, diagnose};
use keyturn_providers::{Auth, BodySource, Encoding, Exchange, Profile};
use serde::Serialize;
use serde_json::Value as Json;
use thiserror::Error;
use zeroize::{Zeroize, Zeroizing};

use crate::outgoing::{Body, Outgoing, OutgoingHeader, Part, Value};
use crate::policy::secret_header;
use crate::{Answer, Endpoint, PolicyError, Redactor, SendError, Transport};

/// A token that was bought.
#[derive(Debug)]
pub struct Exchanged {
    /// The token.
    pub access_token: SecretString,
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
    #[error("the provider refused with status {status}: {}", diagnosis.meaning)]
    Refused {
        /// The HTTP status.
        status: u16,
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

/// Buys a token. `open` gives the credential's open fields.
pub async fn exchange(
    transport: &dyn Transport,
    profile: &Profile,
    exchange: &Exchange,
    endpoint: &Endpoint,
    open: &(dyn Fn(&FieldName) -> Option<String> + Sync),
    secrets: &SecretFields,
    clock: &dyn Clock,
) -> Result<Exchanged, ExchangeError> {
    let outgoing = build_exchange(exchange, open, secrets)?;
    let mut answer = transport.send(endpoint, &outgoing).await?;
    drop(outgoing);
    let now = clock.now();
    let result = read(profile, exchange, secrets, &answer, now);
    answer.body.zeroize();
    result
}

/// Builds the request that buys a token.
pub fn build_exchange(
    exchange: &Exchange,
    open: &dyn Fn(&FieldName) -> Option<String>,
    secrets: &SecretFields,
) -> Result<Outgoing, PolicyError> {
    let value = |field: &FieldName| -> Option<Value> {
        match secrets.get(field) {
            Some(secret) => Some(Value::Secret(secret.duplicate())),
            None => open(field).filter(|text| !text.is_empty()).map(Value::Open),
        }
    };
    let needed = |field: &FieldName| -> Result<SecretString, PolicyError> {
        let value = value(field).ok_or_else(|| PolicyError::NoField { field: field.clone() })?;
        Ok(SecretString::new(value.expose().to_owned()))
    };
    let mut headers = match &exchange.auth {
        Auth::None => Vec::new(),
        Auth::Bearer { field } => {
            vec![secret_header("Authorization", Some("Bearer"), &needed(field)?)?]
        }
        Auth::Header { name, field } => vec![secret_header(name, None, &needed(field)?)?],
        Auth::Basic { username, password } => {
            let (username, password) = (needed(username)?, needed(password)?);
            let pair = Zeroizing::new(format!("{}:{}", username.expose(), password.expose()));
            let pair = SecretString::new(STANDARD.encode(pair.as_bytes()));
            vec![secret_header("Authorization", Some("Basic"), &pair)?]
        }
    };
    headers.push(OutgoingHeader {
        name: "Accept".to_owned(),
        value: Value::Open("application/json".to_owned()),
    });
    let mut entries = Vec::new();
    for entry in &exchange.body {
        let found = match &entry.source {
            BodySource::Text { text } => Some(Value::Open(text.clone())),
            BodySource::Field { field } => match value(field) {
                None if !entry.optional => {
                    return Err(PolicyError::NoField { field: field.clone() });
                }
                found => found,
            },
        };
        entries.extend(found.map(|value| (entry.key.clone(), value)));
    }
    let body = match exchange.encoding {
        Encoding::None => Body::Empty,
        Encoding::Form => Body::Form(entries),
        Encoding::Json => Body::Json(entries),
        Encoding::Multipart => {
            Body::Multipart(entries.into_iter().map(|(name, value)| Part { name, value }).collect())
        }
    };
    Ok(Outgoing {
        method: exchange.method.clone(),
        path: exchange.path.clone(),
        query: Vec::new(),
        headers,
        body,
    })
}

fn read(
    profile: &Profile,
    exchange: &Exchange,
    secrets: &SecretFields,
    answer: &Answer,
    now: DateTime<Utc>,
) -> Result<Exchanged, ExchangeError> {
    if !(200..=299).contains(&answer.status) {
        let body = Redactor::new(secrets, None).redact(&answer.body);
        let facts = AnswerFacts::new(answer.status, &body, AnsweredBy::Exchange);
        let diagnosis = Box::new(diagnose(profile, &facts));
        let retry_after = answer.retry_after(now);
        return Err(ExchangeError::Refused { status: answer.status, diagnosis, retry_after });
    }
    let json: Json = serde_json::from_slice(&answer.body)
        .map_err(|_| ExchangeError::NotJson { status: answer.status })?;
    let json = Wiped(json);
    let pointer = &exchange.response.access_token;
    let token = json.0.pointer(pointer).and_then(Json::as_str).map(str::trim);
    let token = token.filter(|token| !token.is_empty() && !token.chars().any(char::is_control));
    let Some(token) = token else {
        return Err(ExchangeError::NoToken { pointer: pointer.clone() });
    };
    let access_token = SecretString::new(token.to_owned());
    let token_type = exchange.response.token_type.as_ref();
    let token_type = token_type.and_then(|pointer| json.0.pointer(pointer)?.as_str());
    let word = |text: &&str| {
        !text.is_empty() && text.len() <= 64 && text.chars().all(|c| c.is_ascii_graphic())
    };
    let token_type = token_type.filter(word).unwrap_or("bearer").to_owned();
    let skew = answer.skew(now);
    let issued_at = skew.and_then(|skew| now.checked_add_signed(skew)).unwrap_or(now);
    let (expiry, doubt) = crate::expiry::read(exchange, &json.0, &access_token, issued_at);
    Ok(Exchanged { access_token, token_type, issued_at, expiry, doubt, skew })
}

/// A JSON value whose texts are wiped when it is dropped: the token is one of them.
struct Wiped(Json);

impl Drop for Wiped {
    fn drop(&mut self) {
        fn wipe(value: &mut Json) {
            match value {
                Json::String(text) => text.zeroize(),
                Json::Array(values) => values.iter_mut().for_each(wipe),
                Json::Object(members) => members.values_mut().for_each(wipe),
                Json::Null | Json::Bool(_) | Json::Number(_) => {}
            }
        }
        wipe(&mut self.0);
    }
}

#[cfg(test)]
mod tests;
