//! Names of reminders, and of the series that they belong to.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use serde::de::IntoDeserializer as _;
use serde::de::value::Error as UnknownKind;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::CredentialId;

/// What a reminder is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ReminderKind {
    /// The key itself ends.
    KeyExpires,
    /// The key is to be replaced.
    RotationDue,
    /// The provider's support is silent.
    SupportSilent,
    /// A token that was carried out of Keyturn ends soon.
    CarriedToken,
    /// An item of the provider's checklist is to be looked at again (DV14).
    Checklist,
    /// A check of every day did not pass.
    CheckFailed,
}

/// A series: all reminders of one thing of a credential that lead to one day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SeriesId {
    /// Of which credential.
    pub credential: CredentialId,
    /// About what.
    pub kind: ReminderKind,
    /// Which item of the checklist, or the token of which environment; empty otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub item: String,
    /// The day that it leads to. Another day is another series: what was told of the old one counts
    /// no longer.
    pub anchor: NaiveDate,
}

/// Which reminder of its series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The one of that day.
    Day(NaiveDate),
    /// The one about that moment, to the second.
    Moment(DateTime<Utc>),
}

/// Names a reminder; the same one for as long as it is about the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReminderId {
    /// Its series.
    pub series: SeriesId,
    /// Which one of them.
    pub step: Step,
}

/// Says why a text names no reminder.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ReminderIdError {
    /// It has another form.
    #[error("this is no reminder's name; `keyturn remind --list --format json` shows them")]
    Malformed,
}

impl ReminderKind {
    /// The kind that is written as this word.
    fn of_word(word: &str) -> Result<Self, UnknownKind> {
        Self::deserialize(word.into_deserializer())
    }
}

/// `CREDENTIAL.KIND.ANCHOR.STEP.ITEM`; the item comes last, since it may hold a dot.
impl fmt::Display for ReminderId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SeriesId { credential, kind, item, anchor } = &self.series;
        write!(formatter, "{credential}.")?;
        kind.serialize(&mut *formatter)?;
        write!(formatter, ".{anchor}.")?;
        match self.step {
            Step::Day(day) => write!(formatter, "{day}.{item}"),
            Step::Moment(at) => write!(formatter, "@{}.{item}", at.timestamp()),
        }
    }
}

impl FromStr for ReminderId {
    type Err = ReminderIdError;

    fn from_str(text: &str) -> Result<Self, ReminderIdError> {
        let malformed = || ReminderIdError::Malformed;
        let mut parts = text.splitn(5, '.');
        let mut part = || parts.next().ok_or_else(malformed);
        let credential = part()?.parse().map_err(|_| malformed())?;
        let kind = ReminderKind::of_word(part()?).map_err(|_| malformed())?;
        let anchor = part()?.parse().map_err(|_| malformed())?;
        let step = part()?;
        let item = part()?.to_owned();
        let step = match step.strip_prefix('@') {
            Some(seconds) => {
                let seconds = seconds.parse().map_err(|_| malformed())?;
                Step::Moment(DateTime::from_timestamp(seconds, 0).ok_or_else(malformed)?)
            }
            None => Step::Day(step.parse().map_err(|_| malformed())?),
        };
        Ok(Self { series: SeriesId { credential, kind, item, anchor }, step })
    }
}

impl Serialize for ReminderId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ReminderId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_survives_its_text_form() {
        let steps = [
            Step::Day("2028-02-29".parse().unwrap()),
            Step::Moment(DateTime::from_timestamp(1_772_000_000, 0).unwrap()),
        ];
        for step in steps {
            for kind in every_kind() {
                for item in ["", "a.b", "us-1"] {
                    let credential = CredentialId::make_random();
                    let (item, anchor) = (item.to_owned(), "2028-03-01".parse().unwrap());
                    let series = SeriesId { credential, kind, item, anchor };
                    let id = ReminderId { series, step };
                    assert_eq!(id.to_string().parse(), Ok(id));
                }
            }
        }
    }

    /// All kinds that there are: whoever reads a word names those that it may be.
    fn every_kind() -> Vec<ReminderKind> {
        let said = ReminderKind::of_word("").unwrap_err().to_string();
        let (_, words) = said.split_once("expected one of ").unwrap();
        let words = words.split(", ").map(|word| word.trim_matches('`'));
        let kinds: Vec<_> = words.map(|word| ReminderKind::of_word(word).unwrap()).collect();
        assert!(kinds.contains(&ReminderKind::CheckFailed), "the newest: {said}");
        kinds
    }

    #[test]
    fn other_text_names_no_reminder() {
        let id = CredentialId::make_random();
        for text in [
            String::new(),
            "x".to_owned(),
            format!("{id}.rotation_due.2026-01-01"),
            format!("{id}.rotation_due.2026-01-01.2026-02-30."),
            format!("{id}.nothing.2026-01-01.2026-01-01."),
            format!("{id}.carried_token.2026-01-01.@99999999999999999999."),
        ] {
            assert_eq!(text.parse::<ReminderId>(), Err(ReminderIdError::Malformed), "{text}");
        }
    }
}
