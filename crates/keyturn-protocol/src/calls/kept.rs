//! The exchanges that the user chose to keep.

use std::fmt;

use chrono::{DateTime, Utc};
use keyturn_core::{CredentialRef, EnvironmentName, ExchangeId};
use keyturn_request::Request;
use serde::{Deserialize, Serialize};

use super::SendRequestAnswer;
use crate::ApiError;

/// The choice to keep an exchange, a part of its request.
#[derive(Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct KeepExchange {
    /// The user's own words about it.
    pub note: Option<String>,
}

impl fmt::Debug for KeepExchange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A note may be about a person.
        formatter.write_str("KeepExchange")
    }
}

/// What became of the choice to keep an exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct KeptNow {
    /// Names it; `None` where it was not kept.
    pub id: Option<ExchangeId>,
    /// The oldest one, which went to make room.
    pub forgot: Option<ExchangeId>,
    /// How many bytes the answer's body had, where its end was not kept.
    pub cut_from: Option<u64>,
    /// Why it was not kept.
    pub problem: Option<ApiError>,
}

/// Lists the kept exchanges of a credential, the newest first.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ListKept {
    /// Of which credential.
    pub reference: CredentialRef,
}

/// Shows a kept exchange whole.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ShowKept {
    /// Of which credential.
    pub reference: CredentialRef,
    /// Which one.
    pub id: ExchangeId,
}

/// Forgets a kept exchange.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ForgetKept {
    /// Of which credential.
    pub reference: CredentialRef,
    /// Which one.
    pub id: ExchangeId,
}

/// A kept exchange in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct KeptView {
    /// Names it.
    pub id: ExchangeId,
    /// When the answer came.
    pub at: DateTime<Utc>,
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The answer's status.
    pub status: u16,
    /// What the answer meant.
    pub meaning: String,
    /// The user's own words about it.
    pub note: Option<String>,
}

/// A kept exchange, whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct KeptDetail {
    /// Names it.
    pub id: ExchangeId,
    /// When the answer came.
    pub at: DateTime<Utc>,
    /// The user's own words about it.
    pub note: Option<String>,
    /// Where it was sent.
    pub environment: EnvironmentName,
    /// The recipe that it was sent with.
    pub recipe: String,
    /// The path.
    pub path: String,
    /// The query with its values.
    pub query: Vec<(String, String)>,
    /// The request, so that it can be sent again; `None` of one that an older version kept. A body that
    /// is not there though one was sent was no text, or too long.
    #[serde(default)]
    pub request: Option<Request>,
    /// How many bytes the answer's body had, where its end was not kept.
    pub cut_from: Option<u64>,
    /// What was sent and answered, as when it was sent.
    #[serde(flatten)]
    pub exchange: SendRequestAnswer,
}
