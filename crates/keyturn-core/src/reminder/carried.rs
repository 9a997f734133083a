//! Tokens that left Keyturn: whoever holds a copy is not helped by a renewal here.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{ReminderId, ReminderKind, SeriesId, Step};
use crate::{CredentialId, CredentialRef, EnvironmentName};

/// A token that ends sooner than that is not reminded of: it is at its end before anybody forgets it.
const SHORTEST_CARRIED: TimeDelta = TimeDelta::minutes(10);
/// How long before its end it is reminded of, at most.
const AHEAD: TimeDelta = TimeDelta::hours(1);
/// And at most so much of what it had left: a part of five, so that 20 % are left then.
const PART: i32 = 5;
/// What ended longer ago helps nobody any more.
const FORGOTTEN_AFTER: TimeDelta = TimeDelta::days(1);

/// A token that was carried out of Keyturn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// Of which credential.
    pub credential: CredentialId,
    /// How the user names it.
    pub reference: CredentialRef,
    /// Of which environment.
    pub environment: EnvironmentName,
    /// How it left.
    pub how: CarriedHow,
    /// When it left.
    pub carried_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// Until when its reminder is snoozed.
    pub snoozed_until: Option<DateTime<Utc>>,
    /// When the user was told.
    pub told_at: Option<DateTime<Utc>>,
}

/// How a token left Keyturn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CarriedHow {
    /// It was copied to the clipboard.
    Copied,
    /// A program asked for it.
    Fetched,
}

impl Carried {
    /// A token that leaves now; `None` for one that ends too soon to be reminded of.
    #[must_use]
    pub fn new(
        credential: CredentialId,
        reference: CredentialRef,
        environment: EnvironmentName,
        how: CarriedHow,
        (carried_at, ends_at): (DateTime<Utc>, DateTime<Utc>),
    ) -> Option<Self> {
        (ends_at - carried_at >= SHORTEST_CARRIED).then_some(Self {
            credential,
            reference,
            environment,
            how,
            carried_at,
            ends_at,
            snoozed_until: None,
            told_at: None,
        })
    }

    /// When it is reminded of: an hour before its end, or when a fifth of what it had left is left.
    #[must_use]
    pub fn remind_at(&self) -> DateTime<Utc> {
        self.ends_at - AHEAD.min((self.ends_at - self.carried_at) / PART)
    }

    /// When it is to be told; `None` where it was, or where it is over.
    pub(super) fn comes_at(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if self.is_forgotten(now) {
            return None;
        }
        match (self.snoozed_until, self.told_at) {
            (Some(until), _) => Some(until),
            (None, None) => Some(self.remind_at()),
            (None, Some(_)) => None,
        }
    }

    pub(super) fn is_forgotten(&self, now: DateTime<Utc>) -> bool {
        now - self.ends_at > FORGOTTEN_AFTER
    }

    /// Whether it is a copy of a token of that credential's environment.
    pub(super) fn is_of(&self, credential: CredentialId, environment: &EnvironmentName) -> bool {
        self.credential == credential && self.environment == *environment
    }

    /// Names its one reminder.
    #[must_use]
    pub fn id(&self) -> ReminderId {
        let series = SeriesId {
            credential: self.credential,
            kind: ReminderKind::CarriedToken,
            item: self.environment.as_str().to_owned(),
            anchor: self.ends_at.date_naive(),
        };
        // To the second, as it is written.
        let ends_at = DateTime::from_timestamp(self.ends_at.timestamp(), 0);
        ReminderId { series, step: Step::Moment(ends_at.unwrap_or(self.ends_at)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carried(minutes_left: i64) -> Option<Carried> {
        let at = DateTime::from_timestamp(1_772_000_000, 0).unwrap();
        let ends_at = at + TimeDelta::minutes(minutes_left);
        Carried::new(
            CredentialId::make_random(),
            "deepvue/main".parse().unwrap(),
            "production".parse().unwrap(),
            CarriedHow::Copied,
            (at, ends_at),
        )
    }

    #[test]
    fn a_token_is_reminded_of_an_hour_before_its_end_and_a_short_one_at_a_fifth_of_its_life() {
        for (life, ahead) in [(24 * 60, 60), (300, 60), (100, 20), (10, 2)] {
            let carried = carried(life).unwrap();
            assert_eq!((carried.ends_at - carried.remind_at()).num_minutes(), ahead, "{life} min");
        }
        assert_eq!(carried(9), None);
        assert_eq!(carried(-5), None, "one that ended already");
    }

    #[test]
    fn what_ended_a_day_ago_is_forgotten() {
        let carried = carried(60).unwrap();
        let hours = |hours| carried.ends_at + TimeDelta::hours(hours);
        assert_eq!(carried.comes_at(hours(24)), Some(carried.remind_at()), "missed ones come");
        assert_eq!(carried.comes_at(hours(25)), None);
    }
}
