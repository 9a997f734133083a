//! What the user says to reminders: not now, seen, read, asked for; and what left Keyturn.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::plan::{Ladder, reached};
use super::{
    About, Carried, Mark, Memory, ReminderBook, ReminderId, ReminderKind, SeriesId, Step, Subject,
    Told,
};
use crate::rotation::DueReason;
use crate::{Clock, CredentialId, CredentialRef, EnvironmentName};

impl ReminderBook {
    /// Notes that these have been read; all of them where none is named.
    pub fn mark_read(&mut self, ids: &[ReminderId], now: DateTime<Utc>) {
        self.mark_done(|told| ids.is_empty() || ids.contains(&told.reminder.id), now);
    }

    /// Puts the reminders of a credential off; answers the days before that one on which its key is due or
    /// ends, or `None` where there is nothing to put off. Tokens that end before `until` are
    /// left alone: putting them off would be forgetting them.
    pub fn snooze(
        &mut self,
        reference: &CredentialRef,
        until: DateTime<Utc>,
        clock: &dyn Clock,
    ) -> Option<Vec<(ReminderKind, NaiveDate)>> {
        let now = clock.now();
        let day = clock.local(until).date();
        let mine = |subject: &&Subject| subject.reference == *reference;
        let subjects = self.subjects.iter().filter(mine);
        let series: Vec<SeriesId> = subjects.map(Subject::series).collect();
        for series in &series {
            self.put_off(series, until, now);
        }
        let mut tokens = 0;
        for carried in &mut self.carried {
            if carried.reference == *reference && carried.ends_at > until {
                carried.snoozed_until = Some(until);
                tokens += 1;
            }
        }
        if series.is_empty() && tokens == 0 {
            return None;
        }
        self.mark_done(|told| told.reminder.reference == *reference, now);
        let dated = series.into_iter().filter(|series| {
            let due = matches!(series.kind, ReminderKind::KeyExpires | ReminderKind::RotationDue);
            due && series.anchor < day
        });
        Some(dated.map(|series| (series.kind, series.anchor)).collect())
    }

    /// Puts single reminders off, those of a notification.
    pub fn snooze_these(&mut self, ids: &[ReminderId], until: DateTime<Utc>, now: DateTime<Utc>) {
        for id in ids {
            match id.step {
                Step::Day(_) => {
                    if self.subjects.iter().any(|subject| subject.series() == id.series) {
                        self.put_off(&id.series, until, now);
                    }
                }
                Step::Moment(_) => {
                    let found = self.carried.iter_mut().find(|carried| carried.id() == *id);
                    if let Some(carried) = found {
                        carried.snoozed_until = Some(until);
                    }
                }
            }
            self.mark_done(|told| told.reminder.id == *id, now);
        }
    }

    fn put_off(&mut self, series: &SeriesId, until: DateTime<Utc>, now: DateTime<Utc>) {
        self.memory(series, now).snoozed_until = Some(until);
    }

    /// Notes that the user saw to what a credential's reminders say: silent until the next lead time.
    pub fn acknowledge(&mut self, reference: &CredentialRef, clock: &dyn Clock) {
        let now = clock.now();
        let reached = reached(clock, self.settings.at);
        let mine = self.subjects.iter().filter(|subject| subject.reference == *reference);
        let steps: Vec<_> = mine
            .map(|subject| {
                let series = subject.series();
                let memory = self.memories.get(&series);
                let step = Ladder::of(subject, &self.settings).latest(reached, memory);
                (series, step)
            })
            .collect();
        for (series, step) in steps {
            let memory = self.memory(&series, now);
            memory.snoozed_until = None;
            if let Some(step) = step {
                memory.told(step);
                memory.acknowledged_through = memory.acknowledged_through.max(Some(step));
            }
        }
        for carried in &mut self.carried {
            if carried.reference == *reference && carried.remind_at() <= now {
                (carried.told_at, carried.snoozed_until) = (carried.told_at.or(Some(now)), None);
            }
        }
        self.mark_done(|told| told.reminder.reference == *reference, now);
    }

    /// Notes that the provider's support was asked for a new key of a credential; `false` where that is
    /// not what it waits for. The vault hears of it by [`ReminderBook::take_marks`].
    pub fn mark_requested(
        &mut self,
        reference: &CredentialRef,
        on: NaiveDate,
        now: DateTime<Utc>,
    ) -> bool {
        let waits = |subject: &Subject| match &subject.about {
            About::Due { by_support, .. } if subject.reference == *reference => *by_support,
            _ => None,
        };
        let found = self
            .subjects
            .iter()
            .find_map(|subject| waits(subject).map(|nudge_days| (subject.credential, nudge_days)));
        let Some((credential, nudge_days)) = found else {
            return false;
        };
        // As the vault will have it: the nudge takes over, and the key's own end stays.
        self.subjects.retain_mut(|subject| {
            let mine = subject.credential == credential;
            match &mut subject.about {
                About::Due { reason: DueReason::Expires, by_support, .. } if mine => {
                    *by_support = None;
                    true
                }
                About::Due { .. } => !mine,
                About::Requested { .. } | About::Checklist { .. } | About::CheckFailed { .. } => {
                    true
                }
            }
        });
        let about = About::Requested { on, nudge_days };
        let reference = reference.clone();
        self.subjects.push(Subject { credential, reference, about });
        self.marks.retain(|mark| mark.credential != credential);
        self.marks.push(Mark { credential, on });
        self.mark_done(
            |told| told.reminder.credential == credential && told.reminder.can_request,
            now,
        );
        true
    }

    /// Takes what the vault has to be told of: once.
    pub fn take_marks(&mut self) -> Vec<Mark> {
        std::mem::take(&mut self.marks)
    }

    /// Notes that a token left Keyturn; a newer one of the same credential and environment replaces it,
    /// also one that ends too soon to be reminded of (`None`). Answers whether its reminder comes at a
    /// quite different time than before, so that it is worth writing down.
    pub fn carry(
        &mut self,
        (credential, environment): (CredentialId, &EnvironmentName),
        carried: Option<Carried>,
        now: DateTime<Utc>,
    ) -> bool {
        self.carried.retain(|old| !old.is_forgotten(now));
        let at = self.carried.iter().position(|old| old.is_of(credential, environment));
        let old = at.map(|at| self.carried.swap_remove(at));
        let before = old.as_ref().and_then(|old| old.comes_at(now));
        let after = carried.as_ref().and_then(|new| new.comes_at(now));
        self.carried.extend(carried);
        match (before, after) {
            (Some(before), Some(after)) => (after - before).abs() > TimeDelta::minutes(5),
            (before, after) => before.is_some() || after.is_some(),
        }
    }

    /// Forgets the copies of a credential's token in an environment: they are dead. Answers whether
    /// there were any.
    pub fn forget_carried(
        &mut self,
        credential: CredentialId,
        environment: &EnvironmentName,
    ) -> bool {
        let before = self.carried.len();
        self.carried.retain(|carried| !carried.is_of(credential, environment));
        self.carried.len() != before
    }

    pub(super) fn memory(&mut self, series: &SeriesId, now: DateTime<Utc>) -> &mut Memory {
        let new = || Memory::new(series.clone(), now);
        let memory = self.memories.entry(series.clone()).or_insert_with(new);
        // A newer word is newer, also by a clock that was set back.
        memory.touched_at = now.max(memory.touched_at + TimeDelta::milliseconds(1));
        memory
    }

    pub(super) fn mark_done(&mut self, which: impl Fn(&Told) -> bool, now: DateTime<Utc>) {
        let undone = self.told.iter_mut().filter(|told| told.done_at.is_none() && which(told));
        undone.for_each(|told| told.done_at = Some(now));
    }
}
