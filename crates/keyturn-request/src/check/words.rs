//! A check as one line: `status 2xx`, `json $.data.id present`, `header content-type contains json`,
//! `time < 500`.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::path::Path;
use super::quotes::Quotes;
use super::{Check, Expectation};

/// Says why a text or a check cannot be one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CheckError {
    /// It is none of the four.
    #[error("a check begins with status, json, header or time")]
    Kind,
    /// It is no status.
    #[error("a status is 200, 2xx or 200-299, or several of them with commas")]
    Status,
    /// The path is none.
    #[error("the path is no JSONPath such as $.data.id")]
    Path,
    /// The path would look too far.
    #[error("the path looks in too many places: it may have \"..\" once, and not in a filter")]
    PathTooWide,
    /// The header has no name.
    #[error("a header's name has letters, digits and hyphens alone")]
    Header,
    /// Nothing known is expected.
    #[error("what is expected is: present, absent, = VALUE or contains TEXT")]
    Expectation,
    /// It is no time.
    #[error("a time is < and a number of milliseconds from 1 to 600000")]
    Time,
    /// It is too long.
    #[error("a check has at most {LONGEST} characters")]
    Long,
}

impl fmt::Display for Check {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status { is } => write!(formatter, "status {is}"),
            Self::Json { path, is } => write!(formatter, "json {path} {is}"),
            Self::Header { name, is } => write!(formatter, "header {name} {is}"),
            Self::Time { under_ms } => write!(formatter, "time < {under_ms}"),
        }
    }
}

impl fmt::Display for Expectation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Present => formatter.write_str("present"),
            Self::Absent => formatter.write_str("absent"),
            Self::Equal { value } => write!(formatter, "= {value}"),
            Self::Contain { value } => write!(formatter, "contains {value}"),
        }
    }
}

impl FromStr for Check {
    type Err = CheckError;

    fn from_str(text: &str) -> Result<Self, CheckError> {
        let (kind, rest) = text.trim().split_once(char::is_whitespace).ok_or(CheckError::Kind)?;
        let rest = rest.trim();
        Ok(match kind {
            "status" => Self::Status { is: rest.to_owned() },
            "json" => {
                let (path, is) = expected(rest)?;
                Self::Json { path, is }
            }
            "header" => {
                let (name, is) = expected(rest)?;
                Self::Header { name, is }
            }
            "time" => {
                let number = rest.strip_prefix('<').ok_or(CheckError::Time)?.trim();
                let number = number.strip_suffix("ms").unwrap_or(number).trim_end();
                Self::Time { under_ms: number.parse().map_err(|_| CheckError::Time)? }
            }
            _ => return Err(CheckError::Kind),
        })
    }
}

/// What a value is called, and what is expected of it. A path may have blanks in it, in brackets.
fn expected(text: &str) -> Result<(String, Expectation), CheckError> {
    let mut depth = 0_usize;
    let mut quotes = Quotes::default();
    let end = text.char_indices().find_map(|(at, c)| {
        // Quotes stand in brackets alone.
        if depth > 0 && quotes.covers(c) {
            return None;
        }
        match c {
            '[' | '(' => depth += 1,
            ']' | ')' => depth = depth.saturating_sub(1),
            c if c.is_whitespace() && depth == 0 => return Some(at),
            _ => {}
        }
        None
    });
    let (name, rest) = text.split_at(end.ok_or(CheckError::Expectation)?);
    let rest = rest.trim_start();
    let value = |rest: &str| rest.trim_start().to_owned();
    let is = match rest.split_once(char::is_whitespace) {
        None if rest == "present" => Expectation::Present,
        None if rest == "absent" => Expectation::Absent,
        None if rest == "=" => Expectation::Equal { value: String::new() },
        Some(("=", rest)) => Expectation::Equal { value: value(rest) },
        Some(("contains", rest)) => Expectation::Contain { value: value(rest) },
        _ => return Err(CheckError::Expectation),
    };
    Ok((name.to_owned(), is))
}

/// The longest line, path or value.
const LONGEST: usize = 1000;

impl Check {
    /// Checks that it is one that an answer could pass.
    pub fn checked(&self) -> Result<(), CheckError> {
        if self.to_string().chars().count() > LONGEST {
            return Err(CheckError::Long);
        }
        match self {
            Self::Status { is } => ranges(is).map(drop).ok_or(CheckError::Status),
            Self::Json { path, .. } => Path::of(path).map(drop),
            Self::Header { name, .. } => {
                let named = !name.is_empty() && name.chars().all(crate::is_token);
                if named { Ok(()) } else { Err(CheckError::Header) }
            }
            Self::Time { under_ms: 1..=600_000 } => Ok(()),
            Self::Time { .. } => Err(CheckError::Time),
        }
    }
}

/// The statuses that a text stands for, each from and to.
pub(super) fn ranges(text: &str) -> Option<Vec<(u16, u16)>> {
    let status = |text: &str| {
        let digits = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.then(|| text.parse().ok()).flatten();
        number.filter(|number| (100..=599).contains(number))
    };
    let one = |text: &str| {
        let text = text.trim();
        if let Some(class) = text.strip_suffix("xx").or_else(|| text.strip_suffix("XX")) {
            let first = status(&format!("{class}00"))?;
            return Some((first, first + 99));
        }
        match text.split_once('-') {
            None => status(text).map(|only| (only, only)),
            Some((from, to)) => {
                let (from, to) = (status(from.trim())?, status(to.trim())?);
                (from <= to).then_some((from, to))
            }
        }
    };
    text.split(',').map(one).collect()
}
