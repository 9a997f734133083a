//! The states of tokens, rotations and keys in plain words, each with its countdown.

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::rotation::DueReason;
use keyturn_core::{ExpirySource, RevealState, RotationState, TokenState, duration};
use keyturn_protocol::calls::{
    DiagnosisView, LimitScope, LimitView, LimitWindow, ProtectionMode, RotationView, TokenView,
    VaultState,
};

use crate::output::table::{Cell, Style};

/// A moment to the minute.
pub(crate) fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}

/// A moment to the second.
pub(crate) fn second(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// Who says when a token ends.
pub(crate) const fn source(source: ExpirySource) -> &'static str {
    match source {
        ExpirySource::ResponseField => "from the provider's answer",
        ExpirySource::JwtClaim => "from the token itself",
        ExpirySource::DocumentedLifetime => "from the documented lifetime",
        ExpirySource::Learned => "learned from when earlier ones ended",
        ExpirySource::User => "as you said",
        ExpirySource::NoExpiry => "the provider says it never ends",
        ExpirySource::Unknown => "nobody says when it ends",
    }
}

/// A token's state with the time that is left: `fresh, 23 h 58 m left`.
pub(crate) fn token_short(token: &TokenView) -> Cell {
    let (word, style) = match token.state {
        TokenState::None => return Cell::new("none", Style::Dim),
        TokenState::Fresh => ("fresh", Style::Good),
        TokenState::Expiring => ("expiring", Style::Warn),
        TokenState::Expired => ("expired", Style::Bad),
        TokenState::Unknown => ("unknown", Style::Warn),
    };
    let text = match token.expires_in_s {
        Some(left) if left > 0 => format!("{word}, {} left", span(left)),
        Some(left) => format!("{word} {} ago", span(left)),
        None => word.to_owned(),
    };
    Cell::new(text, style)
}

/// A token's state with its end and who says so.
pub(crate) fn token_long(token: &TokenView) -> Cell {
    let short = token_short(token);
    let source = token.source.map(source);
    match (token.expires_at, source) {
        (Some(at), Some(source)) => short.append(&format!(" ({}, {source})", moment(at))),
        (None, Some(source)) => short.append(&format!(" ({source})")),
        _ => short,
    }
}

/// One window of a limit: `12 of 10,000 a day through this Keyturn, free again at …`.
pub(crate) fn limit(limit: &LimitView) -> String {
    let window = match limit.window {
        LimitWindow::Second => "second",
        LimitWindow::Minute => "minute",
        LimitWindow::Day => "day (UTC)",
    };
    let by = match limit.scope {
        LimitScope::Organization => "of the organization",
        LimitScope::Account => "of the account",
        LimitScope::Endpoint => "for each endpoint",
    };
    let burst = limit.burst.map(|burst| format!(", {} at once", grouped(burst)));
    let (used, most) = (grouped(limit.used), grouped(limit.limit));
    let free = limit.resets_at.map(|at| format!(", free again at {}", second(at)));
    let doubt = if limit.verified { "" } else { "; not confirmed by the provider's main docs" };
    format!(
        "{used} of {most} a {window} {by}{} used through this Keyturn{}{doubt}",
        burst.unwrap_or_default(),
        free.unwrap_or_default()
    )
}

/// How far this machine's clock is off; `None` up to a minute.
pub(crate) fn skew(seconds: Option<i64>) -> Option<String> {
    let seconds = seconds.filter(|seconds| seconds.abs() > 60)?;
    let side = if seconds > 0 { "behind" } else { "ahead of" };
    let off = span(seconds.abs());
    Some(format!("this machine's is {off} {side} the provider's; times are corrected by that"))
}

/// A number with a comma at every thousand.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A rotation's state with the days that are left.
pub(crate) fn rotation(rotation: &RotationView) -> Cell {
    let (word, style) = match rotation.state {
        RotationState::None => return Cell::new("none", Style::Dim),
        RotationState::Ok => ("ok", Style::Good),
        RotationState::Due => ("due", Style::Warn),
        RotationState::Overdue => ("overdue", Style::Bad),
        RotationState::Requested => ("requested", Style::Warn),
        RotationState::Issued => ("issued", Style::Warn),
        RotationState::Verified => ("verified", Style::Warn),
        RotationState::Confirmed => ("confirmed", Style::Warn),
        RotationState::Promoted => ("promoted", Style::Good),
        RotationState::Retiring => ("retiring", Style::Warn),
    };
    let text = match (rotation.days_left, rotation.due_on) {
        (Some(left), Some(on)) => format!("{word}, {} ({on})", days_left(left)),
        _ => word.to_owned(),
    };
    Cell::new(text, style)
}

/// The days until a key is due.
pub(crate) fn days_left(days: i64) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        left if left > 0 => format!("in {left} days"),
        past => format!("{} days ago", past.unsigned_abs()),
    }
}

/// Why a key is due.
pub(crate) const fn reason(reason: DueReason) -> &'static str {
    match reason {
        DueReason::Expires => "the key itself ends",
        DueReason::Interval => "your interval is over",
        DueReason::FixedDate => "the day that you chose",
        DueReason::Age => "its age; it never ends by itself",
    }
}

/// Where a reveal-once key stands; `None` where the provider shows keys as often as one likes.
pub(crate) const fn reveal(state: RevealState) -> Option<&'static str> {
    match state {
        RevealState::NotApplicable => None,
        RevealState::NotRevealed => Some("the provider has not shown it yet"),
        RevealState::Captured => Some("captured, read back and safe"),
        RevealState::LastFourOnly => Some("its value is lost, the last four characters are known"),
        RevealState::Lost => Some("its value is lost"),
    }
}

/// What opens a vault.
pub(crate) const fn protection(mode: ProtectionMode) -> &'static str {
    match mode {
        ProtectionMode::Keyring => "the OS keyring",
        ProtectionMode::Passphrase => "a passphrase",
        ProtectionMode::Both => "a passphrase together with the OS keyring",
    }
}

/// A vault's state.
pub(crate) const fn vault(state: VaultState) -> (&'static str, Style) {
    match state {
        VaultState::Absent => ("absent", Style::Warn),
        VaultState::Locked => ("locked", Style::Plain),
        VaultState::Unlocked => ("unlocked", Style::Good),
        VaultState::Quarantined => ("quarantined: older than it should be, read-only", Style::Bad),
    }
}

/// The row of the profile that an answer's meaning comes from.
pub(crate) fn row(diagnosis: &DiagnosisView) -> Cell {
    match &diagnosis.row {
        None => Cell::new(NO_ROW, Style::Warn),
        Some(row) if diagnosis.verified => Cell::plain(row),
        Some(row) => Cell::plain(row).append(&format!(", {NOT_CONFIRMED}")),
    }
}

/// Said of an answer that the profile does not know.
pub(crate) const NO_ROW: &str = "no row of the profile matches this answer";
/// Said of what stands in the profile and not in the provider's main documentation.
pub(crate) const NOT_CONFIRMED: &str = "not confirmed by the provider's main documentation";

/// A span without its direction.
pub(crate) fn span(seconds: i64) -> String {
    duration::human(TimeDelta::seconds(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(state: TokenState, left: Option<i64>, source: Option<ExpirySource>) -> TokenView {
        let expires_at = left.map(|_| "2026-11-22T00:00:00Z".parse().unwrap());
        TokenView {
            state,
            issued_at: None,
            expires_at,
            expires_in_s: left,
            source,
            soon_at: None,
            urgent_at: None,
            kept_fresh: false,
            renewal_problem: None,
        }
    }

    #[test]
    fn a_token_tells_its_time_left_its_end_and_who_says_so() {
        let fresh = token(TokenState::Fresh, Some(86_280), Some(ExpirySource::ResponseField));
        assert_eq!(
            token_long(&fresh).text(),
            "fresh, 23 h 58 m left (2026-11-22 00:00 UTC, from the provider's answer)"
        );
        let expired = token(TokenState::Expired, Some(-200), Some(ExpirySource::JwtClaim));
        assert_eq!(token_short(&expired).text(), "expired 3 m 20 s ago");
        let unknown = token(TokenState::Unknown, None, Some(ExpirySource::Unknown));
        assert_eq!(token_long(&unknown).text(), "unknown (nobody says when it ends)");
    }

    #[test]
    fn days_are_said_as_people_say_them() {
        assert_eq!(days_left(0), "today");
        assert_eq!(days_left(12), "in 12 days");
        assert_eq!(days_left(-3), "3 days ago");
    }
}
