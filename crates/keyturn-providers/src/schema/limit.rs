//! How many requests a provider takes.

use keyturn_core::FieldName;
use serde::{Deserialize, Serialize};

/// How many requests a provider takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// What it limits, for people.
    pub label: String,
    /// The plan it belongs to, where plans differ.
    pub plan: Option<String>,
    /// What the requests are counted by.
    pub scope: LimitScope,
    /// The open field that names the organization or account: credentials with the same value share
    /// the limit. Without one, or where it is empty, each credential is counted by itself.
    pub counted_by: Option<FieldName>,
    /// Whether the requests that buy tokens count, too.
    #[serde(default)]
    pub counts_exchanges: bool,
    /// Requests a second.
    pub per_second: Option<u32>,
    /// Requests a minute.
    pub per_minute: Option<u32>,
    /// Requests a day.
    pub per_day: Option<u32>,
    /// Requests at once, above the rate.
    pub burst: Option<u32>,
    /// Whether the provider's main documentation says so.
    #[serde(default = "super::answer::verified")]
    pub verified: bool,
}

/// What requests are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LimitScope {
    /// The organization, whichever of its credentials is used.
    Organization,
    /// The account.
    Account,
    /// Each endpoint by itself.
    Endpoint,
}
