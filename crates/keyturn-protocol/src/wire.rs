//! Encoding of messages. Secrets cross here, and only in a [`SecretOnWire`].

use std::io::{self, Write};

use keyturn_core::{Secret, SecretString};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

use crate::ApiError;

/// A secret on its way between a client and the agent.
///
/// The only type of ours that serialises a secret: a field of this type marks a place where one
/// leaves or enters a process on purpose. `Debug` shows nothing.
#[derive(Debug)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
pub struct SecretOnWire(pub SecretString);

impl SecretOnWire {
    /// Wraps a secret for the way.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Secret::new(text.into()))
    }
}

impl Serialize for SecretOnWire {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose())
    }
}

impl<'de> Deserialize<'de> for SecretOnWire {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(Secret::new(text)))
    }
}

/// The agent's answer to a call.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply<A> {
    /// It was done.
    Ok(A),
    /// It was not done; this says why.
    Err(ApiError),
}

impl<A> From<Reply<A>> for Result<A, ApiError> {
    fn from(reply: Reply<A>) -> Self {
        match reply {
            Reply::Ok(answer) => Ok(answer),
            Reply::Err(error) => Err(error),
        }
    }
}

/// What the agent says before its answer to a call, to a client whose hello says that it understands it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waiting {
    /// The user is asked in a window; the answer to the call comes after theirs.
    Asked,
}

struct Counter(usize);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Encodes a message into a buffer that is wiped when dropped. The size is counted first, so that
/// the buffer never moves and leaves no copy behind.
///
/// # Panics
/// Never for the types of this crate: they have no maps with keys other than text.
pub fn encode<T: Serialize>(message: &T) -> Zeroizing<Vec<u8>> {
    let mut counter = Counter(0);
    serde_json::to_writer(&mut counter, message).expect("messages are plain JSON");
    let mut bytes = Zeroizing::new(Vec::with_capacity(counter.0));
    serde_json::to_writer(&mut *bytes, message).expect("messages are plain JSON");
    bytes
}

/// Decodes a message; `None` when it is not what was expected. What exactly is wrong is not told:
/// serde's words may quote the input.
#[must_use]
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    serde_json::from_slice(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_crosses_the_wire_and_is_not_in_debug() {
        let sent = Reply::Ok(SecretOnWire::new("canary \"quoted\"\n"));
        assert!(!format!("{sent:?}").contains("canary"));
        let bytes = encode(&sent);
        let Some(Reply::Ok(received)) = decode::<Reply<SecretOnWire>>(&bytes) else {
            panic!("the message is understood");
        };
        assert_eq!(received.0.expose(), "canary \"quoted\"\n");
    }

    #[test]
    fn a_message_is_encoded_without_growing_its_buffer() {
        let bytes = encode(&Reply::Ok("x".repeat(10_000)));
        assert_eq!(bytes.capacity(), bytes.len());
    }
}
