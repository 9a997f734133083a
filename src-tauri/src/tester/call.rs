//! What the page sends of one request: a value with its variables, and the contents of its files.

use std::collections::BTreeMap;
use std::fmt;

use keyturn_core::{CredentialRef, EnvironmentName};
use keyturn_protocol::calls::KeepExchange;
use keyturn_request::Request;
use keyturn_request::check::Check;
use serde::Deserialize;

/// One request as the page composed it.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct TesterRequest {
    /// Chosen by the page; names the call for whoever takes it back.
    pub(crate) turn: u64,
    /// With which credential.
    pub(crate) reference: CredentialRef,
    /// In which environment; `null` takes the preferred one.
    pub(crate) environment: Option<EnvironmentName>,
    /// The recipe of the profile; `null` is the sample's, or the credential's own.
    pub(crate) recipe: Option<String>,
    /// A sample of the profile; then method, path and query are the sample's own.
    pub(crate) sample: Option<String>,
    /// The request; its address is a path, or a whole address of the environment's host.
    pub(crate) request: Request,
    /// Values of its variables.
    pub(crate) variables: BTreeMap<String, String>,
    /// The contents of its files in base64, each with the path that the body says.
    pub(crate) files: Vec<(String, String)>,
    /// What the answer has to be like.
    pub(crate) checks: Vec<Check>,
    /// The name under which it is saved.
    pub(crate) saved: Option<String>,
    /// Whether the user agreed to a request that creates something.
    pub(crate) confirmed: bool,
    /// Whether to fail at once, and tell when, rather than wait.
    pub(crate) no_wait: bool,
    /// The choice to keep the exchange.
    pub(crate) keep: Option<KeepExchange>,
}

impl fmt::Debug for TesterRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Path, values, files and checks may hold personal data.
        formatter
            .debug_struct("TesterRequest")
            .field("turn", &self.turn)
            .field("reference", &self.reference)
            .field("request", &self.request)
            .finish_non_exhaustive()
    }
}
