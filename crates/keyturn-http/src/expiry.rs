//! When a token ends, read from the answer, the token itself and the documented lifetime (X4).
//!
//! Nothing here verifies a token's signature: the end is only read, to know when to renew.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::{Expiry, SecretString};
use keyturn_providers::{Exchange, ExpiryFormat};
use serde_json::Value;

use crate::exchange::ExpiryDoubt;

/// Nobody's token lives longer; a later end is a mistake of whoever wrote it.
const LONGEST_LIFE: TimeDelta = TimeDelta::days(36_500);
/// From here on a number is no span but seconds since 1970 (the year 2001).
const EPOCH_S_FROM: f64 = 1e9;
/// From here on a number is milliseconds since 1970 (the year 2001, too): as seconds it would be the
/// year 33658.
const EPOCH_MS_FROM: f64 = 1e12;

/// When a token ends that was issued at `issued_at`, and what is doubtful about it.
pub(crate) fn read(
    exchange: &Exchange,
    answer: &Value,
    token: &SecretString,
    issued_at: DateTime<Utc>,
) -> (Expiry, Option<ExpiryDoubt>) {
    let mut unreadable = false;
    let said = exchange.response.expiry.iter().find_map(|source| {
        let value = answer.pointer(&source.pointer).filter(|value| !value.is_null())?;
        let at = time(value, source.format, issued_at).filter(|at| plausible(*at, issued_at));
        unreadable |= at.is_none();
        at
    });
    let claim = jwt_end(token.expose()).filter(|at| plausible(*at, issued_at));
    let documented = exchange
        .documented_lifetime
        .as_ref()
        .and_then(|life| issued_at.checked_add_signed(life.length()));
    let expiry = Expiry::earliest(said, claim, documented);
    let doubt = if expiry.at.is_some_and(|at| at <= issued_at) {
        Some(ExpiryDoubt::Past)
    } else if unreadable {
        Some(ExpiryDoubt::Unreadable)
    } else {
        None
    };
    (expiry, doubt)
}

fn plausible(at: DateTime<Utc>, issued_at: DateTime<Utc>) -> bool {
    issued_at.checked_add_signed(LONGEST_LIFE).is_some_and(|latest| at <= latest)
}

fn time(value: &Value, format: ExpiryFormat, issued_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let number = || match value {
        Value::String(text) => text.trim().parse::<f64>().ok(),
        other => other.as_f64(),
    };
    let rfc3339 = || {
        let text = value.as_str()?.trim();
        DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc())
    };
    let since_1970 = |milliseconds: f64| DateTime::from_timestamp_millis(whole(milliseconds)?);
    let from_now = |seconds: f64| {
        issued_at.checked_add_signed(TimeDelta::try_milliseconds(whole(seconds * 1e3)?)?)
    };
    match format {
        ExpiryFormat::Rfc3339 => rfc3339(),
        ExpiryFormat::EpochS => since_1970(number()? * 1e3),
        ExpiryFormat::EpochMs => since_1970(number()?),
        ExpiryFormat::SecondsFromNow => from_now(number()?),
        ExpiryFormat::Auto => rfc3339().or_else(|| match number()? {
            number if number >= EPOCH_MS_FROM => since_1970(number),
            number if number >= EPOCH_S_FROM => since_1970(number * 1e3),
            number => from_now(number),
        }),
    }
}

/// A number without its fraction, unless it is none or beyond any calendar.
fn whole(number: f64) -> Option<i64> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the range is checked and the fraction unwanted"
    )]
    (number.is_finite() && number.abs() < 1e15).then_some(number as i64)
}

/// The `exp` claim of a JWT; of anything else `None`.
fn jwt_end(token: &str) -> Option<DateTime<Utc>> {
    let mut parts = token.split('.');
    let (Some(_), Some(claims), Some(_), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let claims = URL_SAFE_NO_PAD.decode(claims.trim_end_matches('=')).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    time(claims.get("exp")?, ExpiryFormat::EpochS, DateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests;
