//! Sending a request with a provider's recipe.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, Utc};
use keyturn_core::{CredentialRef, EnvironmentName, ExchangeId};
use keyturn_request::{Check, CheckOutcome};
use serde::{Deserialize, Serialize};

use super::{KeepExchange, KeptNow};

/// Sends one request.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SendRequest {
    /// With which credential.
    pub reference: CredentialRef,
    /// A sample of the profile; then `method` and `path` stay empty.
    pub sample: Option<String>,
    /// The method; `None` is GET, or what the sample says.
    pub method: Option<String>,
    /// The path, from the environment's base URL.
    pub path: Option<String>,
    /// The recipe of the profile; `None` is the sample's, or the credential's own.
    #[serde(default)]
    pub recipe: Option<String>,
    /// Query parameters.
    pub query: Vec<(String, String)>,
    /// Further headers.
    pub headers: Vec<(String, String)>,
    /// The body; `None` sends none, or the sample's.
    pub body: Option<RequestBody>,
    /// In which environment; `None` takes the preferred one.
    pub environment: Option<EnvironmentName>,
    /// Whether the user agreed to a request that creates something.
    pub confirmed: bool,
    /// Whether it is only shown, not sent.
    pub dry_run: bool,
    /// Whether to fail at once, and tell when, rather than wait for a turn or a provider in trouble.
    #[serde(default)]
    pub no_wait: bool,
    /// The choice to keep the exchange in the vault; `None` keeps nothing of it.
    #[serde(default)]
    pub keep: Option<KeepExchange>,
    /// What the answer is checked for.
    #[serde(default)]
    pub checks: Vec<Check>,
    /// The name under which it is saved with its credential; the history notes it.
    #[serde(default)]
    pub saved: Option<String>,
}

impl SendRequest {
    /// A request that says nothing yet, but with which credential: all else is the usual.
    #[must_use]
    pub const fn new(reference: CredentialRef) -> Self {
        Self {
            reference,
            sample: None,
            method: None,
            path: None,
            recipe: None,
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
            environment: None,
            confirmed: false,
            dry_run: false,
            no_wait: false,
            keep: None,
            checks: Vec::new(),
            saved: None,
        }
    }
}

impl fmt::Debug for SendRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Path, query, headers and body may hold personal data.
        formatter
            .debug_struct("SendRequest")
            .field("reference", &self.reference)
            .field("sample", &self.sample)
            .field("method", &self.method)
            .field("environment", &self.environment)
            .field("confirmed", &self.confirmed)
            .field("dry_run", &self.dry_run)
            .finish_non_exhaustive()
    }
}

/// The body of a request.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RequestBody {
    /// JSON text.
    Json(String),
    /// Any text.
    Text {
        /// The text.
        text: String,
        /// Its media type; `None` is plain text in UTF-8.
        content_type: Option<String>,
    },
    /// `application/x-www-form-urlencoded`.
    Form(Vec<(String, String)>),
    /// `multipart/form-data`.
    Multipart(Vec<RequestPart>),
    /// Any bytes.
    Raw {
        /// The bytes.
        base64: String,
        /// Their media type; `None` says no more than that they are bytes.
        content_type: Option<String>,
    },
}

/// One part of a multipart body.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RequestPart {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub content: PartContent,
    /// Its media type; `None` says none for a text, and the usual one for a file's name.
    pub content_type: Option<String>,
}

/// What a part of a multipart body holds.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PartContent {
    /// A text.
    Text(String),
    /// A file, which the client has read.
    File {
        /// Its name, as the server is told; without a folder.
        name: String,
        /// Its bytes.
        base64: String,
    },
}

/// How it went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SendRequestAnswer {
    /// The status; `None` for a dry run.
    pub status: Option<u16>,
    /// The answer's headers, secrets redacted.
    pub headers: Vec<(String, String)>,
    /// The answer's body as text, secrets redacted; `None` where it is not text.
    pub body: Option<String>,
    /// The answer's body in base64 where it is not text.
    pub body_base64: Option<String>,
    /// How long each phase took, in milliseconds.
    pub timing_ms: TimingView,
    /// What the status is called, e.g. `Not Found`.
    #[serde(default)]
    pub status_words: Option<String>,
    /// How large the body was; `None` for a dry run.
    #[serde(default)]
    pub size: Option<SizeView>,
    /// Where the answer leads, if it is a redirect.
    #[serde(default)]
    pub redirect: Option<RedirectView>,
    /// What TLS was used; `None` in clear text.
    pub tls: Option<TlsView>,
    /// How often it was sent.
    pub attempts: u32,
    /// What was sent, secrets masked.
    pub sent: SentView,
    /// What the answer means.
    pub diagnosis: Option<DiagnosisView>,
    /// Whether the provider refused the credential.
    pub credential_refused: bool,
    /// Whether the request failed although its status is one of success.
    #[serde(default)]
    pub refused: bool,
    /// What became of the choice to keep it; absent where nobody asked for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub kept: Option<KeptNow>,
    /// Its number in the credential's history; `None` for a dry run.
    #[serde(default)]
    pub exchange: Option<ExchangeId>,
    /// How its checks went, in their order.
    #[serde(default)]
    pub checks: Vec<CheckOutcome>,
}

/// The phases of a request in milliseconds; `None` where a kept connection skipped it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TimingView {
    /// Looking up the name.
    pub dns: Option<f64>,
    /// Connecting.
    pub connect: Option<f64>,
    /// Agreeing on TLS.
    pub tls: Option<f64>,
    /// Until the first byte of the answer.
    pub first_byte: Option<f64>,
    /// Reading the answer.
    pub download: Option<f64>,
    /// All of it.
    pub total: f64,
}

/// What TLS was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TlsView {
    /// E.g. `TLSv1.3`.
    pub version: Option<String>,
    /// The cipher suite, where the transport tells it.
    pub cipher: Option<String>,
    /// Whom the certificate names.
    pub peer: Option<String>,
    /// In how many whole days the server's certificate ends; of one that was kept not known.
    #[serde(default)]
    pub days_left: Option<i64>,
    /// The certificates as the server sent them, its own first.
    #[serde(default)]
    pub chain: Vec<CertificateView>,
}

/// One certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CertificateView {
    /// Whom it is for.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// The host names and addresses that it is for.
    pub names: Vec<String>,
    /// From when it counts.
    pub valid_from: DateTime<Utc>,
    /// Until when.
    pub valid_until: DateTime<Utc>,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// How large an answer's body was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SizeView {
    /// Its bytes as they came.
    pub received: u64,
    /// Its bytes unpacked.
    pub decoded: u64,
    /// What it was packed as, e.g. `gzip`; `None` where nothing was unpacked.
    pub encoding: Option<String>,
}

/// Where an answer leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RedirectView {
    /// Scheme, host and path, without the query.
    pub to: String,
    /// Whether that is another origin than the request's.
    pub elsewhere: bool,
    /// Whether it was followed: never, since a credential goes to no address that an answer names.
    pub followed: bool,
    /// What [`FollowRedirect`](super::FollowRedirect) takes to go there without a credential; `None` where
    /// it may not be followed.
    #[serde(default)]
    pub ticket: Option<u64>,
    /// Why it may not be followed.
    #[serde(default)]
    pub blocked: Option<String>,
}

/// What was sent, secrets masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SentView {
    /// The method.
    pub method: String,
    /// The URL without its query.
    pub url: String,
    /// The query's names; their values may be personal data.
    pub query: Vec<String>,
    /// The headers, secrets masked.
    pub headers: BTreeMap<String, String>,
    /// The body's kind.
    pub body: Option<String>,
    /// How many bytes the body has.
    #[serde(default)]
    pub body_bytes: Option<u64>,
}

/// What an answer means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DiagnosisView {
    /// What it means.
    pub meaning: String,
    /// What to do.
    pub action: Option<String>,
    /// The row of the profile that says so; `None` where no row matches.
    pub row: Option<String>,
    /// What Keyturn may do by itself about such an answer.
    pub keyturn: KeyturnMay,
    /// Whether the provider's main documentation says so.
    pub verified: bool,
    /// The provider's own words.
    pub provider_says: Option<String>,
    /// When to come back, where the answer says so.
    pub retry_at: Option<DateTime<Utc>>,
    /// What else was noticed, e.g. that this machine's clock is wrong.
    pub notes: Vec<String>,
}

/// What Keyturn may do by itself about an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum KeyturnMay {
    /// Nothing: it is the user's turn.
    None,
    /// Get a new token once, and send the request once more.
    RenewOnce,
    /// Wait, longer each time, and send again.
    BackOff,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_requests_debug_text_has_nothing_of_what_it_asks() {
        let call = SendRequest {
            reference: "acme/main".parse().unwrap(),
            sample: None,
            method: Some("POST".to_owned()),
            path: Some("/people/canary".to_owned()),
            recipe: None,
            query: vec![("name".to_owned(), "canary".to_owned())],
            headers: vec![("x-name".to_owned(), "canary".to_owned())],
            body: Some(RequestBody::Json("{\"name\":\"canary\"}".to_owned())),
            environment: None,
            confirmed: false,
            dry_run: false,
            no_wait: false,
            keep: Some(KeepExchange { note: Some("canary".to_owned()) }),
            checks: vec!["json $.name = canary".parse().unwrap()],
            saved: Some("canary".to_owned()),
        };
        let text = format!("{call:?}");
        assert!(text.contains("acme") && !text.contains("canary"), "{text}");
    }
}
