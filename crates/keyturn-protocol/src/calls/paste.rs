//! Recognising pasted text: keys, `.env` files, cURL commands, headers, JSON and JWTs. The values stay
//! in the agent for a few minutes; a new credential takes them by a ticket.

use chrono::{DateTime, Utc};
use keyturn_core::{
    CredentialName, EnvironmentName, FieldName, PasteTicket, ProviderId, TargetRef,
};
use serde::{Deserialize, Serialize};

use super::{DisplayVariables, KeyTwin};
use crate::SecretOnWire;

/// Says what a pasted text is, and to which providers its values could belong. Stores nothing.
#[derive(Debug, Serialize, Deserialize)]
pub struct RecognizePaste {
    /// The text; `None` takes it from the clipboard, which stays as it is.
    pub text: Option<SecretOnWire>,
    /// Where the clipboard is.
    pub display: DisplayVariables,
}

/// What was found in a pasted text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PasteView {
    /// What it is.
    pub kind: PasteKind,
    /// What its values could be, the best first.
    pub suggestions: Vec<PasteSuggestion>,
    /// Whether the suggestions are different credentials; otherwise they are readings of the same
    /// values.
    pub separate: bool,
    /// What it refers to, where it is a reference.
    pub reference: Option<TargetRef>,
    /// Whether the credential of that reference is here.
    pub reference_known: bool,
    /// What a JWT says of itself; nobody verified it.
    pub jwt: Option<JwtView>,
    /// What else to know, without any value.
    pub notes: Vec<String>,
    /// How many values look like secrets and belong to no suggestion.
    pub left_over: usize,
}

/// What a pasted text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PasteKind {
    /// One key.
    Key,
    /// Variables with their values, as in a `.env` file.
    Variables,
    /// A cURL command.
    Command,
    /// Headers of a request.
    Header,
    /// A JSON object.
    Json,
    /// A JSON Web Token.
    Jwt,
    /// A reference to something that is stored here.
    Reference,
    /// Nothing that is known.
    Unknown,
}

/// What a JWT says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct JwtView {
    /// How it is signed.
    pub algorithm: Option<String>,
    /// Who made it.
    pub issuer: Option<String>,
    /// When.
    pub issued_at: Option<DateTime<Utc>>,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A credential that a pasted text could be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PasteSuggestion {
    /// What its secrets are added by.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub ticket: PasteTicket,
    /// The provider.
    pub provider: ProviderId,
    /// The provider's name.
    pub provider_name: String,
    /// What it was taken out of.
    pub kind: PasteKind,
    /// What the text calls it.
    pub name: Option<CredentialName>,
    /// The environment that the text names.
    pub environment: Option<EnvironmentName>,
    /// What was found.
    pub fields: Vec<PastedField>,
    /// What a credential needs beside that.
    pub missing: Vec<FieldName>,
    /// When the secret ends, where it says so itself.
    pub expires_at: Option<DateTime<Utc>>,
    /// Why it is suggested.
    pub why: String,
    /// How sure that is.
    pub sure: PasteSure,
    /// Where one of its secrets is stored already, or was.
    pub duplicate_of: Option<KeyTwin>,
}

/// How sure a suggestion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PasteSure {
    /// Nothing speaks against it.
    Possible,
    /// Something of it is the provider's own.
    Likely,
    /// It says so itself.
    Certain,
}

/// A field that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct PastedField {
    /// Its name.
    pub name: FieldName,
    /// What the provider calls it.
    pub label: String,
    /// Whether it is a secret.
    pub secret: bool,
    /// The value of an open field.
    pub value: Option<String>,
    /// The last four characters of a secret, where showing them gives nothing away.
    pub last_four: Option<String>,
    /// How many characters it has; `None` of what a person chose.
    pub length: Option<usize>,
}

/// Which pasted secrets a new credential takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FromPaste {
    /// The suggestion's ticket, which is void afterwards.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub ticket: PasteTicket,
    /// The fields that are taken; a secret that is given beside them counts instead.
    pub fields: Vec<FieldName>,
}
