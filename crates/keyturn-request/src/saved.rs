//! A request that is saved with a credential, under a name.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::check::{Check, CheckError, MOST_CHECKS};
use crate::value::Request;

/// The longest name, in characters.
pub const LONGEST_NAME: usize = 80;

/// A saved request. Its address is a path: the base is the environment's.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct SavedRequest {
    /// Its name, of which a credential has each once.
    pub name: String,
    /// The request.
    pub request: Request,
    /// In which environment; `None` is the preferred one.
    #[serde(default)]
    pub environment: Option<String>,
    /// With which recipe of the profile; `None` is the usual one.
    #[serde(default)]
    pub recipe: Option<String>,
    /// The sample of the profile that it came from.
    #[serde(default)]
    pub sample: Option<String>,
    /// What its answer is checked for.
    #[serde(default)]
    pub checks: Vec<Check>,
}

/// Says why a request cannot be saved.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SavedError {
    /// The name is empty, too long or of several lines.
    #[error("a name has 1 to {LONGEST_NAME} characters on one line")]
    Name,
    /// The address names a host.
    #[error("a saved request has a path such as /v1/orders, and no host")]
    Address,
    /// There are too many checks.
    #[error("a request has at most {MOST_CHECKS} checks")]
    Checks,
    /// One check could never pass.
    #[error("check {number} cannot be saved: {problem}")]
    Check {
        /// Which one, from 1.
        number: usize,
        /// Why not.
        problem: CheckError,
    },
}

impl SavedRequest {
    /// Checks what can be known of it without its credential.
    pub fn checked(&self) -> Result<(), SavedError> {
        let length = self.name.chars().count();
        let plain = self.name.trim() == self.name && !self.name.chars().any(char::is_control);
        if length == 0 || length > LONGEST_NAME || !plain {
            return Err(SavedError::Name);
        }
        if !self.request.url.starts_with('/') || self.request.url.starts_with("//") {
            return Err(SavedError::Address);
        }
        if self.checks.len() > MOST_CHECKS {
            return Err(SavedError::Checks);
        }
        for (index, check) in self.checks.iter().enumerate() {
            let number = index + 1;
            check.checked().map_err(|problem| SavedError::Check { number, problem })?;
        }
        Ok(())
    }
}

impl fmt::Debug for SavedRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A name may be a person's, and so may what is asked for.
        formatter
            .debug_struct("SavedRequest")
            .field("request", &self.request)
            .field("environment", &self.environment)
            .field("recipe", &self.recipe)
            .field("sample", &self.sample)
            .field("checks", &self.checks)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(name: &str, url: &str) -> SavedRequest {
        let request = Request::new("GET", url);
        let name = name.to_owned();
        let (environment, recipe, sample) = (None, None, None);
        SavedRequest { name, request, environment, recipe, sample, checks: Vec::new() }
    }

    #[test]
    fn a_name_is_one_line_of_at_most_eighty_characters() {
        assert_eq!(saved("orders of today", "/v1/orders/{id}").checked(), Ok(()));
        assert_eq!(saved(&"ö".repeat(80), "/").checked(), Ok(()));
        for name in ["", " a", "a\nb", "\u{1b}[31m", &"a".repeat(81)] {
            assert_eq!(saved(name, "/").checked(), Err(SavedError::Name), "{name:?}");
        }
    }

    #[test]
    fn the_address_is_a_path_and_names_no_host() {
        for url in ["", "v1", "https://a.example/v1", "//a.example/v1"] {
            assert_eq!(saved("a", url).checked(), Err(SavedError::Address), "{url:?}");
        }
    }

    #[test]
    fn a_check_that_could_never_pass_is_not_saved() {
        let mut with = saved("a", "/");
        with.checks.push(Check::Status { is: "2xx".to_owned() });
        with.checks.push(Check::Status { is: "fine".to_owned() });
        let problem = CheckError::Status;
        assert_eq!(with.checked(), Err(SavedError::Check { number: 2, problem }));
        with.checks = vec![Check::Time { under_ms: 1 }; MOST_CHECKS + 1];
        assert_eq!(with.checked(), Err(SavedError::Checks));
    }

    #[test]
    fn no_name_and_no_value_is_in_what_debug_says() {
        let mut with = saved("canary", "/canary");
        with.request.headers.push(crate::Header::new("x-name", "canary"));
        let said = format!("{with:?}");
        assert!(said.contains("x-name") && !said.contains("canary"), "{said}");
    }
}
