//! What has to survive a restart, and how two words about it are joined: what either knows as told stays
//! told.

use std::collections::hash_map::Entry;

use serde::{Deserialize, Serialize};

use super::{Carried, Mark, Memory, ReminderBook, ReminderSettings, Subject, Told};

/// What has to survive a restart: it lies in the vault, and in the schedule that is read while the vault
/// is locked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReminderLog {
    /// What is remembered of each series.
    pub memories: Vec<Memory>,
    /// What was told, the oldest first.
    pub told: Vec<Told>,
    /// The tokens that were carried out.
    pub carried: Vec<Carried>,
    /// What the vault has to be told of.
    pub marks: Vec<Mark>,
}

/// All that is needed to remind while the vault is locked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Schedule {
    /// How and when it is reminded.
    pub settings: ReminderSettings,
    /// What is reminded of.
    pub subjects: Vec<Subject>,
    /// What was told and seen to.
    pub log: ReminderLog,
}

impl ReminderBook {
    /// What has to survive a restart.
    #[must_use]
    pub fn log(&self) -> ReminderLog {
        let mut memories: Vec<Memory> = self.memories.values().cloned().collect();
        memories.sort_by(|one, other| one.series.cmp(&other.series));
        ReminderLog {
            memories,
            told: self.told.iter().cloned().collect(),
            carried: self.carried.clone(),
            marks: self.marks.clone(),
        }
    }

    /// All that is needed to remind while the vault is locked.
    #[must_use]
    pub fn schedule(&self) -> Schedule {
        Schedule {
            settings: self.settings.clone(),
            subjects: self.subjects.clone(),
            log: self.log(),
        }
    }

    /// Takes a schedule over where nothing is known yet of what is reminded of.
    pub fn take_over(&mut self, settings: ReminderSettings, subjects: Vec<Subject>) {
        if self.subjects.is_empty() {
            (self.settings, self.subjects) = (settings, subjects);
        }
    }

    /// Joins what was kept elsewhere: what either knows as told stays told. Answers whether that says
    /// more than what was known here.
    pub fn join(&mut self, log: ReminderLog) -> bool {
        let before = self.log();
        for memory in log.memories {
            match self.memories.entry(memory.series.clone()) {
                Entry::Occupied(mut known) => {
                    known.get_mut().join(&memory);
                }
                Entry::Vacant(none) => {
                    none.insert(memory);
                }
            }
        }
        for told in log.told {
            let id = &told.reminder.id;
            match self.told.iter_mut().find(|known| known.reminder.id == *id) {
                Some(known) => known.join(told),
                None => self.told.push_back(told),
            }
        }
        self.told.make_contiguous().sort_by_key(|told| told.told_at);
        self.forget_oldest();
        for carried in log.carried {
            let place = self
                .carried
                .iter_mut()
                .find(|known| known.is_of(carried.credential, &carried.environment));
            match place {
                None => self.carried.push(carried),
                Some(known) if known.carried_at < carried.carried_at => *known = carried,
                Some(known) if known.carried_at == carried.carried_at => {
                    known.told_at = known.told_at.max(carried.told_at);
                    known.snoozed_until = known.snoozed_until.max(carried.snoozed_until);
                }
                Some(_) => {}
            }
        }
        for mark in log.marks {
            if !self.marks.iter().any(|known| known.credential == mark.credential) {
                self.marks.push(mark);
            }
        }
        self.log() != before
    }
}
