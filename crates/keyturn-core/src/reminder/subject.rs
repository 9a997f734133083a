//! What may have to be told of a credential: names and dates, and nothing else of it.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{ReminderKind, SeriesId};
use crate::rotation::{DueReason, Policies, RotationStage, counts_since, own_end};
use crate::{Credential, CredentialId, CredentialRef};

/// One thing of a credential that is reminded of until it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Of which credential.
    pub credential: CredentialId,
    /// How the user names it.
    pub reference: CredentialRef,
    /// What of it.
    pub about: About,
}

/// What of a credential is reminded of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// Its key is to be replaced.
    Due {
        /// On which day.
        on: NaiveDate,
        /// Why.
        reason: DueReason,
        /// The day the key was issued: lead times that had begun then are none.
        since: Option<NaiveDate>,
        /// After how many days a silent support is asked again, where the provider's support makes the
        /// new key and nobody asked it yet.
        by_support: Option<u32>,
    },
    /// The provider's support was asked for a new key.
    Requested {
        /// On which day.
        on: NaiveDate,
        /// After how many days it is asked again.
        nudge_days: u32,
    },
    /// An item of the provider's checklist is to be looked at again.
    Checklist {
        /// Which one.
        item: String,
        /// What is to be done.
        text: String,
        /// On which day.
        again_on: NaiveDate,
    },
    /// A check of every day did not pass; it goes when a later one does.
    CheckFailed {
        /// Which request failed.
        request: String,
        /// What of it, in words without a value.
        why: String,
        /// Since which day.
        since: NaiveDate,
    },
}

/// What the provider's profile says about asking its support for a new key.
#[derive(Debug, Clone, Copy, Default)]
pub struct SupportFacts {
    /// Whether its support makes the new key.
    pub by_support: bool,
    /// After how many days a silent support is asked again.
    pub nudge_days: Option<u32>,
}

/// How long a support may be silent where its profile says nothing of it.
const NUDGE_DAYS: u32 = 7;

impl Subject {
    /// What is reminded of a credential's key: its own end, the day of the rules where that comes
    /// first, and a support that is silent. Nothing of one that was removed. From the promotion on, its
    /// dates are the new key's.
    pub fn of<'a>(
        credential: &'a Credential,
        policies: &Policies,
        support: SupportFacts,
    ) -> impl Iterator<Item = Self> + use<'a> {
        let stage = credential.rotating.as_ref().map(|rotating| rotating.stage);
        let removed = credential.removed_at.is_some();
        let asked = RotationStage::Requested..RotationStage::Promoted;
        let under_way = stage.is_some_and(|stage| asked.contains(&stage));
        let nudge_days = support.nudge_days.unwrap_or(NUDGE_DAYS).max(1);
        let by_support = (support.by_support && !under_way).then_some(nudge_days);
        let end = own_end(credential);
        let rule = policies.by_rule(credential).filter(|rule| {
            // Who asked for a new key knows; where the key itself ends first, that is what is told.
            !under_way && end.is_none_or(|end| rule.on < end.on)
        });
        let due = [end, rule].into_iter().flatten().map(move |due| {
            let since = counts_since(credential, due.reason);
            About::Due { on: due.on, reason: due.reason, since, by_support }
        });
        let waits = stage == Some(RotationStage::Requested);
        let rotating = credential.rotating.as_ref().filter(|_| waits);
        let request = rotating.and_then(|rotating| rotating.request.as_ref());
        let silent = request.map(|request| About::Requested { on: request.on, nudge_days });
        let all = due.chain(silent).filter(move |_| !removed);
        all.map(move |about| Self::new(credential, about))
    }

    /// An item of a credential's checklist that is to be looked at again.
    #[must_use]
    pub fn checklist(credential: &Credential, item: &str, text: &str, again_on: NaiveDate) -> Self {
        let (item, text) = (item.to_owned(), text.to_owned());
        Self::new(credential, About::Checklist { item, text, again_on })
    }

    /// A request of a credential's that does not pass its check of every day.
    #[must_use]
    pub fn check_failed(
        credential: &Credential,
        request: &str,
        why: &str,
        since: NaiveDate,
    ) -> Self {
        let (request, why) = (request.to_owned(), why.to_owned());
        Self::new(credential, About::CheckFailed { request, why, since })
    }

    fn new(credential: &Credential, about: About) -> Self {
        Self { credential: credential.id, reference: credential.reference(), about }
    }

    /// The series of its reminders.
    #[must_use]
    pub fn series(&self) -> SeriesId {
        let item = match &self.about {
            About::Checklist { item, .. } => item.clone(),
            About::Due { .. } | About::Requested { .. } | About::CheckFailed { .. } => {
                String::new()
            }
        };
        SeriesId { credential: self.credential, kind: self.kind(), item, anchor: self.anchor() }
    }

    /// What its reminders are about.
    #[must_use]
    pub const fn kind(&self) -> ReminderKind {
        match &self.about {
            About::Due { reason: DueReason::Expires, .. } => ReminderKind::KeyExpires,
            About::Due { .. } => ReminderKind::RotationDue,
            About::Requested { .. } => ReminderKind::SupportSilent,
            About::Checklist { .. } => ReminderKind::Checklist,
            About::CheckFailed { .. } => ReminderKind::CheckFailed,
        }
    }

    /// The day that its reminders lead to.
    #[must_use]
    pub fn anchor(&self) -> NaiveDate {
        match &self.about {
            About::Due { on, .. }
            | About::Checklist { again_on: on, .. }
            | About::CheckFailed { since: on, .. } => *on,
            About::Requested { on, nudge_days } => {
                let nudge = on.checked_add_days(Days::new(u64::from(*nudge_days)));
                nudge.unwrap_or(NaiveDate::MAX)
            }
        }
    }
}
