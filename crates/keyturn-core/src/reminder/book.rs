//! The book: everything that is reminded of, told and seen to. What is asked of it is in files of its own.

use std::collections::{HashMap, HashSet, VecDeque};

use chrono::{DateTime, NaiveDate, Utc};

use super::{Carried, Mark, Memory, ReminderKind, ReminderSettings, SeriesId, Subject, Told};
use crate::{CredentialId, CredentialRef};

/// So much of what was told is kept: the oldest goes.
const MOST_TOLD: usize = 500;
/// What was told of a day that nothing leads to any more is remembered for so long, in case that it
/// comes back.
const REMEMBERED_DAYS: i64 = 400;

/// Knows what to tell, and what was told.
#[derive(Debug, Default)]
pub struct ReminderBook {
    pub(super) settings: ReminderSettings,
    pub(super) subjects: Vec<Subject>,
    pub(super) memories: HashMap<SeriesId, Memory>,
    pub(super) told: VecDeque<Told>,
    pub(super) carried: Vec<Carried>,
    pub(super) marks: Vec<Mark>,
}

impl ReminderBook {
    /// How and when it is reminded.
    pub const fn settings(&self) -> &ReminderSettings {
        &self.settings
    }

    /// Whether anything of a credential is reminded of.
    pub fn knows(&self, reference: &CredentialRef) -> bool {
        self.subjects.iter().any(|subject| subject.reference == *reference)
            || self.carried.iter().any(|carried| carried.reference == *reference)
    }

    /// Takes what the vault knows now; `lives` tells whether a credential is there and not removed.
    /// Answers whether anything is different from before.
    pub fn reckon(
        &mut self,
        settings: ReminderSettings,
        subjects: Vec<Subject>,
        lives: impl Fn(CredentialId) -> bool,
        now: DateTime<Utc>,
    ) -> bool {
        let carried = self.carried.len();
        self.carried.retain(|carried| lives(carried.credential) && !carried.is_forgotten(now));
        let mut changed = self.carried.len() != carried;
        if self.settings == settings && self.subjects == subjects {
            return changed;
        }
        changed = true;
        (self.settings, self.subjects) = (settings, subjects);
        // Few of all series have a past: those that nothing leads to any more are found among them.
        let mut over: HashSet<SeriesId> = self.memories.keys().cloned().collect();
        over.extend(self.told.iter().map(|told| told.reminder.id.series.clone()));
        over.retain(|series| series.kind != ReminderKind::CarriedToken);
        for subject in &self.subjects {
            over.remove(&subject.series());
        }
        self.memories.retain(|series, memory| {
            !over.contains(series) || (now - memory.touched_at).num_days() < REMEMBERED_DAYS
        });
        self.mark_done(|told| over.contains(&told.reminder.id.series), now);
        changed
    }

    /// Notes of a series that a step of it was told long ago, where nothing is remembered of it.
    pub fn told_before(&mut self, series: &SeriesId, step: NaiveDate) {
        let new = || {
            let mut memory = Memory::new(series.clone(), DateTime::UNIX_EPOCH);
            memory.told(step);
            memory
        };
        self.memories.entry(series.clone()).or_insert_with(new);
    }

    /// Keeps the newest of what was told, and not more than [`MOST_TOLD`].
    pub(super) fn forget_oldest(&mut self) {
        let excess = self.told.len().saturating_sub(MOST_TOLD);
        self.told.drain(..excess);
    }

    /// The credential that is called so.
    #[cfg(test)]
    pub(super) fn credential_called(&self, reference: &CredentialRef) -> CredentialId {
        let found = self.subjects.iter().find(|subject| subject.reference == *reference);
        found.expect("there is such a subject").credential
    }
}
