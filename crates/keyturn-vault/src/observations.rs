//! What Keyturn saw of providers while it was used: it makes waiting and renewing better, and nothing
//! is refused or trusted for it.
//!
//! A record of its own, since it changes often and the settings, a matter of security, seldom do.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use keyturn_core::{CredentialId, EnvironmentName, ProviderId};
use serde::{Deserialize, Serialize};

/// What was seen; missing members have their defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Observations {
    /// How many requests were sent on a day, for each limit that counts by the day.
    pub days: Vec<DayCount>,
    /// How long tokens were seen to live whose end nobody says.
    pub lifetimes: Vec<LearnedLifetime>,
    /// How far providers' clocks were from this machine's.
    pub skews: Vec<ClockSkew>,
    /// The day of the user's calendar on which all keys were checked last.
    pub checked_on: Option<NaiveDate>,
    /// The credentials that did not pass their last check.
    pub check_failures: Vec<CheckFailure>,
}

/// A credential that did not pass its last check.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckFailure {
    /// Which credential.
    pub credential: CredentialId,
    /// Which of its requests.
    pub request: String,
    /// What went wrong, in words.
    pub why: String,
    /// Since which day of the user's calendar.
    pub since: NaiveDate,
    /// With which version of its secrets; `None` where an older Keyturn noted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_version: Option<u32>,
}

impl CheckFailure {
    /// Whether it is one of the key that has this version.
    #[must_use]
    pub fn is_of(&self, secret_version: u32) -> bool {
        self.secret_version.is_none_or(|version| version == secret_version)
    }
}

impl fmt::Debug for CheckFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The name of a request may be a person's.
        write!(formatter, "CheckFailure({}, {})", self.credential, self.since)
    }
}

/// How many requests were sent on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayCount {
    /// Whose: the provider.
    pub provider: ProviderId,
    /// Which of its limits, and by what it counts.
    pub counter: String,
    /// The day, in UTC.
    pub day: NaiveDate,
    /// How many.
    pub used: u32,
}

/// How long a provider's tokens were seen to live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearnedLifetime {
    /// The provider.
    pub provider: ProviderId,
    /// Its environment.
    pub environment: EnvironmentName,
    /// The shortest age, in seconds, at which it called one ended.
    pub seconds: i64,
}

/// How far a provider's clock was from this machine's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockSkew {
    /// The provider.
    pub provider: ProviderId,
    /// Its environment.
    pub environment: EnvironmentName,
    /// How many seconds the provider's clock was ahead.
    pub seconds: i64,
    /// When it was seen, by this machine's clock.
    pub seen_at: DateTime<Utc>,
}
