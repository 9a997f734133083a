//! An access token and the state it is in.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::expiry::{Countdown, Expiry, ExpirySource, Phase};
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
    /// What the next one is bought with, where the provider gave something (RFC 6749, section 6).
    pub refresh_token: Option<SecretString>,
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
    /// living, and so does one whose end is only learned: its provider alone can refuse it.
    #[must_use]
    pub fn lives_for(&self, min_ttl: TimeDelta, now: DateTime<Utc>) -> bool {
        let known = self.expiry.source != ExpirySource::Learned;
        !known || self.summary().left(now).is_none_or(|left| left > min_ttl)
    }
}

/// A token that was issued later than now by more than this was issued before the clock was set back.
const CLOCK_TOLERANCE: TimeDelta = TimeDelta::minutes(1);

impl TokenSummary {
    /// How long it has left. Never more than its whole life, whatever became of the clock.
    #[must_use]
    pub fn left(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        let end = self.expiry.at?;
        Some((end - now).min(end - self.issued_at))
    }

    /// When it is renewed, before anybody needs it: where this much of its life is left, in percent.
    /// `None` where nobody knows its end.
    #[must_use]
    pub fn renewal_due_at(&self, percent_left: u8) -> Option<DateTime<Utc>> {
        let end = self.expiry.at?;
        let life = end - self.issued_at;
        end.checked_sub_signed(life / 100 * i32::from(percent_left))
    }

    /// Whether it is due for renewal: it is near its end, or it was issued in the future. Then the
    /// clock was set back, and nothing that was reckoned by it holds.
    #[must_use]
    pub fn renewal_is_due(&self, percent_left: u8, now: DateTime<Utc>) -> bool {
        let clock_was_set_back = self.issued_at - now > CLOCK_TOLERANCE;
        let near_its_end = self.renewal_due_at(percent_left).is_some_and(|due| due <= now);
        near_its_end || (clock_was_set_back && self.expiry.at.is_some())
    }

    /// When it is soon over, and when that is urgent; `None` where nobody knows its end.
    #[must_use]
    pub fn warnings(&self, countdown: &Countdown) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        self.expiry.at.map(|end| countdown.warnings(self.issued_at, end))
    }

    /// The state at `now`.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>, countdown: &Countdown) -> TokenState {
        match (self.expiry.at, self.expiry.source) {
            (Some(end), _) => match countdown.phase(self.issued_at, end, now) {
                Phase::Fresh => TokenState::Fresh,
                Phase::Soon | Phase::Urgent => TokenState::Expiring,
                // Only its provider can say so.
                Phase::Expired if self.expiry.source == ExpirySource::Learned => {
                    TokenState::Unknown
                }
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
        assert_eq!(token.state(token.issued_at, &Countdown::default()), TokenState::Unknown);
    }

    fn day_token() -> TokenSummary {
        let token = summary(Expiry::UNKNOWN);
        let at = Some(token.issued_at + TimeDelta::hours(24));
        TokenSummary { expiry: Expiry { at, source: ExpirySource::ResponseField }, ..token }
    }

    /// DV10
    #[test]
    fn a_day_token_is_renewed_in_the_last_tenth_of_its_life() {
        let token = day_token();
        let after = |minutes| token.issued_at + TimeDelta::minutes(minutes);
        assert_eq!(token.renewal_due_at(10), Some(after(21 * 60 + 36)));
        assert!(!token.renewal_is_due(10, after(21 * 60 + 35)));
        assert!(token.renewal_is_due(10, after(21 * 60 + 36)));
    }

    #[test]
    fn a_clock_that_was_set_back_prolongs_no_life_and_makes_a_renewal_due() {
        let token = day_token();
        let set_back = token.issued_at - TimeDelta::days(1);
        assert_eq!(token.left(set_back), Some(TimeDelta::hours(24)));
        assert!(token.renewal_is_due(10, set_back));
        let hardly = token.issued_at - TimeDelta::seconds(30);
        assert!(!token.renewal_is_due(10, hardly), "clocks are corrected by little all the time");
        let unknown = summary(Expiry::UNKNOWN);
        assert!(!unknown.renewal_is_due(10, set_back), "nothing was reckoned for it");
    }

    /// DE2, DC4
    #[test]
    fn a_learned_end_renews_and_never_ends_a_token() {
        let token = day_token();
        let expiry = Expiry { source: ExpirySource::Learned, ..token.expiry };
        let token = TokenSummary { expiry, ..token };
        let later = token.issued_at + TimeDelta::hours(30);
        assert!(token.renewal_is_due(10, later));
        assert_eq!(token.state(later, &Countdown::default()), TokenState::Unknown);
        assert_eq!(token.state(token.issued_at, &Countdown::default()), TokenState::Fresh);
    }

    #[test]
    fn a_token_that_ended_before_it_was_issued_is_expired() {
        let past = DateTime::from_timestamp(1_000_000_000, 0);
        let token = summary(Expiry { at: past, source: ExpirySource::ResponseField });
        assert_eq!(token.state(token.issued_at, &Countdown::default()), TokenState::Expired);
    }
}
