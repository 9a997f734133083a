//! JSON Web Tokens (RFC 7519), decoded to be looked at. Nothing here verifies a signature.

use url::Url;

use super::found::{JwtFacts, KnownProvider, PastedKind, Recognized, Sure};
use super::gathered::Gathered;
use super::{is_generic, key, origin};
use crate::{Profile, decode_jwt};

/// What a token says of itself; `None` of anything that is no JWT.
pub(super) fn decode(text: &str) -> Option<JwtFacts> {
    let signature = text.rsplit('.').next()?;
    if !signature.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)) {
        return None;
    }
    let parts = decode_jwt(text)?;
    let entry = |entries: &[(String, String)], wanted: &str| {
        let found = entries.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.clone())
    };
    Some(JwtFacts {
        algorithm: entry(&parts.header, "alg"),
        issuer: entry(&parts.claims, "iss"),
        issued_at: parts.issued_at,
        expires_at: parts.expires_at,
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
