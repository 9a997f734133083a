//! Calls about credentials. Nothing here carries a secret outwards.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use keyturn_core::rotation::DueReason;
use keyturn_core::{
    CredentialName, CredentialRef, EnvironmentName, ExpirySource, FieldName, KeyMark, ProviderId,
    RevealState, RotationState, TokenState,
};
use serde::{Deserialize, Serialize};

use super::FromPaste;
use crate::SecretOnWire;

/// Adds a credential.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AddCredential {
    /// The provider.
    pub provider: ProviderId,
    /// The credential's name.
    pub name: CredentialName,
    /// The environments it is bound to, the preferred one first; empty takes the profile's first.
    pub environments: Vec<EnvironmentName>,
    /// Who is responsible for it.
    pub owner: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// Open fields.
    pub fields: BTreeMap<FieldName, String>,
    /// Secret fields.
    pub secrets: BTreeMap<FieldName, SecretOnWire>,
    /// Secrets that were pasted before, and recognised as this provider's.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub from_paste: Option<FromPaste>,
    /// The last four characters of a key whose value is lost.
    pub last_four: Option<String>,
    /// What the user says of a reveal-once key whose value is not stored.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub mark: Option<KeyMark>,
    /// The day it was issued.
    pub issued_on: Option<NaiveDate>,
    /// The day it ends.
    pub expires_on: Option<NaiveDate>,
    /// How many days it may live.
    pub rotate_every_days: Option<u32>,
    /// The day on which the user wants to replace it.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub replace_on: Option<NaiveDate>,
    /// Whether nobody is reminded of it by any interval: its age is shown.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub age_only: Option<bool>,
    /// The provider's plan, whose limits count.
    #[serde(default)]
    pub plan: Option<String>,
    /// Whether its tokens are renewed in the background.
    #[serde(default)]
    pub keep_fresh: bool,
    /// Whether the user agreed to clear text, where the environment needs it.
    pub allow_plain_http: bool,
}

/// Lists credentials.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct ListCredentials {
    /// Only those of this provider.
    pub provider: Option<ProviderId>,
    /// Only those whose rotation is due within so many days.
    pub due_within_days: Option<i64>,
    /// Only those whose token ends within so many seconds.
    pub expiring_within_s: Option<i64>,
}

/// A credential as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CredentialView {
    /// How the user names it.
    #[serde(rename = "ref")]
    pub reference: CredentialRef,
    /// Its provider.
    pub provider: ProviderId,
    /// Its name there.
    pub name: CredentialName,
    /// Its preferred environment.
    pub environment: EnvironmentName,
    /// Who is responsible for it.
    pub owner: Option<String>,
    /// Its fields.
    pub fields: Vec<FieldView>,
    /// Its token in the preferred environment.
    pub token: TokenView,
    /// Its rotation.
    pub rotation: RotationView,
    /// Its reveal-once key.
    pub reveal: RevealView,
    /// Whether the user wants it at hand.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<bool>", optional))]
    pub favourite: bool,
}

/// A field as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FieldView {
    /// Its name.
    pub name: FieldName,
    /// Whether it is a secret.
    pub secret: bool,
    /// Whether a value is stored.
    pub set: bool,
    /// The last four characters, where they are known and give nothing away.
    pub last_four: Option<String>,
}

/// A token as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TokenView {
    /// Its state.
    pub state: TokenState,
    /// When it was issued; with its end it tells how much of its life is left.
    pub issued_at: Option<DateTime<Utc>>,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// In how many seconds it ends; negative when it has.
    pub expires_in_s: Option<i64>,
    /// Who says so; `None` where there is no token.
    pub source: Option<ExpirySource>,
    /// From when on it ends soon, as the user has it; `None` where nobody knows its end.
    #[serde(default)]
    pub soon_at: Option<DateTime<Utc>>,
    /// From when on that is urgent.
    #[serde(default)]
    pub urgent_at: Option<DateTime<Utc>>,
    /// Whether Keyturn renews it in the background.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<bool>", optional))]
    pub kept_fresh: bool,
    /// Why that failed last, where it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub renewal_problem: Option<String>,
}

/// A rotation as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RotationView {
    /// Its state.
    pub state: RotationState,
    /// The day the key is due.
    pub due_on: Option<NaiveDate>,
    /// The days until then; negative when it has passed.
    pub days_left: Option<i64>,
}

/// A reveal-once key as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RevealView {
    /// Its state.
    pub state: RevealState,
}

/// Shows one credential.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShowCredential {
    /// Which one.
    pub reference: CredentialRef,
}

/// A credential with everything that may be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CredentialDetail {
    /// What lists show.
    #[serde(flatten)]
    pub view: CredentialView,
    /// The provider's name.
    pub provider_name: String,
    /// The way of authenticating that is used; `None` where the profile is not known.
    pub method: Option<MethodInUse>,
    /// All environments it is bound to.
    pub environments: Vec<EnvironmentName>,
    /// The values of the open fields.
    pub open_values: BTreeMap<FieldName, String>,
    /// The note.
    pub note: Option<String>,
    /// The day it was issued.
    pub issued_on: Option<NaiveDate>,
    /// The day it ends.
    pub expires_on: Option<NaiveDate>,
    /// How many days it may live.
    pub rotate_every_days: Option<u32>,
    /// The day on which the user wants to replace it.
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub replace_on: Option<NaiveDate>,
    /// Whether nobody is reminded of it by any interval: its age is shown.
    #[cfg_attr(feature = "typescript", ts(as = "Option<bool>", optional))]
    pub age_only: bool,
    /// The provider's plan that was chosen.
    pub plan: Option<String>,
    /// Whether its tokens are renewed in the background.
    pub keep_fresh: bool,
    /// How many seconds the provider's clock was ahead of this machine's when it answered last.
    pub clock_skew_s: Option<i64>,
    /// The provider's limits and how much of them is used, through this Keyturn.
    pub limits: Vec<LimitView>,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When it was changed last.
    pub updated_at: DateTime<Utc>,
}

/// The way of authenticating that a credential uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct MethodInUse {
    /// Its name.
    pub name: String,
    /// What the form calls it.
    pub label: String,
    /// The names of the others whose fields are stored, too.
    pub others: Vec<String>,
}

/// One window of one of a provider's limits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct LimitView {
    /// What it limits.
    pub label: String,
    /// The plan it belongs to.
    pub plan: Option<String>,
    /// What requests are counted by.
    pub scope: LimitScope,
    /// What they are counted within.
    pub window: LimitWindow,
    /// How many requests it takes.
    pub limit: u32,
    /// How many may go at once.
    pub burst: Option<u32>,
    /// How many went through this Keyturn; of a limit for each endpoint, those of the busiest.
    pub used: u32,
    /// When some of it is free again; `None` where nothing is used.
    pub resets_at: Option<DateTime<Utc>>,
    /// Whether the provider's main documentation says so.
    pub verified: bool,
}

/// What a limit counts requests by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum LimitScope {
    /// The organization, whichever of its credentials is used.
    Organization,
    /// The account.
    Account,
    /// Each endpoint by itself.
    Endpoint,
}

/// What a limit counts within.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum LimitWindow {
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// A day of UTC.
    Day,
}

/// Changes a credential; what is `None` or absent stays as it is.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct EditCredential {
    /// Which one.
    pub reference: CredentialRef,
    /// A new name.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub name: Option<CredentialName>,
    /// New environments.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub environments: Option<Vec<EnvironmentName>>,
    /// A new owner; an empty text removes it.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub owner: Option<String>,
    /// A new note; an empty text removes it.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub note: Option<String>,
    /// New open values.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(as = "Option<BTreeMap<FieldName, String>>", optional))]
    pub fields: BTreeMap<FieldName, String>,
    /// New secrets: tokens that the old ones bought are forgotten.
    #[serde(default)]
    #[cfg_attr(
        feature = "typescript",
        ts(as = "Option<BTreeMap<FieldName, SecretOnWire>>", optional)
    )]
    pub secrets: BTreeMap<FieldName, SecretOnWire>,
    /// What the user says of a reveal-once key whose value is not stored.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub mark: Option<KeyMark>,
    /// A new day of issue.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub issued_on: Option<NaiveDate>,
    /// A new end.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub expires_on: Option<NaiveDate>,
    /// Whether the day of issue is taken away.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(as = "Option<bool>", optional))]
    pub clear_issued_on: bool,
    /// Whether the end is taken away.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(as = "Option<bool>", optional))]
    pub clear_expires_on: bool,
    /// A new interval; 0 removes it.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub rotate_every_days: Option<u32>,
    /// A new day on which the user wants to replace it.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub replace_on: Option<NaiveDate>,
    /// Whether the day on which the user wanted to replace it is taken away.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(as = "Option<bool>", optional))]
    pub clear_replace_on: bool,
    /// Whether nobody is reminded of it by any interval from now on.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub age_only: Option<bool>,
    /// A new plan; an empty text removes it.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub plan: Option<String>,
    /// Whether its tokens are renewed in the background from now on.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub keep_fresh: Option<bool>,
    /// Whether it is at hand from now on: in the tray, and among the favourites.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub favourite: Option<bool>,
    /// Whether the user agreed to clear text, where a new environment needs it.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(as = "Option<bool>", optional))]
    pub allow_plain_http: bool,
    /// Whether the user agreed that stored secrets go elsewhere than before.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(as = "Option<bool>", optional))]
    pub confirmed: bool,
}

/// Moves a credential to the trash.
#[derive(Debug, Serialize, Deserialize)]
pub struct RemoveCredential {
    /// Which one.
    pub reference: CredentialRef,
}

/// Lists what is due.
#[derive(Debug, Serialize, Deserialize)]
pub struct ListDue {
    /// Within so many days.
    pub within_days: i64,
}

/// A credential that is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DueItem {
    /// Which one.
    #[serde(rename = "ref")]
    pub reference: CredentialRef,
    /// The day.
    pub due_on: NaiveDate,
    /// The days until then; negative when it has passed.
    pub days_left: i64,
    /// Why it is due.
    pub reason: DueReason,
    /// Where its rotation stands.
    pub state: RotationState,
}
