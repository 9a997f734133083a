//! Explaining an answer that another program got. Nothing of it is kept.

use std::fmt;

use keyturn_core::{CredentialRef, EnvironmentName, Listed};
use serde::{Deserialize, Serialize};

use super::DiagnosisView;

/// Says what an answer means.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ExplainAnswer {
    /// With which credential it was got.
    pub reference: CredentialRef,
    /// In which environment; `None` takes the preferred one.
    pub environment: Option<EnvironmentName>,
    /// Its status.
    pub status: u16,
    /// The path that was asked.
    pub path: Option<String>,
    /// What was sent along; `None` where that is not known.
    pub sent: Option<SentAlong>,
    /// Its body, base64: it may be of any encoding.
    pub body_base64: String,
}

impl fmt::Debug for ExplainAnswer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The path may have a query, and the body anything.
        formatter
            .debug_struct("ExplainAnswer")
            .field("reference", &self.reference)
            .field("environment", &self.environment)
            .field("status", &self.status)
            .field("body_base64", &format_args!("{} bytes", self.body_base64.len()))
            .finish_non_exhaustive()
    }
}

/// What a request carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SentAlong {
    /// The access token alone.
    Token,
    /// A long-lived secret alone.
    Key,
    /// Both.
    Both,
    /// Neither.
    Nothing,
}

/// What an answer means, and what that follows from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ExplainAnswerView {
    /// What it means.
    #[serde(flatten)]
    pub diagnosis: DiagnosisView,
    /// Whether the provider says that the stored credential is no good.
    pub credential_refused: bool,
    /// What that follows from.
    pub facts: ExplainFacts,
    /// The body as text, secrets redacted.
    pub body: String,
}

/// What an explanation follows from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ExplainFacts {
    /// The status.
    pub status: u16,
    /// Whether the path is that of the exchange.
    pub exchange: bool,
    /// The way of authenticating that the credential uses.
    pub method: String,
    /// How old the stored token is; `None` where there is none.
    pub token_age_s: Option<i64>,
    /// How far the provider's clock was ahead when it was asked last.
    pub clock_skew_s: Option<i64>,
    /// What the user said of this machine's address.
    pub this_machine_listed: Listed,
}
