//! The provider's checklist before production.

use chrono::NaiveDate;
use keyturn_core::CredentialRef;
use serde::{Deserialize, Serialize};

/// Shows the checklist.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShowChecklist {
    /// Of which credential.
    pub reference: CredentialRef,
}

/// Ticks an item with today's date, or takes the tick away.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TickChecklist {
    /// Of which credential.
    pub reference: CredentialRef,
    /// Which item.
    pub item: String,
    /// Whether it is done.
    pub done: bool,
}

/// An item of a checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ChecklistItemView {
    /// Names it.
    pub id: String,
    /// What is to be done.
    pub text: String,
    /// How it stands.
    pub state: ChecklistState,
    /// Who says so; `None` where nobody does.
    pub by: Option<ChecklistWitness>,
    /// The day it was ticked.
    pub on: Option<NaiveDate>,
    /// The day it has to be done again.
    pub again_on: Option<NaiveDate>,
    /// What Keyturn saw.
    pub note: Option<String>,
    /// Whether the user ticks it; what Keyturn sees by itself cannot be ticked.
    #[serde(default)]
    pub tickable: bool,
}

/// How an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ChecklistState {
    /// It is done.
    Done,
    /// It is not.
    Open,
    /// It was done, and has to be done again.
    Due,
}

/// Who says that an item is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ChecklistWitness {
    /// Keyturn sees it.
    Keyturn,
    /// The user ticked it.
    User,
}
