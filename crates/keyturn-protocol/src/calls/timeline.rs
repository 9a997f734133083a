//! What was, is and will be of each key, on one axis of days.

use chrono::{DateTime, NaiveDate, Utc};
use keyturn_core::{CredentialRef, RotationState};
use serde::{Deserialize, Serialize};

/// Shows the timeline of all credentials.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShowTimeline {}

/// The timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TimelineView {
    /// Today, in the user's calendar.
    pub today: NaiveDate,
    /// One lane a credential, the one that is due first above.
    pub lanes: Vec<TimelineLane>,
}

/// The lane of a credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TimelineLane {
    /// Which one.
    #[serde(rename = "ref")]
    pub reference: CredentialRef,
    /// Where its rotation stands.
    pub state: RotationState,
    /// The day the key in use was issued or added.
    pub from: NaiveDate,
    /// The day it ends by itself; `None` where it does not, or nobody knows.
    pub until: Option<NaiveDate>,
    /// The day it is due to be replaced.
    pub due_on: Option<NaiveDate>,
    /// From when on it is to be replaced: the first lead time before the due day.
    pub window_from: Option<NaiveDate>,
    /// When old and new are both known to work, never assumed (DC7).
    pub overlap_from: Option<DateTime<Utc>>,
    /// Until when; `None` while it lasts.
    pub overlap_until: Option<DateTime<Utc>>,
    /// What happens on it, in the order of time.
    pub events: Vec<TimelineEvent>,
}

/// Something that happens on a lane.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TimelineEvent {
    /// When.
    pub at: DateTime<Utc>,
    /// The day in the user's calendar.
    pub on: NaiveDate,
    /// What.
    pub kind: TimelineKind,
    /// In words.
    pub title: String,
}

/// What happens on a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TimelineKind {
    /// The key was issued or stored.
    Issued,
    /// A reminder comes.
    Reminder,
    /// The key is due.
    Due,
    /// The key ends.
    Expires,
    /// The token ends.
    TokenExpires,
    /// A stage of its rotation was reached.
    Rotation,
}
