//! What can go wrong with reminders.

use keyturn_core::CredentialRef;
use keyturn_core::reminder::ReminderSettingsError;
use keyturn_vault::ScheduleError;
use thiserror::Error;

/// Says why a reminder was not answered, or how it is reminded not changed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RemindError {
    /// A snooze ends in the past.
    #[error("a snooze ends after now; nothing was changed")]
    SnoozeInThePast,
    /// A snooze is longer than a year.
    #[error("a snooze is a year at most; nothing was changed")]
    SnoozeTooLong,
    /// Nothing is reminded of.
    #[error("there is nothing to remind of at {reference}: it has no date and no interval")]
    Nothing {
        /// The credential.
        reference: CredentialRef,
    },
    /// No request to a support is waited for.
    #[error("{reference} does not wait for a request to its provider's support")]
    NothingToRequest {
        /// The credential.
        reference: CredentialRef,
    },
    /// It cannot be reminded like that.
    #[error(transparent)]
    Settings(#[from] ReminderSettingsError),
    /// The schedule's file was not written.
    #[error(transparent)]
    Schedule(#[from] ScheduleError),
}
