//! Which dates and rules a user may give for a key.

use chrono::NaiveDate;
use keyturn_core::RotationPolicy;
use keyturn_core::reminder::check_interval;
use thiserror::Error;

use crate::RemindError;

/// Says why dates or rules were not taken; nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DateError {
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

/// Refuses an end before the day of issue. A day of issue that has not come is taken: keys are handed out
/// ahead of the day from which they count.
pub(crate) fn check_dates(rotation: &RotationPolicy) -> Result<(), DateError> {
    match (rotation.issued_on, rotation.expires_on) {
        (Some(issued), Some(expires)) if expires < issued => {
            Err(DateError::EndsBeforeIssue { issued, expires })
        }
        _ => Ok(()),
    }
}

/// Refuses an interval of 0 days, or of a hundred years and more.
pub(crate) fn check_rules(rotation: &RotationPolicy) -> Result<(), RemindError> {
    Ok(rotation.rotate_every_days.map_or(Ok(()), check_interval)?)
}

/// Refuses a rule and the word that no rule counts, given together.
pub(crate) fn check_age_only(age_only: bool, has_rule: bool) -> Result<(), DateError> {
    if age_only && has_rule { Err(DateError::AgeOnlyWithRule) } else { Ok(()) }
}
