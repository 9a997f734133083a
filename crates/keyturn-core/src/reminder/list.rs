//! What was told, and what is to come.

use std::collections::HashSet;

use super::plan::{Ladder, loud, reached};
use super::tell::{Standing, carried_reminder};
use super::{ReminderBook, ReminderEntry, ReminderId, Step, Told};
use crate::Clock;

impl ReminderBook {
    /// What was told and is not seen to, and then what is to come, one a series, by time.
    #[must_use]
    pub fn entries(&self, clock: &dyn Clock) -> Vec<ReminderEntry> {
        let now = clock.now();
        let reached = reached(clock, self.settings.at);
        let today = clock.local(now).date();
        let unseen = || self.told.iter().filter(|told| told.done_at.is_none());
        // One that was told and is not seen to is in the list already.
        let listed: HashSet<&ReminderId> = unseen().map(|told| &told.reminder.id).collect();
        let told = unseen().map(|told| self.entry(told));
        let coming = self.subjects.iter().filter_map(|subject| {
            let series = subject.series();
            let (step, snoozed_until) = match self.standing(subject, reached, now) {
                Standing::Now(step) | Standing::OnDay(step) => (step, None),
                Standing::Snoozed(until) => {
                    let memory = self.memories.get(&series);
                    let ladder = Ladder::of(subject, &self.settings);
                    let day = clock.local(until).date();
                    (ladder.latest(day, memory).or_else(|| ladder.next(day, memory))?, Some(until))
                }
                Standing::Over => return None,
            };
            let said_on = snoozed_until.map_or(today, |until| clock.local(until).date());
            let mut reminder = self.reminder(subject, step, said_on.max(step), clock);
            if let Some(until) = snoozed_until {
                reminder.at = loud(&self.settings, clock, until.max(reminder.at));
            }
            Some(ReminderEntry { reminder, snoozed_until, told_at: None, done_at: None })
        });
        let carried = self.carried.iter().filter(|carried| carried.comes_at(now).is_some());
        let carried = carried.map(|carried| ReminderEntry {
            reminder: carried_reminder(carried, clock, now),
            snoozed_until: carried.snoozed_until,
            told_at: None,
            done_at: None,
        });
        let coming = coming.chain(carried).filter(|entry| !listed.contains(&entry.reminder.id));
        let mut coming: Vec<ReminderEntry> = coming.collect();
        coming.sort_by(|a, b| {
            let place = |entry: &ReminderEntry| entry.reminder.at;
            place(a).cmp(&place(b)).then_with(|| a.reminder.reference.cmp(&b.reminder.reference))
        });
        told.chain(coming).collect()
    }

    /// What was told, the newest first.
    #[must_use]
    pub fn inbox(&self) -> Vec<ReminderEntry> {
        let mut inbox: Vec<ReminderEntry> = self.told.iter().map(|told| self.entry(told)).collect();
        inbox.sort_by_key(|entry| std::cmp::Reverse(entry.told_at));
        inbox
    }

    fn entry(&self, told: &Told) -> ReminderEntry {
        let id = &told.reminder.id;
        let snoozed_until = match id.step {
            Step::Day(_) => self.memories.get(&id.series).and_then(|memory| memory.snoozed_until),
            Step::Moment(_) => {
                let mut carried = self.carried.iter();
                carried.find(|carried| carried.id() == *id).and_then(|one| one.snoozed_until)
            }
        };
        ReminderEntry {
            reminder: told.reminder.clone(),
            snoozed_until,
            told_at: Some(told.told_at),
            done_at: told.done_at,
        }
    }
}
