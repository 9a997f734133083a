//! What is to be told, what was, and what is to come.

use chrono::{DateTime, Utc};
use keyturn_core::reminder::{Headline, Reminder, ReminderEntry, ReminderId};

use crate::{Engine, EngineError};

/// What was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbox {
    /// What was told, the newest first.
    pub items: Vec<ReminderEntry>,
    /// How many of them nobody has read.
    pub unread: u32,
}

impl Engine {
    /// What is to be told now, missed ones included, the gravest first; open or locked. Nothing before it
    /// was tried to read the schedule: see [`Engine::load_schedule`].
    pub fn reminders_to_tell(&self) -> Vec<Reminder> {
        let state = self.reminding();
        if state.tried { state.book.to_tell(&*self.ports.clock) } else { Vec::new() }
    }

    /// Notes that the user was told, so that it happens once, also after a restart. What cannot be
    /// written is known all the same until this process ends.
    pub fn told(&self, ids: &[ReminderId]) -> Result<(), EngineError> {
        let mut state = self.reminding();
        state.book.told(ids, &*self.ports.clock);
        self.keep_change(state)
    }

    /// When the next reminder is to be told, with quiet hours, pauses and snoozes; not after now where
    /// one waits.
    pub fn next_reminder_at(&self) -> Option<DateTime<Utc>> {
        self.reminding().book.next_at(&*self.ports.clock)
    }

    /// What was told and nobody saw to, and what is to come, one a series, by time.
    pub fn reminders(&self) -> Vec<ReminderEntry> {
        self.reminding().book.entries(&*self.ports.clock)
    }

    /// The same in one line each, for a view of many.
    pub(crate) fn headlines(&self) -> Vec<Headline> {
        self.reminding().book.headlines(&*self.ports.clock)
    }

    /// What was told, the newest first.
    pub fn inbox(&self) -> Inbox {
        let items = self.reminding().book.inbox();
        let unread = items.iter().filter(|entry| entry.done_at.is_none()).count();
        Inbox { items, unread: u32::try_from(unread).unwrap_or(u32::MAX) }
    }
}
