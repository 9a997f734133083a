//! An access token and the state it is in.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::expiry::{Expiry, ExpirySource, Phase, phase};
use crate::{CredentialId, EnvironmentName, SecretString};

/// A live access token that a credential was exchanged for.
#[derive(Debug)]
pub struct Token {
    /// The credential that bought it.
    pub credential: CredentialId,
    /// The environment that issued it; a token is sent nowhere else.
    pub environment: EnvironmentName,
    /// The token itself.
    pub access_token: SecretString,
    /// Its type as the provider says, e.g. `bearer`.
    pub token_type: String,
    /// When the exchange was answered.
    pub issued_at: DateTime<Utc>,
    /// When it ends.
    pub expiry: Expiry,
    /// The version of the credential's secrets that bought it; it dies with that version.
    pub secret_version: u32,
}

/// What may be said of a token without showing it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenSummary {
    /// The environment that issued it.
    pub environment: EnvironmentName,
    /// When the exchange was answered.
    pub issued_at: DateTime<Utc>,
    /// When it ends.
    pub expiry: Expiry,
}

/// The state of a credential's token; the words of the command line's JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TokenState {
    /// There is no token, or the provider has none.
    None,
    /// It lives and has time left.
    Fresh,
    /// It lives but ends soon.
    Expiring,
    /// It has ended.
    Expired,
    /// It was alive when issued; nobody says until when.
    Unknown,
}

impl Token {
    /// What may be said of it without showing it.
    #[must_use]
    pub fn summary(&self) -> TokenSummary {
        TokenSummary {
            environment: self.environment.clone(),
            issued_at: self.issued_at,
            expiry: self.expiry,
        }
    }

    /// Whether it is known to live at least `min_ttl` longer. A token without a known end counts as
    /// living: only its provider can refuse it.
    #[must_use]
    pub fn lives_for(&self, min_ttl: TimeDelta, now: DateTime<Utc>) -> bool {
        self.expiry.at.is_none_or(|end| end - now > min_ttl)
    }
}

impl TokenSummary {
    /// The state at `now`.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>) -> TokenState {
        match (self.expiry.at, self.expiry.source) {
            (Some(end), _) => match phase(self.issued_at, end, now) {
                Phase::Fresh => TokenState::Fresh,
                Phase::Soon | Phase::Urgent => TokenState::Expiring,
                Phase::Expired => TokenState::Expired,
            },
            (None, ExpirySource::NoExpiry) => TokenState::Fresh,
            (None, _) => TokenState::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(expiry: Expiry) -> TokenSummary {
        let issued_at = DateTime::from_timestamp(1_772_000_000, 0).unwrap();
        TokenSummary { environment: "production".parse().unwrap(), issued_at, expiry }
    }

    #[test]
    fn a_token_without_a_known_end_is_unknown_and_never_fresh() {
        let token = summary(Expiry::UNKNOWN);
        assert_eq!(token.state(token.issued_at), TokenState::Unknown);
    }

    #[test]
    fn a_token_that_ended_before_it_was_issued_is_expired() {
        let past = DateTime::from_timestamp(1_000_000_000, 0);
        let token = summary(Expiry { at: past, source: ExpirySource::ResponseField });
        assert_eq!(token.state(token.issued_at), TokenState::Expired);
    }
}
