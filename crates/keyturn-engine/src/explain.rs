//! Explaining an answer that another program got with a stored credential.
//!
//! Nothing is sent and nothing of the answer is kept. What is known comes from the vault: the age of
//! the stored token, what the user said of this machine's address, when the secret was copied.

use std::fmt;

use chrono::TimeDelta;
use keyturn_core::{CredentialRef, EnvironmentName, Listed, SecretFields, Token};
use keyturn_http::Redactor;
use keyturn_providers::diagnose::text_of;
use keyturn_providers::{
    AnswerFacts, AnsweredBy, CredentialFacts, Diagnosis, KeyturnAction, diagnose,
};
use thiserror::Error;

use crate::bound::with_refresh_token;
use crate::{Engine, EngineError, named_secrets};

/// The longest body that is looked at, in bytes; an error text is shorter by far.
pub const LONGEST_EXPLAINED: usize = 1024 * 1024;

/// An answer to be explained.
pub struct ExplainAnswer {
    /// With which credential it was got.
    pub reference: CredentialRef,
    /// In which environment; `None` takes the preferred one.
    pub environment: Option<EnvironmentName>,
    /// Its status.
    pub status: u16,
    /// The path that was asked, perhaps with a query.
    pub path: Option<String>,
    /// Whether an access token was sent along; `None` where the user does not say.
    pub sent_token: Option<bool>,
    /// Whether a long-lived secret was sent along.
    pub sent_key: Option<bool>,
    /// Its body.
    pub body: Vec<u8>,
}

impl fmt::Debug for ExplainAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The path may have a query, and the body anything.
        formatter
            .debug_struct("ExplainAnswer")
            .field("reference", &self.reference)
            .field("environment", &self.environment)
            .field("status", &self.status)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

/// Says why an answer could not be explained.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ExplainError {
    /// The status is none.
    #[error("an HTTP status is a number from 100 to 599")]
    NoStatus,
    /// The body is longer than any error text.
    #[error("the body is longer than 1 MiB")]
    BodyTooLong,
    /// The endpoint is no path.
    #[error("an endpoint is a path and begins with /")]
    NoPath,
}

/// An answer with its meaning, and what that follows from.
#[derive(Debug)]
pub struct Explained {
    /// What it means.
    pub diagnosis: Diagnosis,
    /// The body as text, secrets redacted.
    pub body: String,
    /// Whether the path is that of the exchange.
    pub is_exchange: bool,
    /// The way of authenticating that the credential uses.
    pub method: String,
    /// How old the stored token is.
    pub token_age: Option<TimeDelta>,
    /// How far the provider's clock was ahead when it was asked last.
    pub clock_skew: Option<TimeDelta>,
    /// What the user said of this machine's address.
    pub this_machine_listed: Listed,
}

impl Engine {
    /// Says what an answer means that another program got.
    pub fn explain(&self, request: &ExplainAnswer) -> Result<Explained, EngineError> {
        if !(100..=599).contains(&request.status) {
            return Err(ExplainError::NoStatus.into());
        }
        if request.body.len() > LONGEST_EXPLAINED {
            return Err(ExplainError::BodyTooLong.into());
        }
        let path = request.path.as_deref().unwrap_or("/");
        let path = path.split(['?', '#']).next().unwrap_or_default();
        if !path.starts_with('/') {
            return Err(ExplainError::NoPath.into());
        }
        let (credential, environment, token_age, body) = self.read(|vault| {
            let bound = self.bound(vault, &request.reference, request.environment.as_ref())?;
            let token = vault.token(bound.credential.id, bound.environment)?;
            let token_age = token.as_ref().map(|token| self.now() - token.issued_at);
            let secrets = vault.secrets(bound.credential.id)?;
            let secrets = with_refresh_token(secrets, token.as_ref());
            let body = redacted(&request.body, &secrets, token.as_ref());
            // A token of another program is in no vault; its name gives it away.
            let named = named_secrets::in_body(bound.profile, &body);
            let body = Redactor::new(&named, None).redact_text(&body);
            Ok((bound.credential.clone(), bound.environment.clone(), token_age, body))
        })?;
        let profile = self.profile(&credential.provider)?;
        let endpoint = AnsweredBy::at(profile, &credential, path);
        let clock_skew = self.skew(&profile.id, &environment);
        let facts = AnswerFacts {
            sent_token: request.sent_token,
            sent_key: request.sent_key,
            // Without a token the stored one's age says nothing.
            token_age: token_age.filter(|_| request.sent_token != Some(false)),
            clock_skew,
            credential: CredentialFacts::of(profile, &credential),
            ..AnswerFacts::new(request.status, body.as_bytes(), endpoint)
        };
        let mut diagnosis = diagnose(profile, &facts);
        if diagnosis.keyturn == KeyturnAction::RenewOnce {
            let reference = &request.reference;
            diagnosis.notes.push(format!(
                "Keyturn does that for requests of its own; for another program, `keyturn token {reference} --renew` gets the next token."
            ));
        }
        diagnosis.notes.extend(self.skew_warning(&profile.id, &environment));
        Ok(Explained {
            diagnosis,
            is_exchange: endpoint == AnsweredBy::Exchange,
            method: profile.auth_method(&credential).name.clone(),
            token_age,
            clock_skew,
            this_machine_listed: credential.allow_list.this_machine,
            body,
        })
    }
}

/// The body as text without the credential's secrets and tokens. It is made text first: a secret in
/// UTF-16 would not be found.
fn redacted(body: &[u8], secrets: &SecretFields, token: Option<&Token>) -> String {
    Redactor::new(secrets, token.map(|token| &token.access_token)).redact_text(&text_of(body))
}
