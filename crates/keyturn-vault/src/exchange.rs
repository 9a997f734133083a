//! What is noted of every exchange: what was asked and how it went.
//!
//! No header, no body and no value of the query is in it; it holds no secret: whoever makes one takes
//! those out of the path. All of a credential's lie in one record, decrypted only when they are asked for.

use std::fmt;

use chrono::{DateTime, Utc};
use keyturn_core::{EnvironmentName, ExchangeId};
use serde::{Deserialize, Serialize};

/// A noted exchange.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct NotedExchange {
    /// Names it among those of its credential; one that is kept whole has the same number.
    pub id: ExchangeId,
    /// When it ended.
    pub at: DateTime<Utc>,
    /// Where it was sent: the provider's environment.
    pub environment: EnvironmentName,
    /// The profile's recipe that it was sent with.
    pub recipe: String,
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The names of the query.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub query: Vec<String>,
    /// The kind of body that was sent, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_body: Option<String>,
    /// Under which name the request is saved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved: Option<String>,
    /// The answer's status; `None` where none came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Why no answer came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// What the answer meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meaning: Option<String>,
    /// Whether the provider refused the credential.
    #[serde(default, skip_serializing_if = "is_off")]
    pub credential_refused: bool,
    /// Whether it failed although its status was one of success.
    #[serde(default, skip_serializing_if = "is_off")]
    pub refused: bool,
    /// How long it took, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_ms: Option<f64>,
    /// How many bytes the answer's body had as it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<u64>,
    /// How often it was sent.
    #[serde(default)]
    pub attempts: u32,
    /// Who asked for it.
    pub caller: String,
    /// How many of its checks failed.
    #[serde(default, skip_serializing_if = "is_none")]
    pub checks_failed: u32,
    /// How many of its checks passed.
    #[serde(default, skip_serializing_if = "is_none")]
    pub checks_passed: u32,
    /// The user's own words about one that they kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl NotedExchange {
    /// One that was not answered yet; its number is given when it ends.
    #[must_use]
    pub const fn new(
        at: DateTime<Utc>,
        environment: EnvironmentName,
        recipe: String,
        method: String,
        path: String,
    ) -> Self {
        Self {
            id: ExchangeId::from_number(0),
            at,
            environment,
            recipe,
            method,
            path,
            query: Vec::new(),
            sent_body: None,
            saved: None,
            status: None,
            problem: None,
            meaning: None,
            credential_refused: false,
            refused: false,
            total_ms: None,
            received: None,
            attempts: 0,
            caller: String::new(),
            checks_failed: 0,
            checks_passed: 0,
            note: None,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_off(on: &bool) -> bool {
    !*on
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_none(count: &u32) -> bool {
    *count == 0
}

impl fmt::Debug for NotedExchange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A path, a note and what a provider says may be about a person.
        formatter
            .debug_struct("NotedExchange")
            .field("id", &self.id)
            .field("at", &self.at)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use keyturn_request::{Request, SavedRequest};

    use super::*;
    use crate::codec::{decode_json, encode_json};

    /// A request that is saved under a name.
    pub(crate) fn saved(name: &str) -> SavedRequest {
        let (environment, recipe, sample) = (None, None, None);
        let request = Request::new("GET", "/people/{id}");
        SavedRequest { name: name.to_owned(), request, environment, recipe, sample, checks: vec![] }
    }

    /// A noted exchange about a person who is in no other place.
    pub(crate) fn noted(path: &str) -> NotedExchange {
        NotedExchange {
            id: ExchangeId::from_number(7),
            at: DateTime::from_timestamp(1_772_000_000, 0).unwrap(),
            environment: "production".parse().unwrap(),
            recipe: "default".to_owned(),
            method: "GET".to_owned(),
            path: path.to_owned(),
            query: vec!["CNARY".to_owned()],
            sent_body: None,
            saved: Some("CNARY".to_owned()),
            status: Some(404),
            problem: None,
            meaning: Some("CNARY is not known".to_owned()),
            credential_refused: false,
            refused: false,
            total_ms: Some(12.5),
            received: Some(4),
            attempts: 1,
            caller: "curl".to_owned(),
            checks_failed: 0,
            checks_passed: 2,
            note: Some("CNARY's case".to_owned()),
        }
    }

    #[test]
    fn an_exchange_survives_its_codec_and_what_an_older_one_lacks_has_its_default() {
        let list = vec![noted("/people/CNARY")];
        assert_eq!(decode_json::<Vec<NotedExchange>>(&encode_json(&list)), Ok(list));
        let least = br#"[{"id":"1","at":"2026-01-01T00:00:00Z","environment":"production",
            "recipe":"default","method":"GET","path":"/","caller":"curl"}]"#;
        let read: Vec<NotedExchange> = decode_json(&[&[1], least.as_slice()].concat()).unwrap();
        assert_eq!((read[0].status, read[0].attempts, read[0].checks_passed), (None, 0, 0));
    }

    #[test]
    fn a_debug_text_tells_nothing_of_a_person() {
        let text = format!("{:?}", noted("/people/CNARY"));
        assert!(text.contains("404"), "positive control: {text}");
        assert!(!text.contains("CNARY"), "{text}");
    }
}
