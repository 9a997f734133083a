//! Names an exchange in its credential's history.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

/// Names an exchange among those of its credential; a later one has the greater number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(type = "string"))]
pub struct ExchangeId(u64);

/// Says why a text names no exchange.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ExchangeIdError {
    /// It is no whole number.
    #[error("an exchange is named by its number")]
    Malformed,
}

impl ExchangeId {
    /// Takes a number as stored.
    #[must_use]
    pub const fn from_number(number: u64) -> Self {
        Self(number)
    }

    /// The number as stored.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }
}

impl fmt::Display for ExchangeId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

impl FromStr for ExchangeId {
    type Err = ExchangeIdError;

    fn from_str(text: &str) -> Result<Self, ExchangeIdError> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|_| digits);
        number.map(Self).ok_or(ExchangeIdError::Malformed)
    }
}

impl Serialize for ExchangeId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ExchangeId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_survives_its_text_form_and_nothing_else_is_one() {
        let id = ExchangeId::from_number(1_781_524_800);
        assert_eq!(id.to_string().parse(), Ok(id));
        for text in ["", "-1", "+1", "1.0", "first", "18446744073709551616"] {
            assert_eq!(text.parse::<ExchangeId>(), Err(ExchangeIdError::Malformed), "{text}");
        }
    }
}
