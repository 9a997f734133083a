//! What an answer is checked for: its status, a value in its JSON, a header, its time.
//!
//! A check is data that is saved with a request; [`words`](self::words) reads and writes it as one line.
//! It never fails: what an answer does not have is told as what was found in its place.

use std::fmt;

use serde::{Deserialize, Serialize};

mod evaluate;
mod path;
mod quotes;
mod wanted;
mod words;

pub use evaluate::{Answered, evaluate, is_status};
pub use words::CheckError;

/// The most checks that one request has.
pub const MOST_CHECKS: usize = 50;

/// One check of an answer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum Check {
    /// The status.
    Status {
        /// What it is: `200`, `2xx`, `200-299`, or several of them with commas.
        is: String,
    },
    /// A value in the body's JSON.
    Json {
        /// Where: a path in JSON (RFC 9535).
        path: String,
        /// What it is.
        is: Expectation,
    },
    /// A header.
    Header {
        /// Its name.
        name: String,
        /// What it is.
        is: Expectation,
    },
    /// The time that it took.
    Time {
        /// Below how many milliseconds.
        under_ms: u32,
    },
}

/// What is expected of a value.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum Expectation {
    /// It is there.
    Present,
    /// It is not there.
    Absent,
    /// It is this.
    Equal {
        /// The value; of JSON a text without its quotes, anything else as JSON writes it.
        value: String,
    },
    /// It has this in it.
    Contain {
        /// The text.
        value: String,
    },
}

/// How a check went.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CheckOutcome {
    /// The check.
    pub check: Check,
    /// Whether the answer is as it says.
    pub passed: bool,
    /// What was there: one line of at most 80 characters.
    pub got: String,
    /// The check in words, e.g. `status is 2xx`.
    pub words: String,
}

// What is expected may be personal data, as the answer may: neither is in what debugging prints.

impl fmt::Debug for Check {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status { is } => write!(formatter, "Status({is})"),
            Self::Json { is, .. } => write!(formatter, "Json({is:?})"),
            Self::Header { name, is } => write!(formatter, "Header({name}, {is:?})"),
            Self::Time { under_ms } => write!(formatter, "Time({under_ms})"),
        }
    }
}

impl fmt::Debug for Expectation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Present => "present",
            Self::Absent => "absent",
            Self::Equal { .. } => "equal",
            Self::Contain { .. } => "contain",
        })
    }
}

impl fmt::Debug for CheckOutcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("CheckOutcome")
            .field("check", &self.check)
            .field("passed", &self.passed)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_expected_and_what_was_got_is_in_no_debug_text() {
        let is = Expectation::Equal { value: "canary".to_owned() };
        let check = Check::Json { path: "$.canary".to_owned(), is: is.clone() };
        let header = Check::Header { name: "x-name".to_owned(), is };
        let outcome = |check: Check| CheckOutcome {
            words: check.to_string(),
            check,
            passed: false,
            got: "canary".to_owned(),
        };
        let said = format!("{:?} {:?}", outcome(check.clone()), outcome(header));
        assert!(said.contains("x-name") && !said.contains("canary"), "{said}");
        let written = serde_json::to_string(&outcome(check)).unwrap();
        assert_eq!(written.matches("canary").count(), 5, "a positive control: {written}");
    }

    #[test]
    fn a_check_is_written_as_the_contract_says() {
        let json = Check::Json { path: "$.a".to_owned(), is: Expectation::Present };
        let written = serde_json::to_string(&json).unwrap();
        assert_eq!(written, r#"{"of":"json","path":"$.a","is":{"is":"present"}}"#);
        let time = serde_json::to_string(&Check::Time { under_ms: 500 }).unwrap();
        assert_eq!(time, r#"{"of":"time","under_ms":500}"#);
        let newer = r#"{"of":"status","is":"2xx","again":true}"#;
        assert!(serde_json::from_str::<Check>(newer).is_err(), "what is not known is refused");
    }
}
