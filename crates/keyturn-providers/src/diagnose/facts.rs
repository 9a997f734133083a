//! What is known of an answer when its meaning is looked for.

use chrono::{NaiveDate, TimeDelta};
use keyturn_core::{Credential, FieldName, Listed};

use crate::schema::Profile;

/// What is known of an answer. What is `None` is not known, and then no row counts that asks for it.
#[derive(Debug, Clone, Copy)]
pub struct AnswerFacts<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The body; secrets that it repeats should have been redacted.
    pub body: &'a [u8],
    /// Which request was answered.
    pub endpoint: AnsweredBy<'a>,
    /// Whether an access token was sent along.
    pub sent_token: Option<bool>,
    /// Whether a long-lived secret was sent along.
    pub sent_key: Option<bool>,
    /// How old the token was.
    pub token_age: Option<TimeDelta>,
    /// How far the provider's clock is ahead of this machine's.
    pub clock_skew: Option<TimeDelta>,
    /// What is known of the credential.
    pub credential: CredentialFacts<'a>,
    /// Whether a new token was bought for this very request before.
    pub already_renewed: bool,
}

/// Which request was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnsweredBy<'a> {
    /// The one that buys a token.
    Exchange,
    /// Any other, with its path.
    Path(&'a str),
}

/// What is known of the credential that a request was sent with.
#[derive(Debug, Clone, Copy, Default)]
pub struct CredentialFacts<'a> {
    /// The name of the authentication method that it uses.
    pub method: Option<&'a str>,
    /// What the user said of this machine's address.
    pub this_machine_listed: Listed,
    /// The day its secrets were copied from the provider.
    pub copied_on: Option<NaiveDate>,
}

impl<'a> AnswerFacts<'a> {
    /// The facts of an answer of which no more is known; set what else is.
    #[must_use]
    pub const fn new(status: u16, body: &'a [u8], endpoint: AnsweredBy<'a>) -> Self {
        Self {
            status,
            body,
            endpoint,
            sent_token: None,
            sent_key: None,
            token_age: None,
            clock_skew: None,
            credential: CredentialFacts {
                method: None,
                this_machine_listed: Listed::Unknown,
                copied_on: None,
            },
            already_renewed: false,
        }
    }
}

impl<'a> AnsweredBy<'a> {
    /// Tells by the path which request it was; a credential may have its own path of the exchange.
    #[must_use]
    pub fn at(profile: &Profile, credential: &Credential, path: &'a str) -> Self {
        let open = |name: &FieldName| profile.open_value(credential, name);
        let is_exchange = profile.exchanges_at(path, &open).next().is_some();
        if is_exchange { Self::Exchange } else { Self::Path(path) }
    }
}

impl<'a> CredentialFacts<'a> {
    /// What the metadata says.
    #[must_use]
    pub fn of(profile: &'a Profile, credential: &Credential) -> Self {
        Self {
            method: Some(&profile.auth_method(credential).name),
            this_machine_listed: credential.allow_list.this_machine,
            copied_on: credential.copied_at().map(|at| at.date_naive()),
        }
    }
}
