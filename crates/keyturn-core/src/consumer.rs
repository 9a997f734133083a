//! Who uses a credential, as far as the user wrote it down.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::steers;

/// The longest name of a consumer, in characters.
const LONGEST_NAME: usize = 200;

/// Something that uses a key outside of this Keyturn: "GitHub Actions of repo X", "server Y".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consumer {
    /// Names it among those of its credential; never used again.
    pub id: u32,
    /// What the user calls it.
    pub name: String,
    /// The day it was written down.
    pub added_on: NaiveDate,
    /// The version of the key that it has: see [`crate::KeyVersion`]; `None` where nobody said.
    pub version: Option<u32>,
}

/// Says why a text is no consumer's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ConsumerNameError {
    /// There is nothing in it.
    #[error("a consumer's name is empty")]
    Empty,
    /// It is longer than a line.
    #[error("a consumer's name is longer than {LONGEST_NAME} characters")]
    TooLong,
    /// It is not one line of readable text.
    #[error("a consumer's name has a line break or another control character in it")]
    ControlCharacter,
}

impl Consumer {
    /// Takes a text as a name, without the white space around it.
    pub fn checked_name(text: &str) -> Result<String, ConsumerNameError> {
        let name = text.trim();
        // The lists of names are pasted into chats.
        match name.chars().count() {
            0 => Err(ConsumerNameError::Empty),
            count if count > LONGEST_NAME => Err(ConsumerNameError::TooLong),
            _ if name.chars().any(steers) => Err(ConsumerNameError::ControlCharacter),
            _ => Ok(name.to_owned()),
        }
    }

    /// Whether a name means this one: upper and lower case are the same.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        self.name.to_lowercase() == name.to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_readable_line_of_at_most_200_characters() {
        assert_eq!(Consumer::checked_name(" make \n").as_deref(), Ok("make"));
        assert_eq!(Consumer::checked_name(" \n"), Err(ConsumerNameError::Empty));
        assert!(Consumer::checked_name(&"ö".repeat(200)).is_ok(), "characters, not bytes");
        assert_eq!(Consumer::checked_name(&"ö".repeat(201)), Err(ConsumerNameError::TooLong));
        for name in ["a\nb", "a\tb", "a\u{1b}[2J", "a\u{202e}b", "a\u{2028}b"] {
            let error = Consumer::checked_name(name);
            assert_eq!(error, Err(ConsumerNameError::ControlCharacter), "{name:?}");
        }
    }

    #[test]
    fn a_name_is_the_same_in_other_letters() {
        let on = "2026-06-15".parse().unwrap();
        let ci = Consumer { id: 1, name: "Öffi CI".to_owned(), added_on: on, version: None };
        assert!(ci.is_called("öFFI ci") && !ci.is_called("Offi CI"));
    }
}
