//! Calls about replacing a key, one stage at a time. Secrets go inwards only.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
pub use keyturn_core::rotation::Step as RotationOffer;
use keyturn_core::rotation::{OldKeyEnd, OldKeyLife, VerifiedBy};
use keyturn_core::{CredentialRef, FieldName, RotationStage, RotationState};
use serde::{Deserialize, Serialize};

use super::ConsumersView;
use crate::SecretOnWire;

/// Shows where a credential's rotation stands, and what comes next; also where none is under way.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShowRotation {
    /// Of which credential.
    pub reference: CredentialRef,
}

/// Takes one step of a rotation. Each is written before it is answered, and may be tried again.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AdvanceRotation {
    /// Of which credential.
    pub reference: CredentialRef,
    /// Which step.
    pub step: RotationStep,
    /// To cancel: the user's yes, where no test tells whether the old key works, and where the key was
    /// called compromised; `None` is no.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub agreed: Option<bool>,
}

/// A step of a rotation.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RotationStep {
    /// Begins it.
    Start,
    /// Begins it because the key is compromised, or makes the one under way an emergency.
    Compromised {
        /// What happened, for the incident report.
        note: Option<String>,
    },
    /// Notes that the provider's support was asked.
    Request {
        /// On which day; `None` is today.
        on: Option<NaiveDate>,
        /// The support's number for it.
        ticket: Option<String>,
        /// The user's own words.
        note: Option<String>,
    },
    /// Stores the new key beside the old one: answered only after it was written and read back. Where
    /// another new key is stored already, it needs a yes.
    Store {
        /// The new values, the open part of a pair among them; a field that is not given keeps its
        /// value.
        secrets: BTreeMap<FieldName, SecretOnWire>,
        /// Whether another new key that is stored already may be forgotten; `None` is no.
        #[serde(default)]
        #[cfg_attr(feature = "typescript", ts(optional))]
        replace: Option<bool>,
    },
    /// Finds out whether the new key works: by the profile's test call or an exchange.
    Verify {
        /// Takes the user's word instead.
        by_word: bool,
    },
    /// Notes that the provider was told that the new key arrived.
    Confirm {
        /// Goes on although consumers do not have the new key yet.
        consumers_behind: bool,
    },
    /// Makes the new key the one in use.
    Promote {
        /// The user's word that an unverified key works.
        by_word: bool,
    },
    /// Finds out whether the old key is dead, and forgets its value then.
    Retire {
        /// Takes the user's word for it.
        by_word: bool,
    },
    /// Makes the old key the one in use again; the new one stays beside it.
    RollBack,
    /// Ends a rotation that has stored nothing yet, or forgets the new key that was never used.
    Cancel,
}

/// Where a rotation stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RotationDetail {
    /// Of which credential.
    #[serde(rename = "ref")]
    pub reference: CredentialRef,
    /// The word that lists show.
    pub state: RotationState,
    /// The stage it has reached; `None` where no rotation is under way.
    pub stage: Option<RotationStage>,
    /// The stages that this provider's rotation goes through, in their order.
    pub stages: Vec<StageView>,
    /// What to do next, in one or two sentences.
    pub next: String,
    /// The step that goes on; `None` where it is the provider's turn.
    pub next_step: Option<RotationOffer>,
    /// All steps that are possible now.
    pub offers: Vec<RotationOffer>,
    /// When it began.
    pub started_at: Option<DateTime<Utc>>,
    /// The day the key is due.
    pub due_on: Option<NaiveDate>,
    /// What was asked of the provider's support.
    pub request: Option<SupportRequestView>,
    /// The fields that are replaced.
    pub fields: Vec<RotatedField>,
    /// The profile's test of a new key in words; `None` where nothing harmless can be sent (X8).
    pub test: Option<String>,
    /// When the new key was stored.
    pub issued_at: Option<DateTime<Utc>>,
    /// When the new key was found to work.
    pub verified_at: Option<DateTime<Utc>>,
    /// By what it was found to work.
    pub verified_by: Option<VerifiedBy>,
    /// When the provider was told that the new key arrived.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// When the new key became the one in use.
    pub promoted_at: Option<DateTime<Utc>>,
    /// Whether the old key still works; `None` where no rotation is under way.
    pub old_key: Option<OldKeyLife>,
    /// When this provider ends an old key.
    pub old_key_end: OldKeyEnd,
    /// What that means for what uses it.
    pub old_key_note: Option<String>,
    /// Whether the provider's main documentation says so.
    pub old_key_verified: bool,
    /// Whether the provider's support makes the new key.
    pub by_support: bool,
    /// Where the user goes for a new key.
    pub place: String,
    /// What to do there, in this order.
    pub instructions: Vec<String>,
    /// Who uses the key.
    pub consumers: ConsumersView,
    /// The emergency, where it is one.
    pub emergency: Option<EmergencyView>,
    /// The last emergency that is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub last_emergency: Option<EmergencyView>,
}

/// A stage of a rotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct StageView {
    /// Which one.
    pub stage: RotationStage,
    /// Its headline.
    pub title: String,
    /// When it was reached; `None` before.
    pub reached_at: Option<DateTime<Utc>>,
}

/// A field that a rotation replaces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RotatedField {
    /// Its name.
    pub name: FieldName,
    /// What the form calls it.
    pub label: String,
    /// The last four characters of the one in use.
    pub current_last_four: Option<String>,
    /// The last four characters of the new one, or of the old one after its promotion.
    pub other_last_four: Option<String>,
}

/// What was asked of a provider's support.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SupportRequestView {
    /// The day of the request.
    pub on: NaiveDate,
    /// The support's number for it.
    pub ticket: Option<String>,
    /// The user's own words.
    pub note: Option<String>,
    /// The days since then.
    pub days_silent: i64,
    /// The day from which a reminder asks to nudge the support.
    pub nudge_on: Option<NaiveDate>,
}

/// An emergency: the key is compromised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct EmergencyView {
    /// When it was called compromised.
    pub declared_at: DateTime<Utc>,
    /// What happened, in the user's words.
    pub note: Option<String>,
    /// Until when the old key goes on working, in words.
    pub warning: String,
    /// What the provider offers, in words.
    pub offered: String,
    /// A text to the provider's support, ready to be sent; no secret in it.
    pub support_text: String,
    /// Where to send it, where the profile knows.
    pub support_address: Option<String>,
    /// The record for the incident report: what happened when, and who used the key; no secret in it.
    pub report: String,
}
