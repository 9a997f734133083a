//! What the provider's page in Keyturn says: documentation, notices, checklist, list of addresses.

use serde::{Deserialize, Serialize};

use chrono::NaiveDate;

/// A page that a profile was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Documentation {
    /// Its title.
    pub title: String,
    /// Its address, where it is known.
    pub url: Option<String>,
    /// The day it was read.
    pub read_on: NaiveDate,
    /// What the page says about its own age or version.
    pub version: Option<String>,
}

/// Something a user should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Names it.
    pub id: String,
    /// What it says.
    pub text: String,
    /// Whether the provider's main documentation says so.
    #[serde(default = "super::answer::verified")]
    pub verified: bool,
}

/// A path that is never called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NeverCalled {
    /// The path; what lies below it is never called either.
    pub path: String,
    /// Why.
    pub reason: String,
    /// Whether the provider's main documentation has it.
    #[serde(default = "super::answer::verified")]
    pub verified: bool,
}

/// A path below which no request is known to be harmless, whatever its method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NeverUnasked {
    /// The path; what lies below it is not sent unasked either, but for samples that are harmless.
    pub path: String,
    /// Why.
    pub reason: String,
    /// Whether the provider's main documentation has it.
    #[serde(default = "super::answer::verified")]
    pub verified: bool,
}

/// Something to do before production.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ChecklistItem {
    /// Names it.
    pub id: String,
    /// What is to be done.
    pub text: String,
    /// What Keyturn can see by itself; without it the user ticks.
    pub automatic: Option<Automatic>,
    /// How often it has to be done again.
    pub repeat_every: Option<super::Span>,
}

/// What Keyturn can see by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Automatic {
    /// No environment in use speaks clear text.
    HttpsOnly,
    /// The secrets are in the vault.
    StoredEncrypted,
    /// The leak scan found none in source code.
    NoneInSource,
    /// Addresses are recorded for the provider's list.
    IpsRecorded,
    /// Tokens are shared and renewed early.
    TokensCached,
}

/// A provider's list of addresses that may call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct IpAllowList {
    /// Whom to ask.
    pub support: String,
    /// What to know about it.
    pub advice: String,
    /// What is said about an address that may change.
    pub dynamic_warning: String,
    /// The subject of a message to support.
    pub message_subject: String,
    /// The message; `{addresses}` stands for the list.
    pub message: String,
    /// The tests after it was switched on.
    pub tests: Vec<String>,
}
