//! The request that buys an access token, and how its answer is read.

use keyturn_core::FieldName;
use serde::{Deserialize, Serialize};

use super::span::Span;
use super::template::{Place, TemplateError, fill};

/// The request that buys an access token. It goes to the origin that its environment names for tokens
/// and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Exchange {
    /// Its name.
    pub name: String,
    /// The HTTP method.
    pub method: String,
    /// The path at that origin; `{field}` stands for the credential's open field of that name.
    pub path: String,
    /// How the body is written.
    pub encoding: Encoding,
    /// How the request itself authenticates.
    #[serde(default)]
    pub auth: Auth,
    /// What the body holds, in this order.
    #[serde(default)]
    pub body: Vec<BodyField>,
    /// Where the answer has what.
    pub response: Response,
    /// How long a token lives, as documented.
    pub documented_lifetime: Option<Span>,
    /// How much of a token's life is left, in percent, when it is renewed early.
    #[serde(default = "ten")]
    pub renew_percent_left: u8,
    /// The exchange that buys the next token with the refresh token that this one brought.
    pub refresh: Option<String>,
    /// How its tokens are revoked, where the provider takes that.
    pub revocation: Option<Revocation>,
    /// Whether the provider's main documentation says so.
    #[serde(default = "super::answer::verified")]
    pub verified: bool,
    /// What else to know about it.
    pub note: Option<String>,
}

/// The request that revokes a token (RFC 7009): a form with `token` and `token_type_hint`, and what
/// shows who asks. It goes where the exchange goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Revocation {
    /// The path; where it is a field in braces that is empty, the provider is taken to have none.
    pub path: String,
    /// How the request itself authenticates.
    #[serde(default)]
    pub auth: Auth,
    /// What the body holds beside the token.
    #[serde(default)]
    pub body: Vec<BodyField>,
}

const fn ten() -> u8 {
    10
}

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// `multipart/form-data`.
    Multipart,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// A JSON object of texts.
    Json,
    /// There is no body.
    None,
}

/// How an exchange authenticates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Auth {
    /// By its body alone.
    #[default]
    None,
    /// `Authorization: Bearer` and a field.
    Bearer {
        /// The field.
        field: FieldName,
    },
    /// `Authorization: Basic` and two fields (RFC 7617).
    Basic {
        /// The field that is the user name.
        username: FieldName,
        /// The field that is the password.
        password: FieldName,
        /// Whether both are written like a form's values first, as OAuth 2.0 wants it of clients
        /// (RFC 6749, section 2.3.1).
        #[serde(default)]
        form_encoded: bool,
    },
    /// A header of its own.
    Header {
        /// The header.
        name: String,
        /// The field.
        field: FieldName,
    },
}

/// One entry of a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Written")]
pub struct BodyField {
    /// Its name in the body.
    pub key: String,
    /// What it holds.
    #[serde(flatten)]
    pub source: BodySource,
    /// Whether it is left out where the field is not set.
    pub optional: bool,
}

/// What an entry of a body holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum BodySource {
    /// The value of a field.
    Field {
        /// The field.
        field: FieldName,
    },
    /// Always the same text.
    Text {
        /// The text.
        text: String,
    },
    /// The refresh token of the stored token.
    RefreshToken {
        /// Always true.
        refresh_token: bool,
    },
}

/// Where an answer has what, as JSON pointers (RFC 6901).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Response {
    /// The access token.
    pub access_token: String,
    /// Its type.
    pub token_type: Option<String>,
    /// What the next token is bought with.
    pub refresh_token: Option<String>,
    /// When it ends; the first that is there counts.
    #[serde(default)]
    pub expiry: Vec<ExpirySourceField>,
}

/// A field of the answer that says when the token ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ExpirySourceField {
    /// Where it is.
    pub pointer: String,
    /// How it is written.
    pub format: ExpiryFormat,
}

/// How a time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExpiryFormat {
    /// `2026-03-08T00:00:00Z`.
    Rfc3339,
    /// Seconds since 1970.
    EpochS,
    /// Milliseconds since 1970.
    EpochMs,
    /// Seconds from the answer on, as OAuth 2.0's `expires_in`.
    SecondsFromNow,
    /// Any of these, told apart by type and size.
    Auto,
}

impl Response {
    /// Where it has secrets.
    pub fn secret_pointers(&self) -> impl Iterator<Item = &str> {
        [Some(&self.access_token), self.refresh_token.as_ref()]
            .into_iter()
            .flatten()
            .map(String::as_str)
    }
}

impl Exchange {
    /// The fields without which it cannot be made.
    #[must_use]
    pub fn needed_fields(&self) -> Vec<&FieldName> {
        let mut fields: Vec<&FieldName> = match &self.auth {
            Auth::None => Vec::new(),
            Auth::Bearer { field } | Auth::Header { field, .. } => vec![field],
            Auth::Basic { username, password, .. } => vec![username, password],
        };
        for entry in &self.body {
            if let (BodySource::Field { field }, false) = (&entry.source, entry.optional) {
                fields.push(field);
            }
        }
        fields
    }

    /// The exchange with the credential's open fields filled into its path.
    pub fn filled(
        &self,
        open: &dyn Fn(&FieldName) -> Option<String>,
    ) -> Result<Self, TemplateError> {
        Ok(Self { path: fill(&self.path, Place::Path, open)?, ..self.clone() })
    }

    /// How its tokens are revoked, with the credential's open fields filled in; none where the
    /// provider has no path for that.
    pub fn filled_revocation(
        &self,
        open: &dyn Fn(&FieldName) -> Option<String>,
    ) -> Result<Option<Revocation>, TemplateError> {
        let Some(revocation) = &self.revocation else {
            return Ok(None);
        };
        match fill(&revocation.path, Place::Path, open) {
            Ok(path) => Ok(Some(Revocation { path, ..revocation.clone() })),
            Err(TemplateError::Missing { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether it sends the refresh token of the stored token.
    #[must_use]
    pub fn sends_refresh_token(&self) -> bool {
        self.body.iter().any(|entry| matches!(entry.source, BodySource::RefreshToken { .. }))
    }

    /// Every field that it sends.
    #[must_use]
    pub fn sent_fields(&self) -> Vec<&FieldName> {
        let mut fields = self.needed_fields();
        for entry in &self.body {
            if let (BodySource::Field { field }, true) = (&entry.source, entry.optional) {
                fields.push(field);
            }
        }
        fields
    }
}

/// An entry as it stands in the file: flattened enums cannot refuse unknown keys, this can.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct Written {
    key: String,
    field: Option<FieldName>,
    text: Option<String>,
    #[serde(default)]
    refresh_token: bool,
    #[serde(default)]
    optional: bool,
}

impl TryFrom<Written> for BodyField {
    type Error = &'static str;

    fn try_from(written: Written) -> Result<Self, &'static str> {
        let source = match (written.field, written.text, written.refresh_token) {
            (Some(field), None, false) => BodySource::Field { field },
            (None, Some(text), false) => BodySource::Text { text },
            (None, None, true) => BodySource::RefreshToken { refresh_token: true },
            _ => return Err("an entry of a body has one of `field`, `text` and `refresh_token`"),
        };
        Ok(Self { key: written.key, source, optional: written.optional })
    }
}
