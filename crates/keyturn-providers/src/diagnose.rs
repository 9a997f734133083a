//! Finds the meaning of a provider's answer: the same status means something else at each (X1).
//!
//! The rows are the profile's; here is only how a row is found, and what is said where a profile
//! says nothing. Without a row nothing is renewed and nothing sent again by itself, a 401 included.
//! One diagnosis serves requests, exchanges, and answers that another program got.
//!
//! Where to look next: `facts` for what is known of an answer, `words` for how an error text is
//! found in a body, `general` for what is said without a row.

mod facts;
mod general;
mod words;

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};
use keyturn_core::duration;
use serde::Serialize;

use crate::schema::answer::{Answer, EndpointKind, KeyturnAction};
use crate::schema::{Profile, Span};

pub use facts::{AnswerFacts, AnsweredBy, CredentialFacts};
pub use words::text_of;

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
    /// Whether the request failed although its status is one of success.
    pub refused: bool,
    /// The provider's own words (X2).
    pub provider_says: Option<String>,
    /// When to come back, where the body says so.
    pub retry_at: Option<DateTime<Utc>>,
    /// Whether the provider's main documentation says so.
    pub verified: bool,
    /// What else was noticed by who asks; a row adds nothing here.
    pub notes: Vec<String>,
}

/// Tells what an answer means.
#[must_use]
pub fn diagnose(profile: &Profile, facts: &AnswerFacts<'_>) -> Diagnosis {
    let words = words::Words::of(facts.body);
    let row = profile.answers.iter().find(|row| matches(row, facts, &words));
    let mut diagnosis =
        row.map_or_else(|| general::meaning(facts.status), |row| documented(row, facts, &words));
    if facts.endpoint == AnsweredBy::Exchange
        && facts.sent_key == Some(false)
        && diagnosis.credential_refused
    {
        // What was not sent was not refused, whatever the row takes for granted.
        diagnosis = general::without_secrets();
    }
    if facts.already_renewed && diagnosis.keyturn == KeyturnAction::RenewOnce {
        // A new token was refused like the old one: it is not the token.
        diagnosis.keyturn = KeyturnAction::None;
        diagnosis.credential_refused = true;
        "A new token was refused as well. Check the credential at the provider."
            .clone_into(&mut diagnosis.action);
    }
    diagnosis.provider_says = words.says;
    diagnosis
}

fn matches(row: &Answer, facts: &AnswerFacts<'_>, words: &words::Words) -> bool {
    let kind = match facts.endpoint {
        AnsweredBy::Exchange => EndpointKind::Exchange,
        AnsweredBy::Path(_) => EndpointKind::Api,
    };
    let at_least = |known: Option<TimeDelta>, span: &Option<Span>| {
        span.as_ref().is_none_or(|span| known.is_some_and(|known| known >= span.length()))
    };
    let younger = |span: &Span| facts.token_age.is_some_and(|age| age < span.length());
    let credential = &facts.credential;
    row.status == facts.status
        && row.endpoint.is_none_or(|endpoint| endpoint == kind)
        && row.sent_token.is_none_or(|sent| facts.sent_token == Some(sent))
        && row.sent_key.is_none_or(|sent| facts.sent_key == Some(sent))
        && at_least(facts.token_age, &row.token_older_than)
        && row.token_younger_than.as_ref().is_none_or(younger)
        && at_least(facts.clock_skew.map(|skew| skew.abs()), &row.clock_skew_over)
        && row.this_machine_listed.is_none_or(|listed| listed == credential.this_machine_listed)
        && row.method.as_deref().is_none_or(|method| credential.method == Some(method))
        && row.body.as_ref().is_none_or(|text| match &row.at {
            Some(pointer) => words.is_at(pointer, text),
            None => words.searched.contains(&text.to_lowercase()),
        })
}

fn documented(row: &Answer, facts: &AnswerFacts<'_>, words: &words::Words) -> Diagnosis {
    let retry_at = row
        .retry_at
        .as_ref()
        .and_then(|pointer| words.json.as_ref()?.pointer(pointer)?.as_i64())
        .and_then(moment);
    Diagnosis {
        meaning: filled(&row.meaning, facts),
        action: filled(&row.action, facts),
        row: Some(row.row.clone()),
        keyturn: row.keyturn,
        credential_refused: row.credential_refused,
        refused: row.refused,
        provider_says: None,
        retry_at,
        verified: row.verified,
        notes: Vec::new(),
    }
}

/// From here on a number is milliseconds since 1970: as seconds it would be the year 33658.
const MILLISECONDS_FROM: i64 = 1_000_000_000_000;

/// The time that a number in a body tells; `None` where it is none of these centuries.
fn moment(number: i64) -> Option<DateTime<Utc>> {
    let at = if number >= MILLISECONDS_FROM {
        DateTime::from_timestamp_millis(number)
    } else {
        DateTime::from_timestamp(number, 0)
    };
    at.filter(|at| (1970..=9999).contains(&at.year()))
}

/// The words that a row's texts may use for what is known.
pub(crate) const PLACEHOLDERS: [&str; 3] = ["stored_on", "token_age", "clock_skew"];

/// A row's text with what is known in it.
fn filled(text: &str, facts: &AnswerFacts<'_>) -> String {
    if !text.contains('{') {
        return text.to_owned();
    }
    let span = |span: Option<TimeDelta>| span.map_or_else(|| "unknown".to_owned(), duration::human);
    let [stored_on, token_age, clock_skew] = PLACEHOLDERS.map(|word| format!("{{{word}}}"));
    let day = facts.credential.copied_on;
    let day = day.map_or_else(|| "a day that is not known".to_owned(), |day| day.to_string());
    text.replace(&stored_on, &day)
        .replace(&token_age, &span(facts.token_age))
        .replace(&clock_skew, &span(facts.clock_skew))
}

#[cfg(test)]
mod tests;
