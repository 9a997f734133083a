//! When a long-lived key is due to be replaced. Dates are days of the user's calendar.
//!
//! [`Policies`] is the one place that knows the whole rule: what is said of the credential itself wins
//! over its provider's interval, and that over the general one; the key's own end counts in any case.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Rotation;
use crate::reminder::ReminderSettings;
use crate::{Credential, ProviderId};

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
    /// The day on which the user wants to replace it.
    #[serde(default)]
    pub replace_on: Option<NaiveDate>,
    /// Whether no rule applies to it: its age is shown, and nobody is reminded of it. A key that ends by
    /// itself is reminded of all the same.
    #[serde(default)]
    pub age_only: bool,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DueReason {
    /// The key itself ends.
    Expires,
    /// The user's interval is over.
    Interval,
    /// The user chose the day.
    FixedDate,
    /// It never ends by itself, and is old by the user's interval.
    Age,
}

/// The day a key is due, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The day.
    pub on: NaiveDate,
    /// Why.
    pub reason: DueReason,
}

/// The rules in force: intervals for all keys and for those of single providers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policies {
    every_days: Option<u32>,
    by_provider: BTreeMap<ProviderId, u32>,
    never_ending: BTreeSet<ProviderId>,
}

impl Policies {
    /// Takes the intervals of the settings; `never_ending` are the providers that say that their keys
    /// never end by themselves.
    pub fn new(
        settings: &ReminderSettings,
        never_ending: impl IntoIterator<Item = ProviderId>,
    ) -> Self {
        let intervals = settings.providers.iter();
        Self {
            every_days: settings.rotate_every_days,
            by_provider: intervals
                .map(|policy| (policy.provider.clone(), policy.rotate_every_days))
                .collect(),
            never_ending: never_ending.into_iter().collect(),
        }
    }

    /// The day a credential's key is due, and why: the earlier of its own end and of what the rules say.
    #[must_use]
    pub fn due(&self, credential: &Credential) -> Option<Due> {
        let own_end = own_end(credential);
        [own_end, self.by_rule(credential)].into_iter().flatten().min_by_key(|due| due.on)
    }

    /// The same, seen from `today`: a compromised key that is still in use is to be replaced today at the
    /// latest.
    #[must_use]
    pub fn due_by(&self, credential: &Credential, today: NaiveDate) -> Option<Due> {
        let now = Due { on: today, reason: DueReason::FixedDate };
        let urgent = is_open_emergency(credential).then_some(now);
        [self.due(credential), urgent].into_iter().flatten().min_by_key(|due| due.on)
    }

    /// The day a credential's key is to be replaced by the rules alone.
    #[must_use]
    pub fn by_rule(&self, credential: &Credential) -> Option<Due> {
        if credential.rotation.age_only {
            return None;
        }
        let chosen = credential.rotation.replace_on;
        let chosen = chosen.map(|on| Due { on, reason: DueReason::FixedDate });
        let interval = self.interval_days(credential).and_then(|days| {
            let on = in_use_since(credential).checked_add_days(Days::new(u64::from(days)))?;
            Some(Due { on, reason: self.interval_reason(credential) })
        });
        [chosen, interval].into_iter().flatten().min_by_key(|due| due.on)
    }

    /// After how many days the credential's key is to be replaced: its own interval, and where nothing
    /// is said of it, its provider's or the general one.
    #[must_use]
    pub fn interval_days(&self, credential: &Credential) -> Option<u32> {
        let policy = &credential.rotation;
        if policy.age_only {
            return None;
        }
        if policy.rotate_every_days.is_some() || policy.replace_on.is_some() {
            return policy.rotate_every_days;
        }
        self.by_provider.get(&credential.provider).copied().or(self.every_days)
    }

    /// Where its rotation stands: the stage of the one under way, or else its due day. One that only began
    /// changes nothing about that. A compromised key is overdue until another one is in use.
    #[must_use]
    pub fn state(&self, credential: &Credential, today: NaiveDate) -> RotationState {
        if is_open_emergency(credential) {
            return RotationState::Overdue;
        }
        let under_way = credential.rotating.as_ref().and_then(Rotation::state);
        under_way.unwrap_or_else(|| state(self.due(credential), today))
    }

    fn interval_reason(&self, credential: &Credential) -> DueReason {
        let ends = credential.rotation.expires_on.is_some();
        if !ends && self.never_ending.contains(&credential.provider) {
            DueReason::Age
        } else {
            DueReason::Interval
        }
    }
}

fn is_open_emergency(credential: &Credential) -> bool {
    credential.rotating.as_ref().is_some_and(Rotation::is_open_emergency)
}

/// The day the key itself ends.
#[must_use]
pub fn own_end(credential: &Credential) -> Option<Due> {
    credential.rotation.expires_on.map(|on| Due { on, reason: DueReason::Expires })
}

/// The day of issue; the day it was added stands in for an unknown one.
#[must_use]
pub fn in_use_since(credential: &Credential) -> NaiveDate {
    credential.rotation.issued_on.unwrap_or_else(|| credential.created_at.date_naive())
}

/// Since when a key counts that is due for this reason: an interval counts from the day it was added
/// where nobody said when it was issued.
#[must_use]
pub fn counts_since(credential: &Credential, reason: DueReason) -> Option<NaiveDate> {
    match reason {
        DueReason::Interval | DueReason::Age => Some(in_use_since(credential)),
        DueReason::Expires | DueReason::FixedDate => credential.rotation.issued_on,
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
    use crate::CredentialId;
    use crate::reminder::ProviderPolicy;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn credential(created: &str, rotation: &RotationPolicy) -> Credential {
        let value = serde_json::json!({
            "id": CredentialId::make_random(), "provider": "acme", "name": "main",
            "environments": ["production"], "fields": [], "rotation": rotation,
            "reveal": "captured", "secret_version": 1,
            "created_at": format!("{created}T12:00:00Z"),
            "updated_at": format!("{created}T12:00:00Z"),
        });
        serde_json::from_value(value).unwrap()
    }

    fn policies(every: Option<u32>, acme: Option<u32>) -> Policies {
        let provider = "acme".parse().unwrap();
        let providers =
            acme.map(|rotate_every_days| ProviderPolicy { provider, rotate_every_days });
        let settings = ReminderSettings {
            rotate_every_days: every,
            providers: providers.into_iter().collect(),
            ..ReminderSettings::default()
        };
        Policies::new(&settings, [])
    }

    #[test]
    fn the_earlier_of_interval_chosen_day_and_own_end_is_due() {
        let mut rotation = RotationPolicy {
            issued_on: Some(day("2026-01-01")),
            expires_on: Some(day("2026-12-31")),
            rotate_every_days: Some(90),
            ..RotationPolicy::default()
        };
        let due = |rotation: &RotationPolicy| {
            Policies::default().due(&credential("2026-05-05", rotation)).unwrap()
        };
        let interval = Due { on: day("2026-04-01"), reason: DueReason::Interval };
        assert_eq!(due(&rotation), interval);
        rotation.replace_on = Some(day("2026-03-01"));
        let chosen = Due { on: day("2026-03-01"), reason: DueReason::FixedDate };
        assert_eq!(due(&rotation), chosen);
        rotation.expires_on = Some(day("2026-02-28"));
        assert_eq!(due(&rotation).reason, DueReason::Expires);
    }

    #[test]
    fn an_interval_without_day_of_issue_counts_from_when_the_key_was_added() {
        let policy = RotationPolicy { rotate_every_days: Some(1), ..RotationPolicy::default() };
        let key = credential("2028-02-28", &policy);
        assert_eq!(Policies::default().due(&key).unwrap().on, day("2028-02-29"));
    }

    #[test]
    fn the_most_specific_rule_wins() {
        let due = |policies: &Policies, rotation: RotationPolicy| {
            policies.due(&credential("2026-01-01", &rotation)).map(|due| due.on)
        };
        let plain = RotationPolicy::default;
        assert_eq!(due(&policies(None, None), plain()), None);
        assert_eq!(due(&policies(Some(10), None), plain()), Some(day("2026-01-11")));
        assert_eq!(due(&policies(Some(10), Some(20)), plain()), Some(day("2026-01-21")));
        let own = RotationPolicy { rotate_every_days: Some(30), ..plain() };
        assert_eq!(due(&policies(Some(10), Some(20)), own), Some(day("2026-01-31")));
        let chosen = RotationPolicy { replace_on: Some(day("2027-01-01")), ..plain() };
        assert_eq!(due(&policies(Some(10), Some(20)), chosen), Some(day("2027-01-01")));
        let ends = RotationPolicy { expires_on: Some(day("2026-06-01")), ..plain() };
        assert_eq!(due(&policies(Some(10), None), ends), Some(day("2026-01-11")));
    }

    #[test]
    fn a_key_of_which_only_the_age_is_shown_is_due_by_no_rule_but_by_its_own_end() {
        let age_only = RotationPolicy { age_only: true, ..RotationPolicy::default() };
        let all = policies(Some(10), Some(20));
        assert_eq!(all.due(&credential("2026-01-01", &age_only)), None);
        let ends = RotationPolicy { expires_on: Some(day("2026-06-01")), ..age_only };
        let due = all.due(&credential("2026-01-01", &ends)).unwrap();
        assert_eq!(due, Due { on: day("2026-06-01"), reason: DueReason::Expires });
    }

    /// DC2: the provider says that its keys never end.
    #[test]
    fn dc2_a_key_that_never_ends_is_due_by_its_age() {
        let policy = RotationPolicy { rotate_every_days: Some(180), ..RotationPolicy::default() };
        let key = credential("2026-01-01", &policy);
        let never = Policies::new(&ReminderSettings::default(), ["acme".parse().unwrap()]);
        assert_eq!(never.due(&key).unwrap().reason, DueReason::Age);
        assert_eq!(Policies::default().due(&key).unwrap().reason, DueReason::Interval);
    }

    #[test]
    fn an_interval_beyond_the_calendar_is_never_due() {
        let policy =
            RotationPolicy { rotate_every_days: Some(u32::MAX), ..RotationPolicy::default() };
        assert_eq!(Policies::default().due(&credential("2026-01-01", &policy)), None);
    }

    #[test]
    fn a_compromised_key_is_overdue_until_another_one_is_in_use() {
        let today = day("2026-06-15");
        let mut key = credential("2026-01-01", &RotationPolicy::default());
        let route = crate::rotation::Route {
            requested: true,
            confirmed: false,
            old_key: crate::rotation::OldKeyEnd::Unknown,
        };
        let mut rotating = Rotation::start(route, chrono::DateTime::UNIX_EPOCH);
        let declared_at = rotating.started_at;
        rotating.declare(crate::rotation::Emergency { declared_at, note: None });
        rotating.stage = crate::RotationStage::Requested;
        key.rotating = Some(rotating.clone());
        let policies = Policies::default();
        assert_eq!(policies.state(&key, today), RotationState::Overdue);
        assert_eq!(policies.due_by(&key, today).unwrap().on, today);
        rotating.stage = crate::RotationStage::Promoted;
        rotating.promoted_at = Some(declared_at);
        key.rotating = Some(rotating);
        assert_eq!(policies.state(&key, today), RotationState::Promoted);
        assert_eq!(policies.due_by(&key, today), None);
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
