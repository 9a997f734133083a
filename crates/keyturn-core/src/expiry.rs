//! When a token ends: the earliest of what is known, and who said so (acceptance X4).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

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

/// A life of at most so many hours is short: a share of it counts, and not days.
const SHORT_LIFE_HOURS: i64 = 48;
/// The largest share of a short life, in percent.
const LARGEST_PERCENT: u32 = 90;
/// The most days of a long one.
const MOST_DAYS: u32 = 365;

/// From when on a dated thing ends soon, and very soon: as the user has it, everywhere alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(default)]
pub struct Countdown {
    /// How much of a short life, one of at most 48 h, is left when it is soon over; in percent.
    pub short_soon_percent: u32,
    /// How much of it is left when that is urgent.
    pub short_urgent_percent: u32,
    /// How many days of a longer life are left when it is soon over.
    pub long_soon_days: u32,
    /// How many of them are left when that is urgent.
    pub long_urgent_days: u32,
}

/// Says why a countdown cannot be like that.
#[derive(Debug, Clone, Copy, Error, PartialEq, Eq)]
pub enum CountdownError {
    /// A share is none, or nearly the whole life.
    #[error("a share of a life is 1 to {LARGEST_PERCENT} percent, and not {percent}")]
    Percent {
        /// What was given.
        percent: u32,
    },
    /// There are no days, or more than a year of them.
    #[error("a countdown begins 1 to {MOST_DAYS} days before the end, and not {days}")]
    Days {
        /// What was given.
        days: u32,
    },
    /// It would be urgent before it is soon.
    #[error("urgent begins after soon, so with less left: {urgent} is not less than {soon}")]
    Order {
        /// What is left when it is soon.
        soon: u32,
        /// What is left when it is urgent.
        urgent: u32,
    },
}

impl Default for Countdown {
    fn default() -> Self {
        Self {
            short_soon_percent: 20,
            short_urgent_percent: 5,
            long_soon_days: 14,
            long_urgent_days: 3,
        }
    }
}

impl Countdown {
    /// Refuses shares and days that warn of nothing, or always, and an order the wrong way round.
    pub fn check(&self) -> Result<(), CountdownError> {
        let shares = (self.short_soon_percent, self.short_urgent_percent);
        let days = (self.long_soon_days, self.long_urgent_days);
        for percent in [shares.0, shares.1] {
            if !(1..=LARGEST_PERCENT).contains(&percent) {
                return Err(CountdownError::Percent { percent });
            }
        }
        for days in [days.0, days.1] {
            if !(1..=MOST_DAYS).contains(&days) {
                return Err(CountdownError::Days { days });
            }
        }
        let wrong = [shares, days].into_iter().find(|(soon, urgent)| urgent >= soon);
        wrong.map_or(Ok(()), |(soon, urgent)| Err(CountdownError::Order { soon, urgent }))
    }

    /// When what began and ends then is soon over, and when that is urgent.
    #[must_use]
    pub fn warnings(
        &self,
        issued_at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> (DateTime<Utc>, DateTime<Utc>) {
        let life = expires_at - issued_at;
        let share = |percent: u32| life / 100 * i32::try_from(percent).unwrap_or(i32::MAX);
        let days = |days: u32| TimeDelta::days(days.into());
        let (soon, urgent) = if life <= TimeDelta::hours(SHORT_LIFE_HOURS) {
            (share(self.short_soon_percent), share(self.short_urgent_percent))
        } else {
            (days(self.long_soon_days), days(self.long_urgent_days))
        };
        let before = |span| expires_at.checked_sub_signed(span).unwrap_or(issued_at);
        (before(soon), before(urgent))
    }

    /// Tells the phase at `now` of what began at `issued_at` and ends at `expires_at`.
    #[must_use]
    pub fn phase(
        &self,
        issued_at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Phase {
        let (soon, urgent) = self.warnings(issued_at, expires_at);
        if now >= expires_at {
            Phase::Expired
        } else if now >= urgent {
            Phase::Urgent
        } else if now >= soon {
            Phase::Soon
        } else {
            Phase::Fresh
        }
    }
}

/// How much of its life a dated thing has left, by a [`Countdown`].
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
        let phase_with = |left: i64| Countdown::default().phase(at(0), at(day), at(day - left));
        assert_eq!(phase_with(4 * 3_600 + 48 * 60 + 1), Phase::Fresh);
        assert_eq!(phase_with(4 * 3_600 + 48 * 60), Phase::Soon);
        assert_eq!(phase_with(72 * 60), Phase::Urgent);
        assert_eq!(phase_with(0), Phase::Expired);
    }

    #[test]
    fn a_year_key_is_soon_over_at_14_days() {
        let year = 365 * 86_400;
        let phase_with = |left| Countdown::default().phase(at(0), at(year), at(year - left));
        assert_eq!(phase_with(14 * 86_400 + 1), Phase::Fresh);
        assert_eq!(phase_with(14 * 86_400), Phase::Soon);
        assert_eq!(phase_with(3 * 86_400), Phase::Urgent);
    }

    #[test]
    fn chosen_thresholds_count_instead() {
        let chosen = Countdown {
            short_soon_percent: 50,
            short_urgent_percent: 25,
            long_soon_days: 60,
            long_urgent_days: 30,
        };
        chosen.check().unwrap();
        let (day, year) = (86_400, 365 * 86_400);
        assert_eq!(chosen.phase(at(0), at(day), at(day / 2 - 1)), Phase::Fresh);
        assert_eq!(chosen.warnings(at(0), at(day)), (at(day / 2), at(day / 4 * 3)));
        assert_eq!(chosen.phase(at(0), at(year), at(year - 60 * day)), Phase::Soon);
        assert_eq!(chosen.phase(at(0), at(year), at(year - 30 * day)), Phase::Urgent);
    }

    #[test]
    fn thresholds_that_warn_of_nothing_or_out_of_order_are_refused() {
        let plain = Countdown::default;
        for refused in [
            Countdown { short_soon_percent: 91, ..plain() },
            Countdown { short_urgent_percent: 0, ..plain() },
            Countdown { short_urgent_percent: 20, ..plain() },
            Countdown { long_soon_days: 366, ..plain() },
            Countdown { long_urgent_days: 0, ..plain() },
            Countdown { long_urgent_days: 15, ..plain() },
        ] {
            assert!(refused.check().is_err(), "{refused:?}");
        }
        plain().check().unwrap();
    }
}
