//! The requests that are saved with a credential.

use keyturn_core::CredentialRef;
use keyturn_request::SavedRequest;
use serde::{Deserialize, Serialize};

use crate::ApiError;

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

/// Saves several new requests at once, as many of them as can be. One that holds a secret is refused.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SaveRequests {
    /// With which credential.
    pub reference: CredentialRef,
    /// The requests, under their names.
    pub requests: Vec<SavedRequest>,
}

impl SaveRequests {
    /// As many calls as it takes for each to be a message: a document may describe more than one holds.
    pub fn several(
        reference: &CredentialRef,
        requests: impl IntoIterator<Item = SavedRequest>,
    ) -> Vec<Self> {
        let mut calls: Vec<Self> = Vec::new();
        let mut room = 0;
        for request in requests {
            let bytes = serde_json::to_vec(&request).map_or(usize::MAX, |json| json.len());
            match calls.last_mut() {
                Some(call) if bytes <= room => call.requests.push(request),
                _ => {
                    room = LARGEST_CALL;
                    calls.push(Self { reference: reference.clone(), requests: vec![request] });
                }
            }
            room = room.saturating_sub(bytes);
        }
        calls
    }
}

/// How large the requests of one call are together, in bytes of JSON: no more than those of a credential may be.
const LARGEST_CALL: usize = 4 * 1024 * 1024;

/// What is saved with a credential by now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SavedRequests {
    /// All requests, in the order of their names.
    pub saved: Vec<SavedView>,
    /// Those of the call that were not saved, in its order.
    pub not_saved: Vec<NotSavedView>,
}

/// A request that was not saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct NotSavedView {
    /// Its place among those that were given, from 0.
    pub at: usize,
    /// Why.
    pub why: ApiError,
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
    fn what_is_too_much_for_one_message_is_saved_by_several_calls_in_order() {
        let request = |name: &str, bytes: usize| {
            let mut request = keyturn_request::Request::new("POST", "/v1/x");
            request.body = keyturn_request::Body::Json { text: "x".repeat(bytes) };
            let (environment, recipe, sample) = (None, None, None);
            let name = name.to_owned();
            SavedRequest { name, request, environment, recipe, sample, checks: Vec::new() }
        };
        let half = LARGEST_CALL / 2;
        let given = [
            request("a", half),
            request("b", 9),
            request("c", half),
            request("d", 5 * half),
            request("e", 9),
        ];
        let calls = SaveRequests::several(&"acme/main".parse().unwrap(), given);
        let named = |call: &SaveRequests| {
            call.requests.iter().map(|one| one.name.as_str()).collect::<String>()
        };
        assert_eq!(calls.iter().map(named).collect::<Vec<_>>(), ["ab", "c", "d", "e"]);
        assert!(SaveRequests::several(&"acme/main".parse().unwrap(), []).is_empty());
    }

    #[test]
    fn no_name_is_in_a_debug_text() {
        let call =
            RemoveSaved { reference: "acme/main".parse().unwrap(), name: "canary".to_owned() };
        let text = format!("{call:?}");
        assert!(text.contains("acme") && !text.contains("canary"), "{text}");
    }
}
