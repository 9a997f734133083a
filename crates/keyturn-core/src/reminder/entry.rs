//! A reminder, and what became of it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{ReminderId, ReminderKind};
use crate::{CredentialId, CredentialRef};

/// A reminder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// Names it.
    pub id: ReminderId,
    /// About which credential.
    pub credential: CredentialId,
    /// How the user names it.
    pub reference: CredentialRef,
    /// What it is about.
    pub kind: ReminderKind,
    /// The headline.
    pub title: String,
    /// The text.
    pub body: String,
    /// When it is or was to be told.
    pub at: DateTime<Utc>,
    /// The day that it reminds of; `None` for a moment.
    pub due_on: Option<NaiveDate>,
    /// Whether its day or moment has come.
    pub urgent: bool,
    /// Whether it is about a moment, and not a day.
    pub moment: bool,
    /// Whether asking the provider's support is the next thing to do.
    pub can_request: bool,
}

/// A reminder, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReminderEntry {
    /// The reminder.
    pub reminder: Reminder,
    /// Until when it is snoozed.
    pub snoozed_until: Option<DateTime<Utc>>,
    /// When it was told.
    pub told_at: Option<DateTime<Utc>>,
    /// When the user saw to it or read it.
    pub done_at: Option<DateTime<Utc>>,
}

/// A reminder in one line, for a view of many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    /// About which credential.
    pub credential: CredentialId,
    /// What it is about.
    pub kind: ReminderKind,
    /// When it was told, or else is to be.
    pub at: DateTime<Utc>,
    /// Whether it was told.
    pub told: bool,
    /// The day that it reminds of; `None` for a moment.
    pub due_on: Option<NaiveDate>,
    /// The headline.
    pub title: String,
}
