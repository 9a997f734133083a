//! Random 16-byte identifiers.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

/// A random 16-byte identifier of a `T`, written as 32 lower-case hexadecimal digits.
pub struct Id<T>([u8; 16], PhantomData<fn() -> T>);

/// Marks [`CredentialId`].
#[derive(Debug)]
pub enum OfCredential {}
/// Marks [`RecordId`].
#[derive(Debug)]
pub enum OfRecord {}
/// Marks [`VaultId`].
#[derive(Debug)]
pub enum OfVault {}

/// Marks [`PasteTicket`].
#[derive(Debug)]
pub enum OfPaste {}

/// Names a credential for as long as it lives, whatever the user calls it.
pub type CredentialId = Id<OfCredential>;
/// Names one encrypted record of the vault file.
pub type RecordId = Id<OfRecord>;
/// Names a vault.
pub type VaultId = Id<OfVault>;
/// Stands for pasted values that the agent keeps for a few minutes.
pub type PasteTicket = Id<OfPaste>;

/// Says why a text is no identifier.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum IdError {
    /// It is not 32 hexadecimal digits.
    #[error("an identifier is 32 hexadecimal digits")]
    Malformed,
}

impl<T> Id<T> {
    /// Draws a new identifier from the operating system's random source.
    ///
    /// # Panics
    /// When the operating system has no random source: nothing in Keyturn can work without one.
    #[must_use]
    pub fn make_random() -> Self {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        Self(bytes, PhantomData)
    }

    /// Takes the bytes of an identifier as stored.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes, PhantomData)
    }

    /// The bytes as stored.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> std::hash::Hash for Id<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T> fmt::Display for Id<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl<T> FromStr for Id<T> {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let digits = text.as_bytes();
        if digits.len() != 32 {
            return Err(IdError::Malformed);
        }
        let mut bytes = [0; 16];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let digit = |at: usize| char::from(pair[at]).to_digit(16).ok_or(IdError::Malformed);
            *byte = u8::try_from(digit(0)? << 4 | digit(1)?).map_err(|_| IdError::Malformed)?;
        }
        Ok(Self::from_bytes(bytes))
    }
}

impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_survives_its_text_form() {
        let id = RecordId::make_random();
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn text_of_another_shape_is_no_identifier() {
        for text in ["", "00", "zz112233445566778899aabbccddeeff", "é112233445566778899aabbccddeef"]
        {
            assert_eq!(text.parse::<RecordId>(), Err(IdError::Malformed), "{text}");
        }
    }
}
