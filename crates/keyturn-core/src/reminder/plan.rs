//! Which days of a series are reminders, and when a day's reminder comes.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::{About, Memory, ReminderSettings, Subject};
use crate::Clock;

/// What nobody saw to comes again after so many days.
const AGAIN_DAYS: u32 = 7;

/// The days of a series: those ahead of the day that it leads to, that day, and those after it.
pub(super) struct Ladder<'a> {
    anchor: NaiveDate,
    lead_days: &'a [u32],
    since: Option<NaiveDate>,
    again_days: u32,
    /// Whether it is silent after its day, once the user saw to it.
    until_seen: bool,
}

impl<'a> Ladder<'a> {
    pub(super) fn of(subject: &Subject, settings: &'a ReminderSettings) -> Self {
        let anchor = subject.anchor();
        let none = Ladder {
            anchor,
            lead_days: &[],
            since: None,
            again_days: AGAIN_DAYS,
            until_seen: true,
        };
        match &subject.about {
            About::Due { since, .. } => {
                Ladder { lead_days: &settings.lead_days, since: *since, ..none }
            }
            About::Requested { nudge_days, .. } => {
                Ladder { again_days: *nudge_days, until_seen: false, ..none }
            }
            About::Checklist { .. } | About::CheckFailed { .. } => none,
        }
    }

    /// The newest step that is not after `reached`.
    pub(super) fn latest(&self, reached: NaiveDate, memory: Option<&Memory>) -> Option<NaiveDate> {
        if reached < self.anchor {
            return self.leads().filter(|day| *day <= reached).max();
        }
        if self.ends_at_anchor(memory) {
            return Some(self.anchor);
        }
        let again = i64::from(self.again_days);
        let past = (reached - self.anchor).num_days();
        Some(self.anchor + TimeDelta::days(past / again * again))
    }

    /// The first step after `day`.
    pub(super) fn next(&self, day: NaiveDate, memory: Option<&Memory>) -> Option<NaiveDate> {
        if day < self.anchor {
            return self.leads().filter(|lead| *lead > day).min().or(Some(self.anchor));
        }
        if self.ends_at_anchor(memory) {
            return None;
        }
        let again = i64::from(self.again_days);
        let past = (day - self.anchor).num_days();
        self.anchor.checked_add_signed(TimeDelta::days((past / again + 1) * again))
    }

    fn leads(&self) -> impl Iterator<Item = NaiveDate> {
        leads(self.lead_days, self.anchor, self.since).map(|(_, lead)| lead)
    }

    fn ends_at_anchor(&self, memory: Option<&Memory>) -> bool {
        let seen = memory.and_then(|memory| memory.acknowledged_through);
        self.until_seen && seen.is_some_and(|seen| seen >= self.anchor)
    }
}

/// The days ahead of a day on which it is reminded of it, and how far ahead each is. A lead that would have
/// come before the key was there is none.
pub fn leads(
    lead_days: &[u32],
    day: NaiveDate,
    since: Option<NaiveDate>,
) -> impl Iterator<Item = (u32, NaiveDate)> {
    lead_days.iter().copied().filter(|ahead| *ahead > 0).filter_map(move |ahead| {
        let on = day.checked_sub_days(Days::new(ahead.into()))?;
        since.is_none_or(|since| on > since).then_some((ahead, on))
    })
}

/// The newest day whose reminders have come.
pub(super) fn reached(clock: &dyn Clock, at: NaiveTime) -> NaiveDate {
    let now = clock.now();
    let today = clock.local(now).date();
    // Tomorrow's, where the calendar skips a day.
    let days = [today.succ_opt(), Some(today), today.pred_opt()];
    let mut days = days.into_iter().flatten();
    days.find(|day| clock.instant(day.and_time(at)) <= now).unwrap_or(NaiveDate::MIN)
}

/// The first time, not before `at`, at which the user wants to be told something.
pub(super) fn loud(
    settings: &ReminderSettings,
    clock: &dyn Clock,
    at: DateTime<Utc>,
) -> DateTime<Utc> {
    let at = settings.paused_until.map_or(at, |until| at.max(until));
    quiet_until(settings, clock, at).unwrap_or(at)
}

/// The end of the quiet hours that `at` is in.
fn quiet_until(
    settings: &ReminderSettings,
    clock: &dyn Clock,
    at: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let (from, until) = settings.quiet_from.zip(settings.quiet_until)?;
    let local = clock.local(at);
    let (day, time) = (local.date(), local.time());
    let day = match (from <= until, from <= time, time < until) {
        // On one day, or after midnight.
        (true, true, true) | (false, _, true) => day,
        (false, true, false) => day.succ_opt()?,
        _ => return None,
    };
    Some(clock.instant(day.and_time(until)).max(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ManualClock;

    fn time(hour: u32) -> Option<NaiveTime> {
        NaiveTime::from_hms_opt(hour, 0, 0)
    }

    #[test]
    fn what_comes_in_quiet_hours_waits_for_their_end_also_across_midnight() {
        let loud = |from, until, at: &str| {
            let settings = ReminderSettings {
                quiet_from: time(from),
                quiet_until: time(until),
                ..ReminderSettings::default()
            };
            let clock = ManualClock::at(DateTime::UNIX_EPOCH);
            let at = loud(&settings, &clock, at.parse().unwrap());
            at.format("%d %H:%M").to_string()
        };
        assert_eq!(loud(22, 7, "2026-06-15T21:59:00Z"), "15 21:59");
        assert_eq!(loud(22, 7, "2026-06-15T22:00:00Z"), "16 07:00");
        assert_eq!(loud(22, 7, "2026-06-16T06:59:00Z"), "16 07:00");
        assert_eq!(loud(22, 7, "2026-06-16T07:00:00Z"), "16 07:00");
        assert_eq!(loud(8, 10, "2026-06-15T09:00:00Z"), "15 10:00");
        assert_eq!(loud(8, 10, "2026-06-15T07:00:00Z"), "15 07:00");
        assert_eq!(loud(8, 10, "2026-06-15T10:00:00Z"), "15 10:00");
    }

    #[test]
    fn a_days_reminders_come_at_their_time_and_not_before() {
        let reached = |now: &str| {
            let clock = ManualClock::at(now.parse().unwrap());
            reached(&clock, time(9).unwrap()).to_string()
        };
        assert_eq!(reached("2028-02-29T08:59:59Z"), "2028-02-28");
        assert_eq!(reached("2028-02-29T09:00:00Z"), "2028-02-29");
    }
}
