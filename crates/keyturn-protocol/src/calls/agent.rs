//! Calls about the agent itself.

use serde::{Deserialize, Serialize};

/// The answer of a call that has nothing to tell but that it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Done {}

/// Locks the vault and ends the agent.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stop {}

/// Asks for events until the client leaves; answered by [`crate::Event::Subscribed`].
#[derive(Debug, Serialize, Deserialize)]
pub struct Subscribe {}
