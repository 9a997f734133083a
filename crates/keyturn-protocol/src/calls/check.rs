//! Running what is saved, to see whether each key still works.

use std::fmt;

use keyturn_core::{CredentialRef, EnvironmentName};
use keyturn_request::CheckOutcome;
use serde::{Deserialize, Serialize};

/// Runs the saved requests of a credential, or of all, each with its checks.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RunChecks {
    /// Of which credential; `None` is all of them.
    pub reference: Option<CredentialRef>,
    /// Whether requests are sent, too, that change or cost something.
    pub confirmed: bool,
}

/// How it went with one request.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CheckedView {
    /// Of which credential.
    #[serde(rename = "ref")]
    pub reference: CredentialRef,
    /// The name under which it is saved, or the title of the profile's test call.
    pub request: String,
    /// In which environment.
    pub environment: Option<EnvironmentName>,
    /// How it went.
    pub outcome: CheckedOutcome,
    /// Why it was not run, or what went wrong.
    pub why: Option<String>,
    /// The answer's status.
    pub status: Option<u16>,
    /// What the answer means.
    pub meaning: Option<String>,
    /// How long it took, in milliseconds.
    pub total_ms: Option<f64>,
    /// Its checks, in their order.
    pub checks: Vec<CheckOutcome>,
    /// Whether the provider refused the credential.
    pub credential_refused: bool,
}

/// How it went with a saved request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CheckedOutcome {
    /// All its checks passed.
    Passed,
    /// One did not, or there was no answer.
    Failed,
    /// It was not sent.
    NotRun,
}

impl fmt::Debug for CheckedView {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The name of a request may be a person's, and so may what was found.
        formatter
            .debug_struct("CheckedView")
            .field("reference", &self.reference)
            .field("outcome", &self.outcome)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_asked_or_found_is_in_a_debug_text() {
        let canary = || Some("canary".to_owned());
        let view = CheckedView {
            reference: "acme/main".parse().unwrap(),
            request: "canary".to_owned(),
            environment: None,
            outcome: CheckedOutcome::Failed,
            why: canary(),
            status: Some(404),
            meaning: canary(),
            total_ms: None,
            checks: Vec::new(),
            credential_refused: false,
        };
        let said = format!("{view:?}");
        assert!(said.contains("404") && !said.contains("canary"), "{said}");
    }
}
