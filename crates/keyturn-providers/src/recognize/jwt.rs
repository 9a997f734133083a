//! JSON Web Tokens (RFC 7519), decoded to be looked at. Nothing here verifies a signature.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use url::Url;
use zeroize::Zeroizing;

use super::found::{JwtFacts, KnownProvider, PastedKind, Recognized, Sure};
use super::gathered::Gathered;
use super::{is_generic, key, origin};
use crate::Profile;

/// The longest claim that is shown.
const LONGEST_CLAIM: usize = 200;

#[derive(Deserialize)]
struct Header {
    alg: Option<String>,
    typ: Option<String>,
}

/// The registered claims that are shown; all else stays unread.
#[derive(Deserialize)]
struct Claims {
    iss: Option<String>,
    iat: Option<f64>,
    exp: Option<f64>,
}

/// What a token says of itself; `None` of anything that is no JWT.
pub(super) fn decode(text: &str) -> Option<JwtFacts> {
    let mut parts = text.split('.');
    let (header, claims, signature) = (parts.next()?, parts.next()?, parts.next()?);
    let signed = signature.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    if parts.next().is_some() || !signed {
        return None;
    }
    let header: Header = part(header)?;
    let claims: Claims = part(claims)?;
    // An object with neither is no header of a token, whatever it is.
    if header.alg.is_none() && header.typ.is_none() {
        return None;
    }
    Some(JwtFacts {
        algorithm: header.alg.map(shown),
        issuer: claims.iss.map(shown),
        issued_at: claims.iat.and_then(moment),
        expires_at: claims.exp.and_then(moment),
    })
}

/// A token as a key of its own: as bearer, where nothing better is known.
pub(super) fn read(text: &str, facts: JwtFacts, providers: &[KnownProvider<'_>]) -> Recognized {
    let issuer = facts.issuer.as_deref().and_then(|issuer| Url::parse(issuer).ok());
    let issued_by = providers.iter().find(|known| {
        let said = issuer.as_ref();
        !is_generic(known.profile)
            && said.is_some_and(|url| origin::place(known, url).is_some_and(|place| place.literal))
    });
    let mut found = Recognized::of(PastedKind::Jwt);
    if let Some(known) = issued_by {
        let name = &known.profile.name;
        found.notes.push(format!(
            "Its issuer is {name}. An access token ends soon: store what it is bought with, and Keyturn gets each next one."
        ));
        let why = format!("The token names {name} as its issuer.");
        let known = Gathered::new(known.profile);
        found.suggestions.push(known.suggestion(PastedKind::Jwt, Sure::Likely, why));
    }
    let mut bearers = key::generic(text, providers, PastedKind::Jwt);
    bearers.retain(|one| {
        providers.iter().any(|known| known.profile.id == one.provider && is_bearer(known.profile))
    });
    found.suggestions.extend(bearers.into_iter().map(|mut one| {
        one.expires_at = facts.expires_at;
        one
    }));
    found.jwt = Some(facts);
    found
}

/// Whether a provider's credentials are sent as bearer, as tokens are.
fn is_bearer(profile: &Profile) -> bool {
    let mut headers = profile.recipes.iter().flat_map(|recipe| &recipe.headers);
    headers.any(|header| header.scheme.as_deref() == Some("Bearer"))
}

fn part<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    let bytes = URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok().map(Zeroizing::new)?;
    serde_json::from_slice(&bytes).ok()
}

fn shown(text: String) -> String {
    text.chars().filter(|c| !c.is_control()).take(LONGEST_CLAIM).collect()
}

/// A NumericDate (RFC 7519, section 2).
fn moment(seconds: f64) -> Option<DateTime<Utc>> {
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    let whole = (seconds.is_finite() && seconds.abs() < 1e11).then_some(seconds as i64)?;
    DateTime::from_timestamp(whole, 0)
}
