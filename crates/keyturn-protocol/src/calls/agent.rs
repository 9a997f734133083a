//! Calls about the agent itself.

use keyturn_core::CredentialRef;
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

/// Has the window that is open come to the front; asked by a second one, which ends then.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenWindow {
    /// The credential to show.
    pub reference: Option<CredentialRef>,
    /// Whether to show the palette.
    #[serde(default)]
    pub palette: bool,
}
