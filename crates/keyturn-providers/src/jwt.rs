//! What a JSON Web Token (RFC 7519) says of itself. Nothing here verifies a signature, and the signature is
//! not among what is said: what is shown cannot be used as the token.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

/// The longest value that is shown, in characters.
const LONGEST: usize = 300;
/// So many entries are shown of either part.
const MOST: usize = 40;

/// The two readable parts of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JwtParts {
    /// The entries of its header.
    pub header: Vec<(String, String)>,
    /// Its claims.
    pub claims: Vec<(String, String)>,
    /// Its `iat`.
    pub issued_at: Option<DateTime<Utc>>,
    /// Its `nbf`.
    pub not_before: Option<DateTime<Utc>>,
    /// Its `exp`.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Decodes a token; `None` of anything that is none.
#[must_use]
pub fn decode_jwt(token: &str) -> Option<JwtParts> {
    let mut parts = token.split('.');
    let (header, claims, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let (header, claims) = (part(header)?, part(claims)?);
    if !header.contains_key("alg") && !header.contains_key("typ") {
        return None;
    }
    Some(JwtParts {
        issued_at: moment(claims.get("iat")),
        not_before: moment(claims.get("nbf")),
        expires_at: moment(claims.get("exp")),
        header: shown(header),
        claims: shown(claims),
    })
}

fn part(text: &str) -> Option<Map<String, Value>> {
    let bytes = URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok().map(Zeroizing::new)?;
    serde_json::from_slice(&bytes).ok()
}

fn shown(entries: Map<String, Value>) -> Vec<(String, String)> {
    let clean = |text: &str| text.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    let entry = |(name, value): (String, Value)| match value {
        Value::String(text) => (clean(&name), clean(&text)),
        other => (clean(&name), clean(&other.to_string())),
    };
    entries.into_iter().take(MOST).map(entry).collect()
}

/// A `NumericDate` (RFC 7519, section 2).
fn moment(value: Option<&Value>) -> Option<DateTime<Utc>> {
    let seconds = value?.as_f64()?;
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    let whole = (seconds.is_finite() && seconds.abs() < 1e11).then_some(seconds as i64)?;
    DateTime::from_timestamp(whole, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(header: &str, claims: &str) -> String {
        let [header, claims] = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part));
        format!("{header}.{claims}.c2lnbmF0dXJlLWNhbmFyeQ")
    }

    #[test]
    fn header_and_claims_are_shown_and_the_signature_is_not() {
        let claims = r#"{"sub":"maya","exp":1772003600,"iat":1772000000,"roles":["a","b"]}"#;
        let parts = decode_jwt(&token(r#"{"alg":"HS256","typ":"JWT"}"#, claims)).unwrap();
        assert!(parts.claims.contains(&("sub".to_owned(), "maya".to_owned())));
        assert!(parts.claims.contains(&("roles".to_owned(), r#"["a","b"]"#.to_owned())));
        assert_eq!(parts.issued_at, DateTime::from_timestamp(1_772_000_000, 0));
        assert_eq!(parts.expires_at, DateTime::from_timestamp(1_772_003_600, 0));
        assert!(!format!("{parts:?}").contains("c2lnbmF0dXJl"), "{parts:?}");
    }

    #[test]
    fn what_is_no_jwt_is_none() {
        let foreign = token(r#"{"name":"x"}"#, "{}");
        for text in ["", "opaque", "a.b", "a.b.c", "....", foreign.as_str()] {
            assert_eq!(decode_jwt(text), None, "{text}");
        }
    }

    #[test]
    fn long_and_hostile_claims_are_cut_and_cleaned() {
        let claims = format!(r#"{{"note":"{}\u001b[31m","exp":1e300}}"#, "n".repeat(9_000));
        let parts = decode_jwt(&token(r#"{"alg":"none"}"#, &claims)).unwrap();
        let note = &parts.claims.iter().find(|(name, _)| name == "note").unwrap().1;
        assert_eq!(note.len(), LONGEST);
        assert_eq!(parts.expires_at, None, "a time that no calendar has");
    }
}
