//! A span of time in a profile, written as users type it: `24h`, `90d`.

use std::fmt;

use chrono::TimeDelta;
use keyturn_core::duration::{self, DurationError};
use serde::{Deserialize, Serialize};

/// A span of time that keeps the way it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Span {
    text: String,
    length: TimeDelta,
}

impl Span {
    /// How long it is.
    #[must_use]
    pub const fn length(&self) -> TimeDelta {
        self.length
    }
}

impl fmt::Display for Span {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl TryFrom<String> for Span {
    type Error = DurationError;

    fn try_from(text: String) -> Result<Self, DurationError> {
        Ok(Self { length: duration::parse(&text)?, text })
    }
}

impl From<Span> for String {
    fn from(span: Span) -> String {
        span.text
    }
}
