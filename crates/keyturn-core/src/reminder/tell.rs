//! What is to be told at a time, when the next one is, and noting what was told.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::plan::{Ladder, loud, reached};
use super::{
    About, Carried, Reminder, ReminderBook, ReminderId, ReminderKind, SeriesId, Step, Subject,
    Told, words,
};
use crate::Clock;

/// How a series stands at a time.
pub(super) enum Standing {
    /// This step is to be told now.
    Now(NaiveDate),
    /// This step comes later, on its day.
    OnDay(NaiveDate),
    /// It is told again then.
    Snoozed(DateTime<Utc>),
    /// Nothing comes any more.
    Over,
}

impl ReminderBook {
    /// What is to be told now: everything that is due, missed ones included, each once. What is gravest
    /// comes first.
    #[must_use]
    pub fn to_tell(&self, clock: &dyn Clock) -> Vec<Reminder> {
        let now = clock.now();
        if loud(&self.settings, clock, now) > now {
            return Vec::new();
        }
        let reached = reached(clock, self.settings.at);
        let today = clock.local(now).date();
        let due =
            self.subjects.iter().filter_map(|subject| match self.standing(subject, reached, now) {
                Standing::Now(step) => {
                    let at = self.comes_at(step, clock);
                    Some(reminder(subject, step, today.max(step), at))
                }
                Standing::OnDay(_) | Standing::Snoozed(_) | Standing::Over => None,
            });
        let carried =
            self.carried.iter().filter(|carried| carried.comes_at(now).is_some_and(|at| at <= now));
        let carried = carried.map(|carried| carried_reminder(carried, clock, now));
        let mut all: Vec<Reminder> = due.chain(carried).collect();
        all.sort_by(|a, b| {
            let place = |one: &Reminder| (!one.urgent, !one.moment, one.due_on);
            place(a).cmp(&place(b)).then_with(|| a.reference.cmp(&b.reference))
        });
        all
    }

    /// When the next one is to be told; not after now where one waits already.
    #[must_use]
    pub fn next_at(&self, clock: &dyn Clock) -> Option<DateTime<Utc>> {
        let now = clock.now();
        let reached = reached(clock, self.settings.at);
        let mut next: Option<DateTime<Utc>> = None;
        let mut first_day: Option<NaiveDate> = None;
        let mut sooner = |at: DateTime<Utc>| next = Some(next.map_or(at, |next| next.min(at)));
        for subject in &self.subjects {
            match self.standing(subject, reached, now) {
                Standing::Now(_) => sooner(now),
                Standing::Snoozed(until) => sooner(until),
                Standing::OnDay(day) => {
                    first_day = Some(first_day.map_or(day, |first| first.min(day)));
                }
                Standing::Over => {}
            }
        }
        self.carried.iter().filter_map(|carried| carried.comes_at(now)).for_each(&mut sooner);
        if let Some(day) = first_day {
            sooner(clock.instant(day.and_time(self.settings.at)));
        }
        next.map(|at| loud(&self.settings, clock, at.max(now)))
    }

    /// Notes that these were told, so that it happens once; a name of nothing is passed over.
    pub fn told(&mut self, ids: &[ReminderId], clock: &dyn Clock) {
        let now = clock.now();
        let today = clock.local(now).date();
        let places: HashMap<SeriesId, usize> =
            self.subjects.iter().enumerate().map(|(at, subject)| (subject.series(), at)).collect();
        for id in ids {
            let reminder = match id.step {
                Step::Day(step) => {
                    let Some(at) = places.get(&id.series) else { continue };
                    let subject = &self.subjects[*at];
                    let at = self.comes_at(step, clock);
                    let reminder = reminder(subject, step, today.max(step), at);
                    let memory = self.memory(&id.series, now);
                    memory.told(step);
                    if memory.snoozed_until.is_some_and(|until| until <= now) {
                        memory.snoozed_until = None;
                    }
                    reminder
                }
                Step::Moment(_) => {
                    let found = self.carried.iter_mut().find(|carried| carried.id() == *id);
                    let Some(carried) = found else { continue };
                    let reminder = carried_reminder(carried, clock, now);
                    (carried.told_at, carried.snoozed_until) = (Some(now), None);
                    reminder
                }
            };
            self.told.retain(|told| told.reminder.id != *id);
            self.told.push_back(Told { reminder, told_at: now, done_at: None });
        }
        self.forget_oldest();
    }

    pub(super) fn standing(
        &self,
        subject: &Subject,
        reached: NaiveDate,
        now: DateTime<Utc>,
    ) -> Standing {
        let memory = self.memories.get(&subject.series());
        let ladder = Ladder::of(subject, &self.settings);
        let snoozed = memory.and_then(|memory| memory.snoozed_until);
        if let Some(until) = snoozed.filter(|until| *until > now) {
            return Standing::Snoozed(until);
        }
        let told = memory.and_then(|memory| memory.told_through);
        let latest = ladder.latest(reached, memory);
        let due = latest.filter(|step| snoozed.is_some() || told.is_none_or(|told| *step > told));
        if let Some(step) = due {
            return Standing::Now(step);
        }
        let after = told.map_or(reached, |told| reached.max(told));
        ladder.next(after, memory).map_or(Standing::Over, Standing::OnDay)
    }

    /// When a day's reminders come.
    pub(super) fn comes_at(&self, step: NaiveDate, clock: &dyn Clock) -> DateTime<Utc> {
        loud(&self.settings, clock, clock.instant(step.and_time(self.settings.at)))
    }
}

pub(super) fn reminder(
    subject: &Subject,
    step: NaiveDate,
    said_on: NaiveDate,
    at: DateTime<Utc>,
) -> Reminder {
    let series = subject.series();
    let words = words::of(subject, said_on);
    let by_support = match &subject.about {
        About::Due { by_support, .. } => by_support.is_some(),
        About::Requested { .. } | About::Checklist { .. } | About::CheckFailed { .. } => false,
    };
    Reminder {
        credential: subject.credential,
        reference: subject.reference.clone(),
        kind: series.kind,
        title: words.title,
        body: words.body,
        at,
        due_on: Some(series.anchor),
        urgent: step >= series.anchor,
        moment: false,
        can_request: by_support,
        id: ReminderId { series, step: Step::Day(step) },
    }
}

pub(super) fn carried_reminder(
    carried: &Carried,
    clock: &dyn Clock,
    now: DateTime<Utc>,
) -> Reminder {
    let at = carried.snoozed_until.unwrap_or_else(|| carried.remind_at());
    let words = words::of_carried(carried, clock, now.max(at));
    Reminder {
        id: carried.id(),
        credential: carried.credential,
        reference: carried.reference.clone(),
        kind: ReminderKind::CarriedToken,
        title: words.title,
        body: words.body,
        at,
        due_on: None,
        urgent: true,
        moment: true,
        can_request: false,
    }
}
