//! What was, is and will be of each key, reckoned from what is kept: one lane a credential.
//!
//! Nothing is assumed. A bar ends where somebody said that the key ends, and old and new are drawn
//! together only for the time in which both are known to work ([`Overlap`], DC7).

mod events;
mod lane;
mod overlap;

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use keyturn_core::reminder::Headline;
use keyturn_core::rotation::{Due, Policies};
use keyturn_core::{
    Credential, CredentialId, CredentialName, CredentialRef, ProviderId, RotationState,
};
use keyturn_vault::Vault;

use crate::lead_times::LeadTimes;
use crate::local_days::LocalDays;
use crate::{Engine, EngineError};

/// The timeline of all credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// Today, in the user's calendar.
    pub today: NaiveDate,
    /// One lane a credential, the one that is due first above.
    pub lanes: Vec<Lane>,
}

/// The lane of a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// Which one.
    pub reference: CredentialRef,
    /// Where its rotation stands.
    pub state: RotationState,
    /// The day the key in use was issued or added.
    pub from: NaiveDate,
    /// The day it ends by itself; `None` where it does not, or nobody knows.
    pub until: Option<NaiveDate>,
    /// The day it is due to be replaced.
    pub due_on: Option<NaiveDate>,
    /// From when on it is to be replaced.
    pub window_from: Option<NaiveDate>,
    /// When old and new are both known to work.
    pub overlap: Option<Overlap>,
    /// What happens on it, in the order of time.
    pub events: Vec<LaneEvent>,
}

/// The time in which an old and a new key are both known to work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overlap {
    /// Since when.
    pub from: DateTime<Utc>,
    /// Until when; `None` while it lasts.
    pub until: Option<DateTime<Utc>>,
}

/// Something that happens on a lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaneEvent {
    /// When.
    pub at: DateTime<Utc>,
    /// The day in the user's calendar.
    pub on: NaiveDate,
    /// What.
    pub kind: LaneEventKind,
    /// In words.
    pub title: Cow<'static, str>,
}

/// What happens on a lane; of the same moment the first one here comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LaneEventKind {
    /// The key was issued or stored.
    Issued,
    /// A stage of its rotation was reached.
    Rotation,
    /// The token ends.
    TokenExpires,
    /// A reminder comes.
    Reminder,
    /// The key is due.
    Due,
    /// The key ends.
    Expires,
}

/// What a lane is drawn from, beside its credential.
struct Known<'a> {
    vault: &'a Vault,
    days: &'a LocalDays<'a>,
    policies: &'a Policies,
    leads: &'a LeadTimes,
    /// What was told and nobody saw to, and the next one of each series.
    reminders: &'a HashMap<CredentialId, &'a [Headline]>,
    today: NaiveDate,
}

impl Engine {
    /// Draws the timeline.
    pub fn timeline(&self) -> Result<Timeline, EngineError> {
        let today = self.today();
        let days = LocalDays::new(&*self.ports.clock);
        let mut headlines = self.headlines();
        headlines.sort_by_key(|one| one.credential);
        let by_credential = headlines.chunk_by(|one, next| one.credential == next.credential);
        let reminders: HashMap<CredentialId, &[Headline]> =
            by_credential.map(|of_one| (of_one[0].credential, of_one)).collect();
        let policies = self.policies();
        let lanes = self.read(|vault| {
            let known = Known {
                vault,
                days: &days,
                leads: &LeadTimes::new(&vault.settings().reminders),
                policies: &policies,
                reminders: &reminders,
                today,
            };
            let live = vault.live_credentials();
            let mut order: Vec<(Option<Due>, &Credential)> =
                live.map(|credential| (policies.due(credential), credential)).collect();
            order.sort_by(|(a, one), (b, other)| key(*a, one).cmp(&key(*b, other)));
            let lanes =
                order.into_iter().map(|(due, credential)| lane::of(&known, credential, due));
            Ok(lanes.collect())
        })?;
        Ok(Timeline { today, lanes })
    }
}

/// What is due first stands above, and what never is below.
fn key(
    due: Option<Due>,
    credential: &Credential,
) -> (bool, Option<NaiveDate>, &ProviderId, &CredentialName) {
    (due.is_none(), due.map(|due| due.on), &credential.provider, &credential.name)
}
