//! The history: what was asked with a credential, and how it went.

use std::fmt;

use chrono::{DateTime, Utc};
use keyturn_core::{CredentialRef, EnvironmentName, ExchangeId};
use serde::{Deserialize, Serialize};

/// Lists the exchanges of a credential, the newest first.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ListExchanges {
    /// Of which credential.
    pub reference: CredentialRef,
}

/// Forgets an exchange, with what is kept of it.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ForgetExchanges {
    /// Of which credential.
    pub reference: CredentialRef,
    /// Which one; `None` is all of them.
    pub id: Option<ExchangeId>,
}

/// An exchange in the history. No header, no body and no value of the query is in it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ExchangeView {
    /// Names it.
    pub id: ExchangeId,
    /// When it ended.
    pub at: DateTime<Utc>,
    /// Where it was sent.
    pub environment: EnvironmentName,
    /// The recipe that it was sent with.
    pub recipe: String,
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The query's names.
    pub query: Vec<String>,
    /// The kind of body that was sent.
    pub sent_body: Option<String>,
    /// The name under which the request is saved.
    pub saved: Option<String>,
    /// The answer's status; `None` where none came.
    pub status: Option<u16>,
    /// Why no answer came.
    pub problem: Option<String>,
    /// What the answer meant.
    pub meaning: Option<String>,
    /// Whether the provider refused the credential.
    pub credential_refused: bool,
    /// Whether it failed although its status was one of success.
    pub refused: bool,
    /// How long it took, in milliseconds.
    pub total_ms: Option<f64>,
    /// How many bytes the answer's body had as it came.
    pub received: Option<u64>,
    /// How often it was sent.
    pub attempts: u32,
    /// Who asked for it.
    pub caller: String,
    /// How many of its checks failed.
    pub checks_failed: u32,
    /// How many of its checks passed.
    pub checks_passed: u32,
    /// Whether its bodies and its query are kept: then it can be shown whole.
    pub kept: bool,
    /// The user's own words about it.
    pub note: Option<String>,
}

impl fmt::Debug for ExchangeView {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A path, a note and what a provider says may be about a person.
        formatter
            .debug_struct("ExchangeView")
            .field("id", &self.id)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_debug_text_tells_nothing_of_a_person() {
        let canary = || Some("canary".to_owned());
        let view = ExchangeView {
            id: ExchangeId::from_number(7),
            at: DateTime::UNIX_EPOCH,
            environment: "production".parse().unwrap(),
            recipe: "default".to_owned(),
            method: "GET".to_owned(),
            path: "/people/canary".to_owned(),
            query: vec!["canary".to_owned()],
            sent_body: None,
            saved: canary(),
            status: Some(404),
            problem: canary(),
            meaning: canary(),
            credential_refused: false,
            refused: false,
            total_ms: None,
            received: None,
            attempts: 1,
            caller: "canary".to_owned(),
            checks_failed: 0,
            checks_passed: 0,
            kept: false,
            note: canary(),
        };
        let text = format!("{view:?}");
        assert!(text.contains("404"), "positive control: {text}");
        assert!(!text.contains("canary"), "{text}");
    }
}
