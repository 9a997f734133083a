//! The requests that are saved with a credential.

use keyturn_core::CredentialRef;
use keyturn_request::SavedRequest;
use serde::{Deserialize, Serialize};

/// Lists the requests that are saved with a credential, in the order of their names.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ListSaved {
    /// With which credential.
    pub reference: CredentialRef,
}

/// Saves a request. One that holds a secret is refused.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SaveRequest {
    /// With which credential.
    pub reference: CredentialRef,
    /// The request, under its name.
    pub saved: SavedRequest,
    /// The name of the one that it takes the place of; `None` where it is a new one.
    pub replaces: Option<String>,
}

/// Removes a saved request.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RemoveSaved {
    /// From which credential.
    pub reference: CredentialRef,
    /// Under which name it is saved.
    pub name: String,
}

impl std::fmt::Debug for RemoveSaved {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A name may be a person's.
        let mut text = formatter.debug_struct("RemoveSaved");
        text.field("reference", &self.reference).finish_non_exhaustive()
    }
}

/// A saved request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SavedView {
    /// The request, under its name.
    pub saved: SavedRequest,
    /// Whether it is known to change and cost nothing, so that it may be sent without a question.
    pub harmless: bool,
    /// Its variables that have no value of their own.
    pub variables: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_in_a_debug_text() {
        let call =
            RemoveSaved { reference: "acme/main".parse().unwrap(), name: "canary".to_owned() };
        let text = format!("{call:?}");
        assert!(text.contains("acme") && !text.contains("canary"), "{text}");
    }
}
