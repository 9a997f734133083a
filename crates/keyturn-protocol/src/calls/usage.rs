//! Calls about how a credential is used. Nothing here carries a secret: code reads the environment, and of a
//! token its readable parts alone are told, never its signature.

use chrono::{DateTime, Utc};
use keyturn_core::{CredentialRef, FieldName};
use serde::{Deserialize, Serialize};

/// Tells how a credential is used in its preferred environment.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShowUsage {
    /// Which one.
    pub reference: CredentialRef,
}

/// How a credential is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct UsageView {
    /// Where its requests go.
    pub base_url: String,
    /// Whether they go there in clear text.
    pub clear_text: bool,
    /// What they carry.
    pub sent: Vec<SentAsView>,
    /// How its tokens are bought; `None` where the key itself is sent.
    pub bought: Option<BoughtView>,
    /// The secrets that buy tokens and do nothing else.
    pub only_buy: Vec<FieldName>,
    /// Whether a request may carry a long-lived secret beside the token.
    pub with_key: bool,
    /// Why none of it belongs into a page or a mobile application.
    pub client_side_warning: String,
    /// The code, in the order in which it is offered.
    pub snippets: Vec<SnippetView>,
}

/// A header or a query parameter with the credential in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SentAsView {
    /// Its name.
    pub name: String,
    /// What stands before the value, e.g. `Bearer`.
    pub scheme: Option<String>,
    /// The field whose value it is; `None` for the token.
    pub field: Option<FieldName>,
    /// Whether it is a query parameter.
    pub in_query: bool,
}

/// How a token is bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct BoughtView {
    /// The method.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// Whether it goes there in clear text.
    pub clear_text: bool,
    /// The fields that it is bought with.
    pub fields: Vec<FieldName>,
    /// How long one lives, as documented.
    pub documented_lifetime: Option<String>,
    /// Whether the provider's main documentation says so.
    pub verified: bool,
    /// Whether one can be revoked.
    pub revocable: bool,
}

/// A form, with its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SnippetView {
    /// Which one.
    pub form: SnippetForm,
    /// The text.
    pub code: String,
    /// Why to think twice where this one would run.
    pub warning: Option<String>,
}

/// What a form is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SnippetForm {
    /// Sets the environment variables in a POSIX shell.
    Shell,
    /// A cURL command.
    Curl,
    /// An `HTTPie` command.
    Httpie,
    /// Python.
    Python,
    /// JavaScript that runs on a server.
    Javascript,
    /// Sets the environment variables in PowerShell.
    PowershellVariable,
    /// A PowerShell command.
    Powershell,
    /// JavaScript that runs in a browser or a mobile application.
    Browser,
    /// The reference, for files that everybody may read.
    Reference,
}

/// Decodes the stored token, without its signature.
#[derive(Debug, Serialize, Deserialize)]
pub struct DecodeToken {
    /// Of which credential, in its preferred environment.
    pub reference: CredentialRef,
}

/// What a token says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DecodedToken {
    /// The readable parts; `None` where it is no JWT.
    pub jwt: Option<DecodedJwt>,
}

/// The readable parts of a JWT. Nobody verified its signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DecodedJwt {
    /// The entries of its header.
    pub header: Vec<(String, String)>,
    /// Its claims.
    pub claims: Vec<(String, String)>,
    /// When it says that it was issued.
    pub issued_at: Option<DateTime<Utc>>,
    /// When it says that it begins to count.
    pub not_before: Option<DateTime<Utc>>,
    /// When it says that it ends.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Notes when the stored token ends, where nobody else says.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SetTokenEnd {
    /// Of which credential, in its preferred environment.
    pub reference: CredentialRef,
    /// When; `None` takes the word back.
    pub end: Option<DateTime<Utc>>,
}
