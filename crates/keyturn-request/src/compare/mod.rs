//! Two answers beside each other.
//!
//! The answers are strangers': each body is compared up to 20,000 rows, and what cannot be compared soon
//! is told as different.

mod lines;
mod rows;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use rows::{Rows, is_json};

/// Two answers beside each other.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Comparison {
    /// Status, time, size and the like.
    pub facts: Vec<FactPair>,
    /// The headers of both, by name.
    pub headers: Vec<HeaderPair>,
    /// The bodies, line by line; `None` where one was not kept.
    pub body: Option<Vec<DiffLine>>,
    /// Whether a body was too long to be compared to its end.
    pub cut: bool,
}

/// One fact of both answers.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FactPair {
    /// What it is.
    pub name: String,
    /// Of the first answer.
    pub left: String,
    /// Of the second.
    pub right: String,
    /// Whether both are alike.
    pub same: bool,
}

/// One header of both answers.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct HeaderPair {
    /// Its name, in lower case.
    pub name: String,
    /// Of the first answer, if it has it.
    pub left: Option<String>,
    /// Of the second.
    pub right: Option<String>,
}

/// One line of a comparison.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DiffLine {
    /// Whose it is.
    pub change: Change,
    /// The line; of skipped ones, how many they are.
    pub text: String,
}

/// An answer that is compared, its secrets redacted.
#[derive(Clone, Copy)]
pub struct Compared<'answer> {
    /// Status, time, size and the like, each with its name.
    pub facts: &'answer [(String, String)],
    /// The headers.
    pub headers: &'answer [(String, String)],
    /// The body, unpacked; `None` where it was not kept.
    pub body: Option<&'answer [u8]>,
}

/// Compares two answers.
#[must_use]
pub fn compare(left: &Compared<'_>, right: &Compared<'_>) -> Comparison {
    let (body, cut) = match left.body.zip(right.body) {
        None => (None, false),
        Some((left, right)) => {
            let as_json = is_json(left) && is_json(right);
            let (left, right) = (Rows::of(left, as_json), Rows::of(right, as_json));
            let cut = left.cut || right.cut;
            (Some(lines::differences(left.rows, right.rows)), cut)
        }
    };
    Comparison {
        facts: facts(left.facts, right.facts),
        headers: headers(left.headers, right.headers),
        body,
        cut,
    }
}

fn facts(left: &[(String, String)], right: &[(String, String)]) -> Vec<FactPair> {
    let of = |facts: &[(String, String)], name: &str| {
        let found = facts.iter().find(|(other, _)| other == name);
        found.map(|(_, fact)| fact.clone()).unwrap_or_default()
    };
    let alone = right.iter().filter(|(name, _)| !left.iter().any(|(other, _)| other == name));
    let names = left.iter().chain(alone).map(|(name, _)| name.clone());
    names
        .map(|name| {
            let (left, right) = (of(left, &name), of(right, &name));
            FactPair { same: left == right, name, left, right }
        })
        .collect()
}

/// The headers of both by name; those of one name as one line (RFC 9110, section 5.2).
fn headers(left: &[(String, String)], right: &[(String, String)]) -> Vec<HeaderPair> {
    let mut pairs = BTreeMap::<String, [Option<String>; 2]>::new();
    for (side, headers) in [left, right].into_iter().enumerate() {
        for (name, value) in headers {
            let pair = pairs.entry(name.to_ascii_lowercase()).or_default();
            let [of_left, of_right] = pair;
            let slot = if side == 0 { of_left } else { of_right };
            match slot {
                Some(line) => {
                    line.push_str(", ");
                    line.push_str(value);
                }
                None => *slot = Some(value.clone()),
            }
        }
    }
    let pairs = pairs.into_iter();
    pairs.map(|(name, [left, right])| HeaderPair { name, left, right }).collect()
}

/// Whose a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Both have it.
    Same,
    /// The first one alone has it.
    Removed,
    /// The second one alone has it.
    Added,
    /// Both have these, and they are left out.
    Skipped,
}

// Answers hold personal data.

impl fmt::Debug for Comparison {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Comparison")
            .field("facts", &self.facts)
            .field("headers", &self.headers)
            .field("body", &self.body.as_ref().map(Vec::len))
            .field("cut", &self.cut)
            .finish()
    }
}

impl fmt::Debug for FactPair {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "FactPair({}, {})", self.name, self.same)
    }
}

impl fmt::Debug for HeaderPair {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "HeaderPair({})", self.name)
    }
}

impl fmt::Debug for DiffLine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "DiffLine({:?})", self.change)
    }
}

#[cfg(test)]
mod tests;
