//! What was told, and what is to come.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::plan::{Ladder, loud, reached};
use super::tell::{Standing, carried_reminder, reminder};
use super::{
    Carried, Headline, Reminder, ReminderBook, ReminderEntry, ReminderId, ReminderKind, Step,
    Subject, Told, words,
};
use crate::{Clock, CredentialRef};

/// A reminder that is to come. Its words are made once it has its place in a list.
struct Coming<'a> {
    of: Source<'a>,
    at: DateTime<Utc>,
    snoozed_until: Option<DateTime<Utc>>,
}

/// What a reminder that is to come is made from.
enum Source<'a> {
    Step { subject: &'a Subject, step: NaiveDate, said_on: NaiveDate },
    Carried(&'a Carried),
}

impl Coming<'_> {
    const fn reference(&self) -> &CredentialRef {
        match self.of {
            Source::Step { subject, .. } => &subject.reference,
            Source::Carried(carried) => &carried.reference,
        }
    }

    fn worded(&self, clock: &dyn Clock, now: DateTime<Utc>) -> Reminder {
        match self.of {
            Source::Step { subject, step, said_on } => reminder(subject, step, said_on, self.at),
            Source::Carried(carried) => carried_reminder(carried, clock, now),
        }
    }
}

impl ReminderBook {
    /// What was told and is not seen to, and then what is to come, one a series, by time.
    #[must_use]
    pub fn entries(&self, clock: &dyn Clock) -> Vec<ReminderEntry> {
        let now = clock.now();
        let mut coming = self.coming(clock, now);
        coming.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.reference().cmp(b.reference())));
        let coming = coming.into_iter().map(|coming| ReminderEntry {
            reminder: coming.worded(clock, now),
            snoozed_until: coming.snoozed_until,
            told_at: None,
            done_at: None,
        });
        self.unseen().map(|told| self.entry(told)).chain(coming).collect()
    }

    /// The same in one line each. Those of one credential that come at the same moment are in the same
    /// order; otherwise there is none.
    #[must_use]
    pub fn headlines(&self, clock: &dyn Clock) -> Vec<Headline> {
        let now = clock.now();
        let told = self.unseen().map(|Told { reminder, told_at, .. }| Headline {
            credential: reminder.credential,
            kind: reminder.kind,
            at: *told_at,
            told: true,
            due_on: reminder.due_on,
            title: reminder.title.clone(),
        });
        let coming = self.coming(clock, now).into_iter().map(|Coming { of, at, .. }| match of {
            Source::Step { subject, said_on, .. } => Headline {
                credential: subject.credential,
                kind: subject.kind(),
                at,
                told: false,
                due_on: Some(subject.anchor()),
                title: words::title(subject, said_on),
            },
            Source::Carried(carried) => Headline {
                credential: carried.credential,
                kind: ReminderKind::CarriedToken,
                at,
                told: false,
                due_on: None,
                title: carried_reminder(carried, clock, now).title,
            },
        });
        told.chain(coming).collect()
    }

    fn unseen(&self) -> impl Iterator<Item = &Told> {
        self.told.iter().filter(|told| told.done_at.is_none())
    }

    /// What is to come, in no order.
    fn coming(&self, clock: &dyn Clock, now: DateTime<Utc>) -> Vec<Coming<'_>> {
        let reached = reached(clock, self.settings.at);
        let today = clock.local(now).date();
        // One that was told and is not seen to is in the list already.
        let listed: HashSet<&ReminderId> = self.unseen().map(|told| &told.reminder.id).collect();
        let is_listed = |id: &dyn Fn() -> ReminderId| !listed.is_empty() && listed.contains(&id());
        // Many series share few days: each is looked up in the user's zone once.
        let mut known: HashMap<NaiveDate, DateTime<Utc>> = HashMap::new();
        let steps = self.subjects.iter().filter_map(|subject| {
            let (step, snoozed_until) = match self.standing(subject, reached, now) {
                Standing::Now(step) | Standing::OnDay(step) => (step, None),
                Standing::Snoozed(until) => {
                    let memory = self.memories.get(&subject.series());
                    let ladder = Ladder::of(subject, &self.settings);
                    let day = clock.local(until).date();
                    (ladder.latest(day, memory).or_else(|| ladder.next(day, memory))?, Some(until))
                }
                Standing::Over => return None,
            };
            if is_listed(&|| ReminderId { series: subject.series(), step: Step::Day(step) }) {
                return None;
            }
            let on_its_day = *known.entry(step).or_insert_with(|| self.comes_at(step, clock));
            let (said_on, at) = match snoozed_until {
                None => (today, on_its_day),
                Some(until) => {
                    let at = loud(&self.settings, clock, until.max(on_its_day));
                    (clock.local(until).date(), at)
                }
            };
            let of = Source::Step { subject, step, said_on: said_on.max(step) };
            Some(Coming { of, at, snoozed_until })
        });
        let carried = self.carried.iter().filter_map(|carried| {
            let at = carried.comes_at(now)?;
            let of = Source::Carried(carried);
            let one = Coming { of, at, snoozed_until: carried.snoozed_until };
            (!is_listed(&|| carried.id())).then_some(one)
        });
        let mut coming = Vec::with_capacity(self.subjects.len() + self.carried.len());
        coming.extend(steps);
        coming.extend(carried);
        coming
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
