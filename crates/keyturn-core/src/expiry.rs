//! When a token ends: the earliest of what is known, and who said so (acceptance X4).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Who says when a token ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ExpirySource {
    /// A field of the provider's answer.
    ResponseField,
    /// The token's own `exp` claim (RFC 7519, section 4.1.4).
    JwtClaim,
    /// Issue time plus the lifetime that the provider documents.
    DocumentedLifetime,
    /// Issue time plus the shortest age at which the provider was seen to call a token ended. A
    /// guess: it renews early and counts down, and no token is given up for it.
    Learned,
    /// The user said so, where nobody else does.
    User,
    /// The provider says that it never expires.
    NoExpiry,
    /// Nobody says. Never to be read as "never".
    Unknown,
}

/// A token's end with its source. `at` is `None` exactly for [`ExpirySource::NoExpiry`] and
/// [`ExpirySource::Unknown`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expiry {
    /// When it ends.
    pub at: Option<DateTime<Utc>>,
    /// Who says so.
    pub source: ExpirySource,
}

impl Expiry {
    /// Nobody says when it ends.
    pub const UNKNOWN: Self = Self { at: None, source: ExpirySource::Unknown };
    /// The provider says that it does not end.
    pub const NONE: Self = Self { at: None, source: ExpirySource::NoExpiry };

    /// The earliest of what is known; of two equal times the one named first wins.
    #[must_use]
    pub fn earliest(
        response_field: Option<DateTime<Utc>>,
        jwt_claim: Option<DateTime<Utc>>,
        documented_lifetime: Option<DateTime<Utc>>,
    ) -> Self {
        [
            (response_field, ExpirySource::ResponseField),
            (jwt_claim, ExpirySource::JwtClaim),
            (documented_lifetime, ExpirySource::DocumentedLifetime),
        ]
        .into_iter()
        .filter_map(|(at, source)| Some((at?, source)))
        .min_by_key(|(at, _)| *at)
        .map_or(Self::UNKNOWN, |(at, source)| Self { at: Some(at), source })
    }
}

/// How much of its life a dated thing has left. Thresholds: a life of at most 48 h is soon over at
/// 20 % and urgent at 5 %; a longer one at 14 and 3 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Nothing to do.
    Fresh,
    /// It ends soon.
    Soon,
    /// It ends very soon.
    Urgent,
    /// It has ended.
    Expired,
}

/// Tells the phase at `now` of what began at `issued_at` and ends at `expires_at`.
#[must_use]
pub fn phase(issued_at: DateTime<Utc>, expires_at: DateTime<Utc>, now: DateTime<Utc>) -> Phase {
    let left = expires_at - now;
    if left <= TimeDelta::zero() {
        return Phase::Expired;
    }
    let life = expires_at - issued_at;
    let (soon, urgent) = if life <= TimeDelta::hours(48) {
        (life / 5, life / 20)
    } else {
        (TimeDelta::days(14), TimeDelta::days(3))
    };
    if left <= urgent {
        Phase::Urgent
    } else if left <= soon {
        Phase::Soon
    } else {
        Phase::Fresh
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_772_000_000 + seconds, 0).unwrap()
    }

    #[test]
    fn x4_the_earliest_known_end_counts_and_names_its_source() {
        let expiry = Expiry::earliest(Some(at(90)), Some(at(60)), Some(at(80)));
        assert_eq!(expiry, Expiry { at: Some(at(60)), source: ExpirySource::JwtClaim });
        let tie = Expiry::earliest(Some(at(60)), Some(at(60)), None);
        assert_eq!(tie.source, ExpirySource::ResponseField);
    }

    #[test]
    fn x4_no_known_end_is_unknown_and_not_never() {
        assert_eq!(Expiry::earliest(None, None, None).source, ExpirySource::Unknown);
    }

    #[test]
    fn a_day_token_is_soon_over_at_4_h_48_m_and_urgent_at_72_m() {
        let day = 86_400;
        let phase_with = |left: i64| phase(at(0), at(day), at(day - left));
        assert_eq!(phase_with(4 * 3_600 + 48 * 60 + 1), Phase::Fresh);
        assert_eq!(phase_with(4 * 3_600 + 48 * 60), Phase::Soon);
        assert_eq!(phase_with(72 * 60), Phase::Urgent);
        assert_eq!(phase_with(0), Phase::Expired);
    }

    #[test]
    fn a_year_key_is_soon_over_at_14_days() {
        let year = 365 * 86_400;
        assert_eq!(phase(at(0), at(year), at(year - 14 * 86_400)), Phase::Soon);
        assert_eq!(phase(at(0), at(year), at(year - 3 * 86_400)), Phase::Urgent);
    }
}
