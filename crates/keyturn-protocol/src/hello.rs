//! The handshake: the first message in each direction.

use serde::{Deserialize, Serialize};

/// The version of the protocol. It changes when an older peer would misunderstand a message.
pub const PROTOCOL_VERSION: u32 = 1;

/// The client's first message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The protocol that the client speaks.
    pub protocol: u32,
    /// The client's version, for the agent's log.
    pub version: String,
    /// Whether the user may be asked about this client.
    #[serde(default)]
    pub asking: Asking,
    /// Whether the client understands a [`crate::Waiting`] before an answer.
    #[serde(default)]
    pub hears_waiting: bool,
    /// Whether the client starts another agent when this one ends for it, which an agent that is older
    /// than its client does as soon as nothing is under way.
    #[serde(default)]
    pub replaces: bool,
}

/// What every version of a hello has, whatever else changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelloHead {
    /// The protocol that the client speaks.
    pub protocol: u32,
    /// The client's version.
    pub version: String,
    /// Whether the client starts another agent.
    #[serde(default)]
    pub replaces: bool,
}

/// Whether the agent may ask the user about a client that was not allowed to use the vault. A client
/// decides nothing with it: without an answer it gets nothing either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asking {
    /// It is refused at once, and says by itself what the user can do.
    #[default]
    Never,
    /// A window may ask, and the client waits for the answer.
    Allowed,
}

impl Hello {
    /// What a client of this build says.
    #[must_use]
    pub fn ours(asking: Asking) -> Self {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        Self { protocol: PROTOCOL_VERSION, version, asking, hears_waiting: true, replaces: false }
    }
}

/// The agent's first message; it comes as a [`crate::Reply`], whose error is
/// [`crate::ErrorCode::RestartNeeded`] when the two speak different protocols, or when the agent ends for
/// a newer client. In that case alone the error says when to try again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// The protocol that the agent speaks.
    pub protocol: u32,
    /// The agent's version.
    pub version: String,
    /// The agent's process id.
    pub pid: u32,
}
