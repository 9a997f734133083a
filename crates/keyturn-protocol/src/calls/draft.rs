//! Calls about what the user is writing in the window: kept in the vault, so that a lock loses none of it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::SecretOnWire;

/// Keeps what the user is writing in place of what was kept before.
#[derive(Debug, Serialize, Deserialize)]
pub struct KeepDraft {
    /// The page's own form of it, at most 64 KiB; `None` where nothing is being written any more.
    pub text: Option<SecretOnWire>,
}

/// Shows what the user was writing.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShowDraft {}

/// What the user was writing. The page puts no secret into it: those are typed anew.
#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DraftView {
    /// As it was kept; `None` where nothing is.
    pub text: Option<String>,
}

impl fmt::Debug for DraftView {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A note may be about a person.
        formatter.write_str("DraftView")
    }
}
