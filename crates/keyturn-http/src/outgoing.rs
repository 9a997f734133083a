//! A request that passed the policy, ready to be sent. Secrets in it are secrets by type.

use std::fmt;

use keyturn_core::{REDACTED, SecretBytes, SecretString};
use serde::Serialize;

use crate::Endpoint;
use crate::encode::encoded;

/// How Keyturn names itself.
pub(crate) const USER_AGENT: &str = concat!("keyturn/", env!("CARGO_PKG_VERSION"));

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
    pub content: Content,
    /// Its media type; `None` says none for a text, and the usual one for a file.
    pub content_type: Option<String>,
}

/// What a part of a multipart body holds.
pub enum Content {
    /// A text.
    Text(Value),
    /// A file.
    File {
        /// Its name, as the server is told.
        name: String,
        /// Its bytes.
        bytes: SecretBytes,
    },
}

impl Part {
    /// A text of no particular type.
    #[must_use]
    pub fn text(name: impl Into<String>, value: Value) -> Self {
        Self { name: name.into(), content: Content::Text(value), content_type: None }
    }
}

impl Content {
    /// The bytes themselves.
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(value) => value.expose().as_bytes(),
            Self::File { bytes, .. } => bytes.expose(),
        }
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(value) => value.fmt(formatter),
            // A file's name may be a person's.
            Self::File { .. } => formatter.write_str("<a file>"),
        }
    }
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
            Self::Secret(_) => formatter.write_str(REDACTED),
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
    /// The headers, those included that belong to the connection and to the body.
    pub headers: Vec<(String, String)>,
    /// The kind of body.
    pub body: String,
    /// How many bytes it has.
    pub body_bytes: usize,
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
            .field("body_bytes", &self.body_bytes)
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

    /// Whether it brings a header of that name, whatever its case.
    pub(crate) fn has_header(&self, name: &str) -> bool {
        self.headers.iter().any(|header| header.name.eq_ignore_ascii_case(name))
    }

    /// What is sent, as it may be shown to the user who sends it.
    #[must_use]
    pub fn described(&self, endpoint: &Endpoint) -> Sent {
        let body = encoded(&self.body);
        let headers = self.headers.iter().map(|header| {
            let value = match &header.value {
                Value::Open(text) => text.clone(),
                Value::Secret(_) => REDACTED.to_owned(),
            };
            (header.name.clone(), value)
        });
        let mut headers: Vec<(String, String)> = headers.collect();
        let mut own = vec![
            ("Accept", "*/*".to_owned()),
            ("User-Agent", USER_AGENT.to_owned()),
            ("Host", endpoint.host_header()),
        ];
        if let Some(body) = &body {
            own.push(("Content-Type", body.content_type.clone()));
            own.push(("Content-Length", body.bytes.len().to_string()));
        }
        own.retain(|(name, _)| !self.has_header(name));
        headers.extend(own.into_iter().map(|(name, value)| (name.to_owned(), value)));
        let secret_query =
            self.secret_query.iter().map(|(name, _)| (name.clone(), REDACTED.to_owned()));
        let origin = endpoint.base().as_str().trim_end_matches('/');
        Sent {
            method: self.method.clone(),
            url: format!("{origin}{}", self.path),
            query: self.query.iter().cloned().chain(secret_query).collect(),
            headers,
            body: self.body.kind().to_owned(),
            body_bytes: body.map_or(0, |body| body.bytes.len()),
        }
    }
}
