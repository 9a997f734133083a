//! How words of the command line become values. Nothing here repeats a value in an error: it may be
//! a secret that was put in the wrong place.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use clap::ValueEnum;
use keyturn_core::{CredentialRef, FieldName, Target, TargetRef, duration};
use keyturn_protocol::ApiError;

use crate::failure::usage;

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Switch {
    /// From now on
    On,
    /// No longer
    Off,
}

impl Switch {
    /// Whether it is on.
    pub(crate) fn is_on(self) -> bool {
        self == Self::On
    }
}

/// Splits `K=V` words.
pub(crate) fn pairs(flag: &str, words: &[String]) -> Result<Vec<(String, String)>, ApiError> {
    split(flag, words, '=', "NAME=VALUE")
}

/// Splits `K:V` words.
pub(crate) fn headers(words: &[String]) -> Result<Vec<(String, String)>, ApiError> {
    let pairs = split("--header", words, ':', "NAME:VALUE")?;
    Ok(pairs.into_iter().map(|(name, value)| (name, value.trim().to_owned())).collect())
}

fn split(
    flag: &str,
    words: &[String],
    separator: char,
    form: &str,
) -> Result<Vec<(String, String)>, ApiError> {
    let one = |word: &String| {
        let (name, value) = word.split_once(separator).filter(|(name, _)| !name.is_empty())?;
        Some((name.to_owned(), value.to_owned()))
    };
    words.iter().map(one).collect::<Option<_>>().ok_or_else(|| {
        usage(format!("{flag} needs {form}"), format!("Write {flag} {form}, once for each."))
    })
}

/// Reads `--field K=V` words; a field may be given once.
pub(crate) fn open_fields(words: &[String]) -> Result<BTreeMap<FieldName, String>, ApiError> {
    let (names, values): (Vec<_>, Vec<_>) = pairs("--field", words)?.into_iter().unzip();
    Ok(field_names("--field", &names)?.into_iter().zip(values).collect())
}

/// Reads names of fields, each of which may be given once.
pub(crate) fn field_names(flag: &str, words: &[String]) -> Result<Vec<FieldName>, ApiError> {
    let hint = "`keyturn provider show ID` lists the fields; a secret is never an argument.";
    let mut names: Vec<FieldName> = Vec::with_capacity(words.len());
    for word in words {
        let name = word.parse();
        let name = name.map_err(|error| usage(format!("{flag} names no field: {error}"), hint))?;
        if names.contains(&name) {
            return Err(usage(format!("the field {name} is given twice"), "Give it once."));
        }
        names.push(name);
    }
    Ok(names)
}

/// Reads a credential's reference where the token is meant: `/token` may stand behind it.
pub(crate) fn token_owner(target: &TargetRef) -> Result<CredentialRef, ApiError> {
    match target.target {
        Target::Whole | Target::Token => Ok(target.credential.clone()),
        Target::Field(_) => Err(usage(
            format!("{target} is a stored field, not a token"),
            format!(
                "Use `keyturn get {target}` for it, `keyturn token {}` for the token.",
                target.credential
            ),
        )),
    }
}

/// Reads a day, `2026-11-21`.
pub(crate) fn day(text: &str) -> Result<NaiveDate, String> {
    let parsed = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    parsed.filter(|_| text.len() == 10).ok_or_else(|| "a day is written YYYY-MM-DD".to_owned())
}

/// A day, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayOrNever {
    /// That day.
    On(NaiveDate),
    /// No day.
    Never,
}

/// Reads a day, or `never`, which takes it away.
pub(crate) fn day_or_never(text: &str) -> Result<DayOrNever, String> {
    if text == "never" {
        return Ok(DayOrNever::Never);
    }
    day(text).map(DayOrNever::On).map_err(|error| format!("{error}; `never` takes it away"))
}

/// Reads a span of whole days, at least one.
pub(crate) fn interval(text: &str) -> Result<u32, String> {
    match days(text)? {
        0 => Err("an interval is at least one day".to_owned()),
        days => u32::try_from(days).map_err(|_| "an interval is at most 36500 days".to_owned()),
    }
}

/// Reads an interval, or `never`, which takes it away: 0.
pub(crate) fn interval_or_never(text: &str) -> Result<u32, String> {
    if text == "never" {
        return Ok(0);
    }
    interval(text).map_err(|error| format!("{error}; `never` takes it away"))
}

/// Reads a span of whole days.
pub(crate) fn days(text: &str) -> Result<i64, String> {
    let seconds = seconds(text)?;
    if seconds % 86_400 == 0 {
        Ok(seconds / 86_400)
    } else {
        Err("it is counted in whole days, like 90d or 2w".to_owned())
    }
}

/// Reads a span in seconds.
pub(crate) fn seconds(text: &str) -> Result<i64, String> {
    duration::parse(text).map(|span| span.num_seconds()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_malformed_pair_is_refused_without_repeating_it() {
        let error = pairs("--field", &["hunter2-hunter2".to_owned()]).unwrap_err();
        assert!(!format!("{error:?}").contains("hunter2"), "it may be a secret: {error:?}");
    }

    #[test]
    fn a_value_may_hold_the_separator() {
        let pairs = pairs("--query", &["a=b=c".to_owned()]).unwrap();
        assert_eq!(pairs, [("a".to_owned(), "b=c".to_owned())]);
    }

    #[test]
    fn a_secret_where_a_name_belongs_is_refused_without_repeating_it() {
        let error = field_names("--secret", &["client_secret=hunter2".to_owned()]).unwrap_err();
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }

    #[test]
    fn a_field_given_twice_is_refused() {
        let words = ["client_id=1".to_owned(), "client_id=2".to_owned()];
        assert!(open_fields(&words).unwrap_err().message.contains("twice"));
    }

    #[test]
    fn an_interval_is_whole_days_and_not_zero() {
        assert_eq!(interval("90d"), Ok(90));
        assert_eq!(interval("48h"), Ok(2));
        assert!(interval("0d").is_err());
        assert!(interval("36h").is_err());
        assert_eq!(interval_or_never("never"), Ok(0));
    }

    #[test]
    fn a_day_is_written_one_way() {
        assert!(day("2026-02-28").is_ok());
        for text in ["2026-02-29", "2026-2-28", "28.02.2026", "26-02-28"] {
            assert!(day(text).is_err(), "{text}");
        }
    }
}
