//! How far ahead of a day it is reminded, and at which time of the day.

use chrono::{NaiveDate, NaiveTime};
use keyturn_core::reminder::{ReminderSettings, leads};

/// When it is reminded of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LeadTimes {
    /// So many days ahead, the furthest first.
    leads: Vec<u32>,
    /// At this time of the user's day.
    at: NaiveTime,
}

/// A reminder of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lead {
    /// So many days before the day.
    pub(crate) ahead: u32,
    /// It comes on this day.
    pub(crate) on: NaiveDate,
    /// At this time of the user's day.
    pub(crate) at: NaiveTime,
}

impl LeadTimes {
    /// Takes them from the user's settings.
    pub(crate) fn new(settings: &ReminderSettings) -> Self {
        let mut leads: Vec<u32> = settings.lead_days.clone();
        leads.sort_unstable_by(|one, other| other.cmp(one));
        leads.dedup();
        Self { leads, at: settings.at }
    }

    /// The reminders of a day, the first one first; the day itself always counts. Those ahead of it
    /// that would have come before the key was there are none.
    pub(crate) fn of(
        &self,
        day: NaiveDate,
        since: Option<NaiveDate>,
    ) -> impl Iterator<Item = Lead> {
        let days = leads(&self.leads, day, since).chain([(0, day)]);
        days.map(|(ahead, on)| Lead { ahead, on, at: self.at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_itself_comes_last_and_no_day_twice() {
        let settings = ReminderSettings { lead_days: vec![1, 30, 0, 1], ..Default::default() };
        assert_eq!(of(&settings, None), [(30, "01-31"), (1, "02-29"), (0, "03-01")].map(owned));
    }

    #[test]
    fn what_would_come_before_the_key_was_there_is_left_out_and_the_day_itself_never() {
        let settings = ReminderSettings::default();
        let leads = of(&settings, Some("2028-02-23".parse().unwrap()));
        assert_eq!(leads, [(1, "02-29"), (0, "03-01")].map(owned), "seven days ahead is that day");
        let late = of(&settings, Some("2028-03-09".parse().unwrap()));
        assert_eq!(late, [(0, "03-01")].map(owned));
    }

    /// The reminders of the day after a leap day.
    fn of(settings: &ReminderSettings, since: Option<NaiveDate>) -> Vec<(u32, String)> {
        let leads = LeadTimes::new(settings);
        let day = "2028-03-01".parse().unwrap();
        leads.of(day, since).map(|lead| (lead.ahead, lead.on.format("%m-%d").to_string())).collect()
    }

    fn owned((ahead, on): (u32, &str)) -> (u32, String) {
        (ahead, on.to_owned())
    }
}
