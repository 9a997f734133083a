//! When a long-lived key is due to be replaced. Dates are days of the user's calendar.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// Days before the due date from which a key counts as due.
pub const DUE_WITHIN_DAYS: i64 = 14;

/// What is known about when a key should be replaced.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RotationPolicy {
    /// The day the key was issued, or last replaced.
    pub issued_on: Option<NaiveDate>,
    /// The day the key itself ends, as the provider said.
    pub expires_on: Option<NaiveDate>,
    /// How many days a key may live by the user's rule; at least 1.
    pub rotate_every_days: Option<u32>,
}

/// Where a credential's rotation stands; the words of the command line's JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RotationState {
    /// Nothing is known that would end it.
    None,
    /// It is dated, and the date is far.
    Ok,
    /// Its date is at most [`DUE_WITHIN_DAYS`] away.
    Due,
    /// Its date has passed.
    Overdue,
    /// A replacement was asked for.
    Requested,
    /// The replacement is stored beside the old key.
    Issued,
    /// The replacement is known to work.
    Verified,
    /// The provider was told that the replacement arrived.
    Confirmed,
    /// The replacement is the one in use.
    Promoted,
    /// The old key is being retired.
    Retiring,
}

/// Why a key is due on its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DueReason {
    /// The key itself ends.
    Expires,
    /// The user's interval is over.
    Interval,
}

/// The day a key is due, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The day.
    pub on: NaiveDate,
    /// Why.
    pub reason: DueReason,
}

impl RotationPolicy {
    /// The earlier of the key's own end and the interval's; `created_on` stands in for an unknown
    /// day of issue.
    #[must_use]
    pub fn due(&self, created_on: NaiveDate) -> Option<Due> {
        let interval = self.rotate_every_days.and_then(|days| {
            let from = self.issued_on.unwrap_or(created_on);
            from.checked_add_days(Days::new(u64::from(days)))
        });
        let expires = self.expires_on.map(|on| Due { on, reason: DueReason::Expires });
        let interval = interval.map(|on| Due { on, reason: DueReason::Interval });
        [expires, interval].into_iter().flatten().min_by_key(|due| due.on)
    }
}

/// Where a key stands that is due on `due`, seen from `today`.
#[must_use]
pub fn state(due: Option<Due>, today: NaiveDate) -> RotationState {
    match due.map(|due| (due.on - today).num_days()) {
        None => RotationState::None,
        Some(left) if left < 0 => RotationState::Overdue,
        Some(left) if left <= DUE_WITHIN_DAYS => RotationState::Due,
        Some(_) => RotationState::Ok,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_earlier_of_interval_and_own_end_is_due() {
        let policy = RotationPolicy {
            issued_on: Some(day("2026-01-01")),
            expires_on: Some(day("2026-12-31")),
            rotate_every_days: Some(90),
        };
        let due = policy.due(day("2026-05-05")).unwrap();
        assert_eq!(due, Due { on: day("2026-04-01"), reason: DueReason::Interval });
    }

    #[test]
    fn an_interval_without_day_of_issue_counts_from_when_the_key_was_added() {
        let policy = RotationPolicy { rotate_every_days: Some(1), ..RotationPolicy::default() };
        assert_eq!(policy.due(day("2028-02-28")).unwrap().on, day("2028-02-29"));
    }

    #[test]
    fn a_key_is_due_14_days_ahead_and_overdue_the_day_after() {
        let due = Some(Due { on: day("2026-06-15"), reason: DueReason::Expires });
        assert_eq!(state(due, day("2026-05-31")), RotationState::Ok);
        assert_eq!(state(due, day("2026-06-01")), RotationState::Due);
        assert_eq!(state(due, day("2026-06-15")), RotationState::Due);
        assert_eq!(state(due, day("2026-06-16")), RotationState::Overdue);
        assert_eq!(state(None, day("2026-06-16")), RotationState::None);
    }
}
