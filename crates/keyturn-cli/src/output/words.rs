//! The states of tokens, rotations and keys in plain words, each with its countdown.

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::rotation::DueReason;
use keyturn_core::{ExpirySource, RevealState, RotationState, TokenState, duration};
use keyturn_protocol::calls::{ProtectionMode, RotationView, TokenView, VaultState};

use crate::output::table::{Cell, Style};

/// A moment to the minute.
pub(crate) fn moment(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}

/// Who says when a token ends.
pub(crate) const fn source(source: ExpirySource) -> &'static str {
    match source {
        ExpirySource::ResponseField => "from the provider's answer",
        ExpirySource::JwtClaim => "from the token itself",
        ExpirySource::DocumentedLifetime => "from the documented lifetime",
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

fn span(seconds: i64) -> String {
    duration::human(TimeDelta::seconds(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(state: TokenState, left: Option<i64>, source: Option<ExpirySource>) -> TokenView {
        let expires_at = left.map(|_| "2026-11-22T00:00:00Z".parse().unwrap());
        TokenView { state, issued_at: None, expires_at, expires_in_s: left, source }
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
