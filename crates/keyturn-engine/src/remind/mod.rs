//! Reminders: what has to be told, what was told, and what the user said to it.
//!
//! All of it works while the vault is locked, from the names and dates in a
//! [`keyturn_core::reminder::ReminderBook`]; the rules are there. What was told is written to the vault
//! where that is open, and to the schedule's file in any case, so that neither a restart nor the loss of
//! one of them tells anything twice. Nothing is told before it was tried to read that file: it may know
//! better.
//!
//! Telling is not done here: the agent asks, shows, and notes what was shown.

mod answer;
mod carried;
mod error;
mod policies;
mod reckon;
mod schedule;
mod tell;

use std::sync::{Arc, Mutex, MutexGuard};

use chrono::{DateTime, Utc};
use keyturn_core::reminder::ReminderBook;
use keyturn_core::rotation::Policies;
use keyturn_vault::ScheduleFile;

pub use answer::Snoozed;
pub use error::RemindError;
pub use tell::Inbox;

use crate::engine::guard;
use crate::{Engine, EngineError};

/// What the engine holds of reminders. Locked in this order: file, vault, state.
#[derive(Default)]
pub(crate) struct Reminding {
    state: Mutex<State>,
    file: Mutex<File>,
}

/// What is known, and what of it is not written yet.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) book: ReminderBook,
    policies: Arc<Policies>,
    /// The vault's revision that the book was reckoned from; `None` since it was closed.
    reckoned: Option<u64>,
    /// Whether the vault is to be told what was told.
    pub(crate) log_unwritten: bool,
    /// Whether the schedule's file is to be written.
    schedule_unwritten: bool,
    /// Whether it was tried to read the schedule's file.
    tried: bool,
    /// Why reminders would not come after a restart.
    problem: Option<String>,
}

/// The schedule's file, and how it went with it.
#[derive(Default)]
struct File {
    writer: Option<ScheduleFile>,
    /// Whether what it holds is known: only then it is written.
    read: bool,
    /// When the keyring did not answer last.
    failed_at: Option<DateTime<Utc>>,
}

impl Engine {
    pub(crate) fn reminding(&self) -> MutexGuard<'_, State> {
        guard(&self.remind.state)
    }

    /// Notes that what was told, or answered to it, is to be written.
    fn note_change(&self, state: &mut State) {
        state.log_unwritten = true;
        state.schedule_unwritten = true;
        self.unwritten.notify_one();
    }

    /// Writes what was told, or answered to it, to the vault where it is open, and to the schedule in any
    /// case. One that cannot be written is a problem to be shown, and no failure of what the user asked
    /// for.
    fn keep_change(&self, mut state: MutexGuard<'_, State>) -> Result<(), EngineError> {
        self.note_change(&mut state);
        drop(state);
        let written = self.flush_journal();
        drop(self.flush_schedule());
        written
    }
}
