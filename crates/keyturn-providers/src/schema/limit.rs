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

impl Limit {
    /// Its rates below a day in words, e.g. `25 a second, 35 at once`; empty where it has none.
    #[must_use]
    pub fn rates_in_words(&self) -> String {
        in_words(&self.rates())
    }

    /// All that it limits in words, e.g. `25 a second, 35 at once, 10000 a day`.
    #[must_use]
    pub fn in_words(&self) -> String {
        in_words(&[&self.rates()[..], &[(self.per_day, "a day")]].concat())
    }

    const fn rates(&self) -> [(Option<u32>, &'static str); 3] {
        [(self.per_second, "a second"), (self.burst, "at once"), (self.per_minute, "a minute")]
    }
}

fn in_words(rates: &[(Option<u32>, &str)]) -> String {
    let rates = rates.iter().filter_map(|(count, unit)| Some(format!("{} {unit}", (*count)?)));
    rates.collect::<Vec<_>>().join(", ")
}
