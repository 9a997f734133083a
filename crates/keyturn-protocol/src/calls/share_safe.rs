//! Calls about share-safe mode: whether names are kept off what somebody else may be looking at.

use serde::{Deserialize, Serialize};

/// Says whether it is on.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShowShareSafe {}

/// Switches it. On needs no grant: it only hides.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetShareSafe {
    /// Whether names are hidden from now on.
    pub on: bool,
}
