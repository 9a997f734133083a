//! Which dates and rules a user may give for a key.

use chrono::NaiveDate;
use keyturn_core::RotationPolicy;
use thiserror::Error;

/// Says why dates or rules were not taken; nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DateError {
    /// The day of issue has not come.
    #[error("{day} lies ahead: a key cannot have been issued then; nothing was changed")]
    IssuedAhead {
        /// The day.
        day: NaiveDate,
    },
    /// The key would end before there was one.
    #[error("a key that was issued on {issued} cannot end on {expires}; nothing was changed")]
    EndsBeforeIssue {
        /// The day of issue.
        issued: NaiveDate,
        /// The end.
        expires: NaiveDate,
    },
    /// Nobody is to be reminded of it, and somebody is.
    #[error("of a key whose age alone is shown no interval or day reminds; nothing was changed")]
    AgeOnlyWithRule,
}

/// Refuses a day of issue that has not come, and an end before it.
pub(crate) fn check_dates(rotation: &RotationPolicy, today: NaiveDate) -> Result<(), DateError> {
    match (rotation.issued_on, rotation.expires_on) {
        (Some(day), _) if day > today => Err(DateError::IssuedAhead { day }),
        (Some(issued), Some(expires)) if expires < issued => {
            Err(DateError::EndsBeforeIssue { issued, expires })
        }
        _ => Ok(()),
    }
}

/// Refuses a rule and the word that no rule counts, given together.
pub(crate) fn check_age_only(age_only: bool, has_rule: bool) -> Result<(), DateError> {
    if age_only && has_rule { Err(DateError::AgeOnlyWithRule) } else { Ok(()) }
}
