//! An exchange that the user chose to keep: what was sent, what came back, what it meant.
//!
//! It may be full of personal data, so it is decrypted only when it is asked for, and its debug text
//! tells nothing of it. It holds no secret: whoever makes one takes those out.

use std::fmt;

use chrono::{DateTime, Utc};
use keyturn_core::{EnvironmentName, ExchangeId};
use keyturn_request::Request;
use serde::{Deserialize, Serialize};

use crate::codec::{CODEC, MalformedError, Reader, length32};

/// A kept exchange.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptExchange {
    /// Names it among those of its credential.
    pub id: ExchangeId,
    /// When the answer came.
    pub at: DateTime<Utc>,
    /// The user's own words about it.
    pub note: Option<String>,
    /// Where it was sent: the provider's environment.
    pub environment: EnvironmentName,
    /// The profile's recipe that it was sent with.
    pub recipe: String,
    /// The method.
    pub method: String,
    /// The path as it was sent.
    pub path: String,
    /// The URL without its query.
    pub url: String,
    /// The query with its values.
    pub query: Vec<(String, String)>,
    /// The headers that were sent, secrets masked.
    pub sent_headers: Vec<(String, String)>,
    /// The kind of body that was sent.
    pub sent_body: String,
    /// How often it was sent.
    pub attempts: u32,
    /// The answer's status.
    pub status: u16,
    /// Its headers.
    pub headers: Vec<(String, String)>,
    /// How long it took, in milliseconds.
    pub total_ms: f64,
    /// What TLS was used; `None` in clear text.
    pub tls: Option<KeptTls>,
    /// What the answer meant.
    pub meaning: KeptMeaning,
    /// The request as it can be sent again: what the user gave, and its body where it was a text. One
    /// that was kept by an older version has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Request>,
    /// How many bytes the answer's body had before it was cut.
    pub body_bytes: u64,
    /// The answer's body, or its beginning. It lies behind the JSON, as bytes.
    #[serde(skip)]
    pub body: Vec<u8>,
}

/// What TLS was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptTls {
    /// The version, where the transport tells it.
    pub version: Option<String>,
    /// The cipher suite, likewise.
    pub cipher: Option<String>,
    /// Whom the certificate names.
    pub peer: String,
}

/// What an answer meant when it came.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptMeaning {
    /// What it meant.
    pub meaning: String,
    /// What to do about it; empty where there was nothing to do.
    pub action: String,
    /// The row of the profile that said so.
    pub row: Option<String>,
    /// Whether the provider's main documentation says so.
    pub verified: bool,
    /// Whether the provider refused the credential.
    pub credential_refused: bool,
    /// Whether it failed although its status was one of success.
    #[serde(default)]
    pub refused: bool,
    /// The provider's own words.
    pub provider_says: Option<String>,
    /// When to come back, where the answer said so.
    pub retry_at: Option<DateTime<Utc>>,
    /// What else was noticed.
    pub notes: Vec<String>,
}

impl fmt::Debug for KeptExchange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("KeptExchange")
            .field("id", &self.id)
            .field("at", &self.at)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for KeptMeaning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("KeptMeaning").field("row", &self.row).finish_non_exhaustive()
    }
}

/// Encodes an exchange: version ‖ facts length(4) ‖ facts as JSON ‖ body length(4) ‖ body.
pub(crate) fn encode_kept(kept: &KeptExchange) -> Option<Vec<u8>> {
    let facts = serde_json::to_vec(kept).expect("our own types are JSON");
    let mut body = Vec::with_capacity(9 + facts.len() + kept.body.len());
    body.push(CODEC);
    body.extend_from_slice(&length32(&facts)?);
    body.extend_from_slice(&facts);
    body.extend_from_slice(&length32(&kept.body)?);
    body.extend_from_slice(&kept.body);
    Some(body)
}

/// Decodes what [`encode_kept`] wrote.
pub(crate) fn decode_kept(body: &[u8]) -> Result<KeptExchange, MalformedError> {
    let mut reader = Reader::new(body)?;
    let mut kept: KeptExchange =
        serde_json::from_slice(reader.block()?).map_err(|_| MalformedError)?;
    kept.body = reader.block()?.to_vec();
    reader.finish()?;
    Ok(kept)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// An exchange about a person who is in no other place.
    pub(crate) fn kept(number: u64) -> KeptExchange {
        KeptExchange {
            id: ExchangeId::from_number(number),
            at: DateTime::from_timestamp(1_772_000_000, 0).unwrap(),
            note: Some("CNARY's case".to_owned()),
            environment: "production".parse().unwrap(),
            recipe: "default".to_owned(),
            method: "GET".to_owned(),
            path: "/people/CNARY".to_owned(),
            url: "https://provider.example/people/CNARY".to_owned(),
            query: vec![("pan".to_owned(), "CNARY1234F".to_owned())],
            sent_headers: vec![("x-person".to_owned(), "CNARY".to_owned())],
            sent_body: "none".to_owned(),
            attempts: 1,
            status: 404,
            headers: vec![("x-person".to_owned(), "CNARY".to_owned())],
            total_ms: 12.5,
            tls: None,
            meaning: KeptMeaning {
                meaning: "CNARY is not known".to_owned(),
                action: String::new(),
                row: Some("X1.404".to_owned()),
                verified: true,
                credential_refused: false,
                refused: false,
                provider_says: Some("no CNARY".to_owned()),
                retry_at: None,
                notes: Vec::new(),
            },
            request: Some(Request::new("GET", "/people/CNARY")),
            body_bytes: 4,
            body: vec![0xff, 0, b'"', b'\n'],
        }
    }

    #[test]
    fn an_exchange_survives_its_codec_and_a_byte_more_or_less_is_refused() {
        let kept = kept(7);
        let body = encode_kept(&kept).unwrap();
        assert_eq!(decode_kept(&body), Ok(kept));
        for length in 0..body.len() {
            assert!(decode_kept(&body[..length]).is_err(), "{length} bytes");
        }
        assert!(decode_kept(&[body.as_slice(), &[0]].concat()).is_err());
    }

    #[test]
    fn one_that_was_kept_before_requests_were_is_read_and_has_none() {
        let older = KeptExchange { request: None, ..kept(7) };
        let body = encode_kept(&older).unwrap();
        assert!(!body.windows(9).any(|part| part == b"\"request\""), "as it was written then");
        assert_eq!(decode_kept(&body), Ok(older));
    }

    #[test]
    fn a_debug_text_tells_nothing_of_a_person() {
        let kept = kept(7);
        let text = format!("{kept:?} {:?}", kept.meaning);
        assert!(text.contains("404") && text.contains("X1.404"), "positive control: {text}");
        assert!(!text.contains("CNARY"), "{text}");
    }
}
