//! What the user says to a reminder: not now, seen, read, asked for.

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::CredentialRef;
use keyturn_core::reminder::{ReminderId, ReminderKind};

use super::RemindError;
use crate::engine::find;
use crate::{AskSupport, Engine, EngineError};

/// The longest snooze: a year, be it a leap year.
const LONGEST_SNOOZE: TimeDelta = TimeDelta::days(366);

/// A credential's reminders were put off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snoozed {
    /// Until when.
    pub until: DateTime<Utc>,
    /// What the user should know, e.g. that the due day comes before that.
    pub warning: Option<String>,
}

impl Engine {
    /// Puts the reminders of a credential off; open or locked.
    pub fn snooze(
        &self,
        reference: &CredentialRef,
        until: DateTime<Utc>,
    ) -> Result<Snoozed, EngineError> {
        self.check_snooze(until)?;
        self.check_known(reference)?;
        let mut state = self.reminding();
        let beyond = state
            .book
            .snooze(reference, until, &*self.ports.clock)
            .ok_or_else(|| RemindError::Nothing { reference: reference.clone() })?;
        self.keep_change(state)?;
        let today = self.today();
        let first = beyond.into_iter().min_by_key(|(_, day)| *day);
        let warning = first.map(|(kind, day)| {
            let (comes, came) = match kind {
                ReminderKind::KeyExpires => ("the key ends", "the key ended"),
                _ => ("its rotation is due", "its rotation was due"),
            };
            let on = day.format("%-d %B %Y");
            if day < today {
                format!("{came} on {on} already")
            } else {
                format!("{comes} on {on}, before the snooze is over")
            }
        });
        Ok(Snoozed { until, warning })
    }

    /// Puts single reminders off, those of a notification; open or locked.
    pub fn snooze_these(
        &self,
        ids: &[ReminderId],
        until: DateTime<Utc>,
    ) -> Result<(), EngineError> {
        self.check_snooze(until)?;
        let mut state = self.reminding();
        state.book.snooze_these(ids, until, self.now());
        self.keep_change(state)
    }

    /// Notes that the user saw to what a credential's reminders say: they are silent until the next lead
    /// time, and for good after the day itself. Open or locked.
    pub fn acknowledge(&self, reference: &CredentialRef) -> Result<(), EngineError> {
        self.check_known(reference)?;
        let mut state = self.reminding();
        if !state.book.knows(reference) {
            return Err(RemindError::Nothing { reference: reference.clone() }.into());
        }
        state.book.acknowledge(reference, &*self.ports.clock);
        self.keep_change(state)
    }

    /// Notes that what was told has been read; all of it where none is named.
    pub fn mark_read(&self, ids: &[ReminderId]) -> Result<(), EngineError> {
        let mut state = self.reminding();
        state.book.mark_read(ids, self.now());
        self.keep_change(state)
    }

    /// Notes that the provider's support was asked today for a new key. While the vault is locked it is
    /// kept in the schedule, and written into the vault when that opens.
    pub fn mark_requested(
        &self,
        reference: &CredentialRef,
        caller: &str,
    ) -> Result<(), EngineError> {
        if self.is_unlocked() {
            return self.note_support_request(reference, AskSupport::default(), caller);
        }
        let mut state = self.reminding();
        if !state.book.mark_requested(reference, self.today(), self.now()) {
            return Err(RemindError::NothingToRequest { reference: reference.clone() }.into());
        }
        self.keep_change(state)
    }

    fn check_snooze(&self, until: DateTime<Utc>) -> Result<(), RemindError> {
        let now = self.now();
        if until <= now {
            return Err(RemindError::SnoozeInThePast);
        }
        if until - now > LONGEST_SNOOZE {
            return Err(RemindError::SnoozeTooLong);
        }
        Ok(())
    }

    /// Where the vault is open it says whether there is such a credential.
    fn check_known(&self, reference: &CredentialRef) -> Result<(), EngineError> {
        if self.is_unlocked() {
            self.read(|vault| find(vault, reference).map(drop))?;
        }
        Ok(())
    }
}
