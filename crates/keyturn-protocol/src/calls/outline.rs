//! What a request is made of, for those who write code for it. No secret is in it: code reads the
//! environment.

use std::fmt;

use keyturn_core::CredentialRef;
use keyturn_request::code::Carrier;
use serde::{Deserialize, Serialize};

use super::SendRequest;

/// Tells what a request would be made of; refuses what could not be sent either. Nothing is sent.
#[derive(Debug, Serialize, Deserialize)]
pub struct OutlineRequest {
    /// The request, which is checked as one that is sent.
    pub request: SendRequest,
    /// The address that it was written down with, `//HOST/PATH`; one of another host than the
    /// environment's is refused.
    pub address: Option<String>,
}

impl OutlineRequest {
    /// With which credential.
    #[must_use]
    pub const fn reference(&self) -> &CredentialRef {
        &self.request.reference
    }
}

/// What a request is made of.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestOutline {
    /// The method.
    pub method: String,
    /// The address, without its query.
    pub url: String,
    /// The query, without what authenticates.
    pub query: Vec<(String, String)>,
    /// The headers, without those that authenticate: the caller's, and the recipe's that are always the
    /// same.
    pub headers: Vec<(String, String)>,
    /// The sample's body, where the caller gave none: its media type and its text.
    pub body: Option<(String, String)>,
    /// What authenticates it.
    pub carriers: Vec<Carrier>,
    /// The variables of the environment that code reads, each with the command that prints its value.
    pub variables: Vec<(String, String)>,
    /// Why none of it belongs into a page or a mobile application.
    pub client_side_warning: String,
}

impl fmt::Debug for RequestOutline {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Path, query, headers and body may hold personal data.
        formatter
            .debug_struct("RequestOutline")
            .field("method", &self.method)
            .field("carriers", &self.carriers)
            .finish_non_exhaustive()
    }
}
