//! A request that passed the policy, ready to be sent. Secrets in it are secrets by type.

use std::fmt;

use keyturn_core::{SecretBytes, SecretString};
use serde::Serialize;

use crate::Endpoint;

/// A request that is ready to be sent to an [`Endpoint`].
pub struct Outgoing {
    /// The HTTP method.
    pub method: String,
    /// The path at the endpoint's origin.
    pub path: String,
    /// The query; personal data often, secrets never.
    pub query: Vec<(String, String)>,
    /// What the recipe adds to the query, for providers that take their key in no other way.
    pub secret_query: Vec<(String, SecretString)>,
    /// The headers, those of the recipe included.
    pub headers: Vec<OutgoingHeader>,
    /// The body.
    pub body: Body,
}

/// One header.
#[derive(Debug)]
pub struct OutgoingHeader {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Value,
}

/// A value that is open or secret.
pub enum Value {
    /// Given by the user or the profile.
    Open(String),
    /// From the vault.
    Secret(SecretString),
}

/// A body.
pub enum Body {
    /// There is none.
    Empty,
    /// `application/x-www-form-urlencoded`.
    Form(Vec<(String, Value)>),
    /// `multipart/form-data`.
    Multipart(Vec<Part>),
    /// A JSON object of texts.
    Json(Vec<(String, Value)>),
    /// Anything, as it is.
    Bytes {
        /// Its media type.
        content_type: String,
        /// The bytes.
        bytes: SecretBytes,
    },
}

/// One part of a multipart body.
#[derive(Debug)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub value: Value,
}

impl Value {
    /// The text itself.
    pub(crate) const fn expose(&self) -> &str {
        match self {
            Self::Open(text) => text.as_str(),
            Self::Secret(secret) => secret.expose().as_str(),
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // What the user gives may be personal data, or a secret that is in no vault.
            Self::Open(_) => formatter.write_str("<not shown>"),
            Self::Secret(_) => formatter.write_str("<redacted>"),
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.kind())
    }
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.query.iter().map(|(name, _)| name);
        let names: Vec<&String> =
            names.chain(self.secret_query.iter().map(|(name, _)| name)).collect();
        formatter
            .debug_struct("Outgoing")
            .field("method", &self.method)
            .field("path", &self.path)
            .field("query", &names)
            .field("headers", &self.headers)
            .field("body", &self.body)
            .finish()
    }
}

impl Body {
    const fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "none",
            Self::Form(_) => "form",
            Self::Multipart(_) => "multipart",
            Self::Json(_) => "json",
            Self::Bytes { .. } => "bytes",
        }
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }
}

/// What was sent, as it may be shown: every secret is `<redacted>`, the body is told by its kind.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// The HTTP method.
    pub method: String,
    /// Origin and path, without the query.
    pub url: String,
    /// The query as the user gave it, and the recipe's part of it redacted: for the user's own eyes,
    /// not for logs.
    pub query: Vec<(String, String)>,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The kind of body.
    pub body: String,
}

impl fmt::Debug for Sent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&String> = self.query.iter().map(|(name, _)| name).collect();
        let headers: Vec<&String> = self.headers.iter().map(|(name, _)| name).collect();
        formatter
            .debug_struct("Sent")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("query", &names)
            .field("headers", &headers)
            .field("body", &self.body)
            .finish()
    }
}

impl Outgoing {
    /// What its headers carry, without the scheme before it; for a [`crate::Redactor`].
    #[must_use]
    pub fn made_of_secrets(&self) -> Vec<SecretString> {
        let made = self.headers.iter().filter_map(|header| match &header.value {
            Value::Secret(value) => value.expose().split(' ').next_back(),
            Value::Open(_) => None,
        });
        made.map(|text| SecretString::new(text.to_owned())).collect()
    }

    /// What is sent, as it may be shown to the user who sends it.
    #[must_use]
    pub fn described(&self, endpoint: &Endpoint) -> Sent {
        let headers = self.headers.iter().map(|header| {
            let value = match &header.value {
                Value::Open(text) => text.clone(),
                Value::Secret(_) => "<redacted>".to_owned(),
            };
            (header.name.clone(), value)
        });
        let secret_query =
            self.secret_query.iter().map(|(name, _)| (name.clone(), "<redacted>".to_owned()));
        let origin = endpoint.base().as_str().trim_end_matches('/');
        Sent {
            method: self.method.clone(),
            url: format!("{origin}{}", self.path),
            query: self.query.iter().cloned().chain(secret_query).collect(),
            headers: headers.collect(),
            body: self.body.kind().to_owned(),
        }
    }
}
