//! What the page gets of an answer: everything but its body, which stays here.

use keyturn_protocol::calls::{KeptDetail, SendRequestAnswer};
use serde::Serialize;

use super::body::ShownBody;

/// How a request went.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct TesterAnswer {
    /// The answer; its body is `null`.
    pub(crate) answer: SendRequestAnswer,
    /// The body, by its number; `null` where there is none.
    pub(crate) shown: Option<ShownBody>,
}

/// An exchange that was kept.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct ShownKept {
    /// The exchange; its answer's body is `null`.
    pub(crate) kept: KeptDetail,
    /// The body, by its number; `null` where there is none.
    pub(crate) shown: Option<ShownBody>,
}
