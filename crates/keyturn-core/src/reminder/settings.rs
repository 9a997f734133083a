//! How and when the user wants to be reminded, and how long keys may live by the user's rules.

use chrono::{DateTime, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ProviderId;
use crate::expiry::{Countdown, CountdownError};

/// The longest interval, in days: a hundred years are refused.
const LONGEST_INTERVAL_DAYS: u32 = 36_500;
/// The longest lead time, in days.
const LONGEST_LEAD_DAYS: u32 = 365;
/// So many lead times at most.
const MOST_LEADS: usize = 20;

/// How and when it is reminded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(default)]
pub struct ReminderSettings {
    /// How many days ahead, each one a reminder. The day itself always is one.
    pub lead_days: Vec<u32>,
    /// At which time of the user's day.
    pub at: NaiveTime,
    /// From when on nothing is told.
    pub quiet_from: Option<NaiveTime>,
    /// Until when nothing is told.
    pub quiet_until: Option<NaiveTime>,
    /// Whether notifications leave names out while the vault is locked.
    pub hide_names: bool,
    /// Until when all reminders are silent.
    pub paused_until: Option<DateTime<Utc>>,
    /// After how many days a key is to be replaced that nothing else is said of; `None` for never.
    pub rotate_every_days: Option<u32>,
    /// The same for the keys of single providers.
    pub providers: Vec<ProviderPolicy>,
    /// From when on a token ends soon, and very soon.
    pub countdown: Countdown,
}

/// How long the keys of a provider may live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ProviderPolicy {
    /// Which provider.
    pub provider: ProviderId,
    /// After how many days a key is to be replaced.
    pub rotate_every_days: u32,
}

/// Says why it cannot be reminded like that.
#[derive(Debug, Clone, Error, PartialEq, Eq)]
pub enum ReminderSettingsError {
    /// An interval is none, or of a hundred years and more.
    #[error("an interval is 1 to {LONGEST_INTERVAL_DAYS} days, and not {days}")]
    Interval {
        /// What was given.
        days: u32,
    },
    /// A lead time is longer than a year.
    #[error("a lead time is at most {LONGEST_LEAD_DAYS} days, and not {days}")]
    Lead {
        /// What was given.
        days: u32,
    },
    /// There are too many lead times.
    #[error("there are at most {MOST_LEADS} lead times")]
    ManyLeads,
    /// Quiet hours have one end only, or both at the same time.
    #[error("quiet hours need a beginning and another time as their end")]
    Quiet,
    /// A provider is named twice.
    #[error("the provider {provider} has two intervals")]
    Twice {
        /// Which one.
        provider: ProviderId,
    },
    /// All reminders would be silent for more than a year.
    #[error("reminders pause for a year at most")]
    LongPause,
    /// A countdown warns of nothing, or out of order.
    #[error(transparent)]
    Countdown(#[from] CountdownError),
}

/// Refuses an interval of 0 days, or of a hundred years and more.
pub const fn check_interval(days: u32) -> Result<(), ReminderSettingsError> {
    match days {
        1..=LONGEST_INTERVAL_DAYS => Ok(()),
        _ => Err(ReminderSettingsError::Interval { days }),
    }
}

impl Default for ReminderSettings {
    fn default() -> Self {
        Self {
            lead_days: vec![30, 14, 7, 1],
            at: NaiveTime::from_hms_opt(9, 0, 0).expect("nine o'clock is a time"),
            quiet_from: None,
            quiet_until: None,
            hide_names: false,
            paused_until: None,
            rotate_every_days: None,
            providers: Vec::new(),
            countdown: Countdown::default(),
        }
    }
}

impl ReminderSettings {
    /// Checks all of it, and puts the lead times in order: the longest first, none twice, and the day
    /// itself, which needs no lead time, left out. A pause that is over is none.
    pub fn checked(mut self, now: DateTime<Utc>) -> Result<Self, ReminderSettingsError> {
        self.countdown.check()?;
        if let Some(days) = self.rotate_every_days {
            check_interval(days)?;
        }
        for (at, policy) in self.providers.iter().enumerate() {
            check_interval(policy.rotate_every_days)?;
            let provider = &policy.provider;
            if self.providers.iter().take(at).any(|before| before.provider == *provider) {
                return Err(ReminderSettingsError::Twice { provider: provider.clone() });
            }
        }
        if let Some(days) = self.lead_days.iter().copied().find(|days| *days > LONGEST_LEAD_DAYS) {
            return Err(ReminderSettingsError::Lead { days });
        }
        self.lead_days.retain(|days| *days > 0);
        self.lead_days.sort_unstable_by(|one, other| other.cmp(one));
        self.lead_days.dedup();
        if self.lead_days.len() > MOST_LEADS {
            return Err(ReminderSettingsError::ManyLeads);
        }
        match (self.quiet_from, self.quiet_until) {
            (None, None) => {}
            (Some(from), Some(until)) if from != until => {}
            _ => return Err(ReminderSettingsError::Quiet),
        }
        self.paused_until = self.paused_until.filter(|until| *until > now);
        if self.paused_until.is_some_and(|until| (until - now).num_days() > 366) {
            return Err(ReminderSettingsError::LongPause);
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(
        change: impl FnOnce(&mut ReminderSettings),
    ) -> Result<ReminderSettings, ReminderSettingsError> {
        let mut settings = ReminderSettings::default();
        change(&mut settings);
        settings.checked(DateTime::UNIX_EPOCH)
    }

    #[test]
    fn lead_times_are_put_in_order() {
        let settings = checked(|settings| settings.lead_days = vec![0, 1, 60, 7, 60]).unwrap();
        assert_eq!(settings.lead_days, [60, 7, 1]);
        assert_eq!(checked(|settings| settings.lead_days.clear()).unwrap().lead_days, [0; 0]);
    }

    #[test]
    fn intervals_of_0_and_of_100_years_are_refused_everywhere() {
        let policy = |name: &str, days| ProviderPolicy {
            provider: name.parse().unwrap(),
            rotate_every_days: days,
        };
        for days in [0, 36_501, u32::MAX] {
            let refused = Err(ReminderSettingsError::Interval { days });
            assert_eq!(checked(|settings| settings.rotate_every_days = Some(days)), refused);
            assert_eq!(checked(|settings| settings.providers.push(policy("acme", days))), refused);
        }
        assert!(checked(|settings| settings.rotate_every_days = Some(36_500)).is_ok());
        let twice = vec![policy("acme", 1), policy("acme", 2)];
        let refused = checked(|settings| settings.providers = twice).unwrap_err();
        assert!(matches!(refused, ReminderSettingsError::Twice { .. }), "{refused:?}");
    }

    #[test]
    fn half_of_quiet_hours_or_a_whole_quiet_day_is_refused() {
        let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0);
        for (from, until) in [(time(22), None), (None, time(7)), (time(7), time(7))] {
            let refused = checked(|settings| {
                (settings.quiet_from, settings.quiet_until) = (from, until);
            });
            assert_eq!(refused, Err(ReminderSettingsError::Quiet));
        }
    }

    #[test]
    fn a_countdown_out_of_order_is_refused() {
        let refused = checked(|settings| settings.countdown.short_urgent_percent = 20);
        let order = CountdownError::Order { soon: 20, urgent: 20 };
        assert_eq!(refused, Err(ReminderSettingsError::Countdown(order)));
    }

    #[test]
    fn settings_of_an_older_vault_have_their_defaults() {
        let read: ReminderSettings = serde_json::from_str("{}").unwrap();
        assert_eq!(read, ReminderSettings::default());
    }
}
