//! Calls about reminders: what is coming, what was told, how it is told.

use chrono::{DateTime, NaiveDate, Utc};
use keyturn_core::CredentialRef;
pub use keyturn_core::reminder::{ProviderPolicy, ReminderKind, ReminderSettings};
use serde::{Deserialize, Serialize};

/// Lists the reminders that are to come and those that were told and are not done.
#[derive(Debug, Serialize, Deserialize)]
pub struct ListReminders {}

/// A reminder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ReminderView {
    /// Names it.
    pub id: String,
    /// About which credential.
    #[serde(rename = "ref")]
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
    /// Until when it is snoozed.
    pub snoozed_until: Option<DateTime<Utc>>,
    /// When it was told.
    pub told_at: Option<DateTime<Utc>>,
    /// When the user saw to it or read it.
    pub done_at: Option<DateTime<Utc>>,
}

/// Puts the reminders of a credential off.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SnoozeReminder {
    /// Of which credential.
    pub reference: CredentialRef,
    /// For how many seconds; at least a minute, and a year at most.
    pub for_s: i64,
}

/// A reminder was put off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SnoozeAnswer {
    /// Until when.
    pub until: DateTime<Utc>,
    /// What the user should know, e.g. that the due day comes before that.
    pub warning: Option<String>,
}

/// Notes that the user saw to what a credential's reminders say: they are silent until the next lead
/// time.
#[derive(Debug, Serialize, Deserialize)]
pub struct AcknowledgeReminder {
    /// Of which credential.
    pub reference: CredentialRef,
}

/// Lists what was told, the newest first.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShowInbox {}

/// What was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct InboxView {
    /// What was told, the newest first.
    pub items: Vec<ReminderView>,
    /// How many of them nobody has read.
    pub unread: u32,
    /// Why the operating system shows no notifications, where it does not.
    pub problem: Option<String>,
}

/// Notes that what was told has been read.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct MarkInboxRead {
    /// Which ones; empty for all.
    pub ids: Vec<String>,
}

/// Shows how and when it is reminded.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShowReminderSettings {}

/// Changes how and when it is reminded, and answers it.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SetReminderSettings {
    /// All of it.
    pub settings: ReminderSettings,
}

/// Writes what is due into a calendar file (RFC 5545). No secret is in it.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExportCalendar {
    /// Whether the names of credentials are in it.
    pub with_names: bool,
}

/// A calendar file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarFile {
    /// Its text.
    pub text: String,
    /// How many events it has.
    pub events: u32,
}
