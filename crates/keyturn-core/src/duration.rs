//! Spans as users type and read them: `90d`, `5m`, `in 23 h 58 m`.

use chrono::TimeDelta;
use thiserror::Error;

/// Says why a text is no span of time.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum DurationError {
    /// It is not a whole number with a unit.
    #[error("a span is a whole number with s, m, h, d or w behind it, like 90d or 5m")]
    Malformed,
    /// It is longer than a hundred years.
    #[error("a span is at most 36500 days")]
    TooLong,
}

const LONGEST_S: i64 = 36_500 * 86_400;

/// Reads `30s`, `5m`, `12h`, `90d` or `2w`.
pub fn parse(text: &str) -> Result<TimeDelta, DurationError> {
    let unit = text.chars().last().ok_or(DurationError::Malformed)?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        'w' => 7 * 86_400,
        _ => return Err(DurationError::Malformed),
    };
    let digits = text.strip_suffix(unit).unwrap_or_default();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DurationError::Malformed);
    }
    let count: i64 = digits.parse().map_err(|_| DurationError::TooLong)?;
    match count.checked_mul(seconds) {
        Some(total) if total <= LONGEST_S => Ok(TimeDelta::seconds(total)),
        _ => Err(DurationError::TooLong),
    }
}

/// Writes a span in the two largest units that matter: `12 d`, `5 h 12 m`, `3 m 20 s`, `45 s`.
/// The sign is left out: "in" or "ago" is the caller's word.
#[must_use]
pub fn human(span: TimeDelta) -> String {
    let total = span.num_seconds().unsigned_abs();
    let (days, hours, minutes, seconds) =
        (total / 86_400, total / 3_600, total / 60 % 60, total % 60);
    if days >= 2 {
        format!("{days} d")
    } else if hours > 0 {
        format!("{hours} h {minutes:02} m")
    } else if minutes > 0 {
        format!("{minutes} m {seconds:02} s")
    } else {
        format!("{seconds} s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_with_their_units() {
        assert_eq!(parse("90d"), Ok(TimeDelta::days(90)));
        assert_eq!(parse("5m"), Ok(TimeDelta::minutes(5)));
        assert_eq!(parse("2w"), Ok(TimeDelta::days(14)));
        assert_eq!(parse("0s"), Ok(TimeDelta::zero()));
    }

    #[test]
    fn what_is_no_span_is_refused() {
        for text in ["", "d", "90", "-1d", "1.5h", "9é", "1 d"] {
            assert_eq!(parse(text), Err(DurationError::Malformed), "{text:?}");
        }
        assert_eq!(parse("36501d"), Err(DurationError::TooLong));
        assert_eq!(parse("99999999999999999999d"), Err(DurationError::TooLong));
    }

    #[test]
    fn a_span_is_shown_in_the_units_that_matter() {
        let shown = |seconds| human(TimeDelta::seconds(seconds));
        assert_eq!(shown(12 * 86_400 + 5), "12 d");
        assert_eq!(shown(86_400 - 120), "23 h 58 m");
        assert_eq!(shown(200), "3 m 20 s");
        assert_eq!(shown(-45), "45 s");
    }
}
