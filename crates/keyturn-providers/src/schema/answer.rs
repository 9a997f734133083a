//! What a provider's answers mean. The same status means something else at each provider.

pub use keyturn_core::Listed;
use serde::{Deserialize, Serialize};

use super::span::Span;

/// One answer of a provider, and what it means.
///
/// Every condition that is given must hold, and what is not known holds for none; of several rows
/// that match, the first one counts, so the most specific stands first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Names the row.
    pub row: String,
    /// The HTTP status.
    pub status: u16,
    /// What occurs in the error text, whatever its case; without one any text will do.
    pub body: Option<String>,
    /// Where in the body `body` is looked for, as a JSON pointer: the value there is then exactly
    /// that, whatever its case, and texts elsewhere do not count.
    pub at: Option<String>,
    /// Whether the exchange gave it or any other request; without one both.
    pub endpoint: Option<EndpointKind>,
    /// Whether an access token was sent along.
    pub sent_token: Option<bool>,
    /// Whether a long-lived secret was sent along.
    pub sent_key: Option<bool>,
    /// How old the token was at least.
    pub token_older_than: Option<Span>,
    /// What the token's age is below.
    pub token_younger_than: Option<Span>,
    /// How far apart the provider's clock and this machine's are at least, whichever is ahead.
    pub clock_skew_over: Option<Span>,
    /// What the user said: whether this machine is on the provider's list of addresses.
    pub this_machine_listed: Option<Listed>,
    /// The way of authenticating that was used.
    pub method: Option<String>,
    /// What it means. Here and in `action` these words are replaced by what is known:
    /// `{stored_on}`, the day the secret was copied; `{token_age}`; `{clock_skew}`.
    pub meaning: String,
    /// What the user does now.
    pub action: String,
    /// What Keyturn may do by itself.
    #[serde(default)]
    pub keyturn: KeyturnAction,
    /// Whether it says that the stored credential is no good.
    #[serde(default)]
    pub credential_refused: bool,
    /// Whether the request failed although its status is one of success.
    #[serde(default)]
    pub refused: bool,
    /// Where the body says when to come back, in epoch seconds, as a JSON pointer.
    pub retry_at: Option<String>,
    /// Whether the provider's main documentation says so.
    #[serde(default = "verified")]
    pub verified: bool,
}

impl Answer {
    /// Whether this row matches whatever the other one matches, so that the other never counts after
    /// it.
    pub(crate) fn hides(&self, other: &Self) -> bool {
        fn covers<T: PartialEq>(mine: Option<&T>, others: Option<&T>) -> bool {
            mine.is_none_or(|mine| Some(mine) == others)
        }
        let lower = |text: &Option<String>| text.as_deref().map(str::to_lowercase);
        let body = match (lower(&self.body), &self.at, lower(&other.body), &other.at) {
            (None, ..) => true,
            (Some(mine), None, Some(others), None) => others.contains(&mine),
            (Some(mine), Some(at), Some(others), Some(other_at)) => {
                mine == others && at == other_at
            }
            _ => false,
        };
        let length = |span: &Option<Span>| span.as_ref().map(Span::length);
        let at_least = |mine: &Option<Span>, others: &Option<Span>| {
            length(mine).is_none_or(|mine| length(others).is_some_and(|others| others >= mine))
        };
        let below = |mine: &Option<Span>, others: &Option<Span>| {
            length(mine).is_none_or(|mine| length(others).is_some_and(|others| others <= mine))
        };
        body && self.status == other.status
            && covers(self.endpoint.as_ref(), other.endpoint.as_ref())
            && covers(self.sent_token.as_ref(), other.sent_token.as_ref())
            && covers(self.sent_key.as_ref(), other.sent_key.as_ref())
            && covers(self.this_machine_listed.as_ref(), other.this_machine_listed.as_ref())
            && covers(self.method.as_ref(), other.method.as_ref())
            && at_least(&self.token_older_than, &other.token_older_than)
            && below(&self.token_younger_than, &other.token_younger_than)
            && at_least(&self.clock_skew_over, &other.clock_skew_over)
    }
}

pub(super) const fn verified() -> bool {
    true
}

/// Which kind of request was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EndpointKind {
    /// The one that buys a token.
    Exchange,
    /// Any other.
    Api,
}

/// What Keyturn may do by itself about an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum KeyturnAction {
    /// Nothing: it is the user's turn.
    #[default]
    None,
    /// Buy a new token once, and send the request once more.
    RenewOnce,
    /// Wait, longer each time, and send again.
    BackOff,
}
