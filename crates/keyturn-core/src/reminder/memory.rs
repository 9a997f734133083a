//! What was told, snoozed and seen to. Two memories of one thing are joined so that nothing that either
//! of them knows as told comes again.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Reminder, SeriesId};
use crate::CredentialId;

/// What is remembered of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// Which one.
    #[serde(flatten)]
    pub series: SeriesId,
    /// The newest step that was told; it only grows.
    pub told_through: Option<NaiveDate>,
    /// The newest step that the user saw to; it only grows.
    pub acknowledged_through: Option<NaiveDate>,
    /// Until when it is snoozed. Told again after that, and then no longer snoozed.
    pub snoozed_until: Option<DateTime<Utc>>,
    /// When any of that changed.
    pub touched_at: DateTime<Utc>,
}

impl Memory {
    pub(super) const fn new(series: SeriesId, touched_at: DateTime<Utc>) -> Self {
        Self {
            series,
            told_through: None,
            acknowledged_through: None,
            snoozed_until: None,
            touched_at,
        }
    }

    pub(super) fn told(&mut self, step: NaiveDate) {
        self.told_through = self.told_through.max(Some(step));
    }

    /// Joins another memory of the same series: what was told stays told, and the newer word about
    /// snoozing counts.
    pub(super) fn join(&mut self, other: &Self) {
        self.told_through = self.told_through.max(other.told_through);
        self.acknowledged_through = self.acknowledged_through.max(other.acknowledged_through);
        if other.touched_at > self.touched_at {
            self.snoozed_until = other.snoozed_until;
            self.touched_at = other.touched_at;
        }
    }
}

/// A reminder that was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Which one, in the words that were said.
    pub reminder: Reminder,
    /// When.
    pub told_at: DateTime<Utc>,
    /// When the user saw to it or read it.
    pub done_at: Option<DateTime<Utc>>,
}

impl Told {
    /// Joins another word about the same reminder: the later telling counts, and of one telling the
    /// one that is done.
    pub(super) fn join(&mut self, other: Self) {
        if other.told_at > self.told_at {
            *self = other;
        } else if other.told_at == self.told_at && self.done_at.is_none() {
            self.done_at = other.done_at;
        }
    }
}

/// A request to the provider's support that the user noted while the vault was locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Of which credential.
    pub credential: CredentialId,
    /// On which day it was asked.
    pub on: NaiveDate,
}
