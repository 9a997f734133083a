//! Finds the meaning of a provider's answer: the same status means something else at each (X1).
//!
//! The rows are the profile's; here is only how a row is found, and what is said where a profile
//! says nothing. Without a row nothing is renewed and nothing sent again by itself, a 401 included.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::schema::Profile;
use crate::schema::answer::{Answer, EndpointKind, KeyturnAction, Listed};

/// The most of a body that is looked through for an error text.
const LONGEST_BODY: usize = 64 * 1024;
/// The most of a provider's error text that is repeated, in characters.
const LONGEST_SAYING: usize = 300;

/// What is known of an answer.
#[derive(Debug, Clone, Copy)]
pub struct AnswerFacts<'a> {
    /// The HTTP status.
    pub status: u16,
    /// The body; secrets that it repeats should have been redacted.
    pub body: &'a [u8],
    /// Which request was answered.
    pub endpoint: AnsweredBy<'a>,
    /// Whether an access token was sent along.
    pub sent_token: bool,
    /// How old that token was.
    pub token_age: Option<TimeDelta>,
    /// What the user said of this machine's address.
    pub this_machine_listed: Listed,
    /// The name of the authentication method that was used.
    pub method: Option<&'a str>,
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

impl<'a> AnswerFacts<'a> {
    /// The facts of an answer to a request without a token; set what else is known.
    #[must_use]
    pub const fn new(status: u16, body: &'a [u8], endpoint: AnsweredBy<'a>) -> Self {
        Self {
            status,
            body,
            endpoint,
            sent_token: false,
            token_age: None,
            this_machine_listed: Listed::Unknown,
            method: None,
            already_renewed: false,
        }
    }
}

/// What an answer means, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnosis {
    /// What it means.
    pub meaning: String,
    /// What the user does now; empty where there is nothing to do.
    pub action: String,
    /// The row of the profile that says so; `None` where no row does.
    pub row: Option<String>,
    /// What Keyturn may do by itself.
    pub keyturn: KeyturnAction,
    /// Whether the provider says that the stored credential is no good.
    pub credential_refused: bool,
    /// The provider's own words: `detail`, or `detail.message` (X2).
    pub provider_says: Option<String>,
    /// When to come back, where the body says so.
    pub retry_at: Option<DateTime<Utc>>,
    /// Whether the provider's main documentation says so.
    pub verified: bool,
}

/// Tells what an answer means.
#[must_use]
pub fn diagnose(profile: &Profile, facts: &AnswerFacts<'_>) -> Diagnosis {
    let json: Option<serde_json::Value> = (facts.body.len() <= LONGEST_BODY)
        .then(|| serde_json::from_slice(facts.body).ok())
        .flatten();
    let provider_says = json.as_ref().and_then(error_text);
    let head = facts.body.get(..LONGEST_BODY).unwrap_or(facts.body);
    let haystack = match &provider_says {
        Some(text) => text.to_lowercase(),
        None => String::from_utf8_lossy(head).to_lowercase(),
    };
    let row = profile.answers.iter().find(|row| matches(row, facts, &haystack));
    let mut diagnosis =
        row.map_or_else(|| general(facts.status), |row| documented(row, json.as_ref()));
    if facts.already_renewed && diagnosis.keyturn == KeyturnAction::RenewOnce {
        // A new token was refused like the old one: it is not the token.
        diagnosis.keyturn = KeyturnAction::None;
        diagnosis.credential_refused = true;
        "A new token was refused as well. Check the credential at the provider."
            .clone_into(&mut diagnosis.action);
    }
    diagnosis.provider_says = provider_says;
    diagnosis
}

fn matches(row: &Answer, facts: &AnswerFacts<'_>, haystack: &str) -> bool {
    let kind = match facts.endpoint {
        AnsweredBy::Exchange => EndpointKind::Exchange,
        AnsweredBy::Path(_) => EndpointKind::Api,
    };
    let old_enough =
        |span: &crate::schema::Span| facts.token_age.is_some_and(|age| age >= span.length());
    row.status == facts.status
        && row.endpoint.is_none_or(|endpoint| endpoint == kind)
        && row.sent_token.is_none_or(|sent| sent == facts.sent_token)
        && row.token_older_than.as_ref().is_none_or(old_enough)
        && row.this_machine_listed.is_none_or(|listed| listed == facts.this_machine_listed)
        && row.method.as_deref().is_none_or(|method| facts.method == Some(method))
        && row.body.as_ref().is_none_or(|text| haystack.contains(&text.to_lowercase()))
}

fn documented(row: &Answer, json: Option<&serde_json::Value>) -> Diagnosis {
    let retry_at = row
        .retry_at
        .as_ref()
        .and_then(|pointer| json?.pointer(pointer)?.as_i64())
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    Diagnosis {
        meaning: row.meaning.clone(),
        action: row.action.clone(),
        row: Some(row.row.clone()),
        keyturn: row.keyturn,
        credential_refused: row.credential_refused,
        provider_says: None,
        retry_at,
        verified: row.verified,
    }
}

/// What can be said of a status that the profile has no row for.
fn general(status: u16) -> Diagnosis {
    let (meaning, action, keyturn) = match status {
        200..=299 => ("The provider accepted the request.", "", KeyturnAction::None),
        300..=399 => (
            "The provider points to another address; Keyturn does not follow, since secrets would go along.",
            "Check the path, and the environment's address.",
            KeyturnAction::None,
        ),
        400 | 422 => (
            "The provider did not understand the request.",
            "Check its query and body against the provider's documentation.",
            KeyturnAction::None,
        ),
        401 => (
            "The provider does not accept who sent this; its profile has no closer meaning for this answer.",
            "Check the credential at the provider.",
            KeyturnAction::None,
        ),
        403 => (
            "The provider refuses this; its profile has no closer meaning for this answer.",
            "Check what this credential may do at the provider.",
            KeyturnAction::None,
        ),
        404 => ("There is nothing at this path.", "Check the path.", KeyturnAction::None),
        429 => ("Too many requests.", "Wait, and send less often.", KeyturnAction::BackOff),
        500..=599 => (
            "The provider has trouble of its own.",
            "Try again later; if it goes on, ask the provider.",
            KeyturnAction::None,
        ),
        _ => (
            "The provider's profile has no meaning for this answer.",
            "Look the status up in the provider's documentation.",
            KeyturnAction::None,
        ),
    };
    Diagnosis {
        meaning: meaning.to_owned(),
        action: action.to_owned(),
        row: None,
        keyturn,
        credential_refused: false,
        provider_says: None,
        retry_at: None,
        verified: true,
    }
}

/// The provider's own words: `detail` as a text, or `detail.message`; neither is required (X2).
fn error_text(json: &serde_json::Value) -> Option<String> {
    let detail = json.get("detail")?;
    let text = detail.as_str().or_else(|| detail.get("message")?.as_str())?;
    let shown: String = text.chars().filter(|c| !c.is_control()).take(LONGEST_SAYING).collect();
    (!shown.is_empty()).then_some(shown)
}

#[cfg(test)]
mod tests;
