//! What may be saved: a path, what a profile knows, and no secret of this vault in any shape.

use keyturn_core::Credential;
use keyturn_providers::Profile;
use keyturn_request::{SavedRequest, carries_secret};
use keyturn_vault::Vault;
use serde_json::Value;

use super::{LARGEST_SAVED, SavedRequestError, known};
use crate::EngineError;
use crate::exchange::redactor_of;
use crate::free_text::{FreeText, refuse_stored};

/// Refuses what is no request to be saved with this credential.
pub(super) fn check(
    vault: &Vault,
    profile: &Profile,
    credential: &Credential,
    saved: &SavedRequest,
) -> Result<(), EngineError> {
    saved.checked().map_err(SavedRequestError::from)?;
    known(profile, credential, saved)?;
    let json = json(saved);
    if json.to_string().len() > LARGEST_SAVED {
        return Err(SavedRequestError::TooLarge.into());
    }
    let mut headers = saved.request.headers.iter();
    if let Some(header) = headers.find(|header| authenticates(&header.name)) {
        return Err(SavedRequestError::Authenticates { name: header.name.clone() }.into());
    }
    let redactor = redactor_of(vault, credential)?;
    let mut texts = Vec::new();
    texts_of(&json, NAME, &mut texts);
    for (place, text) in &texts {
        if redactor.redact_text(text) != **text {
            return Err(SavedRequestError::Secret { place }.into());
        }
    }
    let asked: Vec<FreeText<'_>> =
        texts.iter().map(|(place, text)| (*place, Some(*text))).collect();
    for other in vault.live_credentials().filter(|other| other.id != credential.id) {
        match refuse_stored(vault, other.id, &asked) {
            Err(EngineError::SecretInText { what: place, .. }) => {
                return Err(SavedRequestError::Secret { place }.into());
            }
            looked => looked?,
        }
        if let Some(place) = place_of_token(vault, other, &texts)? {
            return Err(SavedRequestError::Secret { place }.into());
        }
    }
    Ok(())
}

/// In which part a token of that credential stands.
fn place_of_token(
    vault: &Vault,
    credential: &Credential,
    texts: &[(&'static str, &String)],
) -> Result<Option<&'static str>, EngineError> {
    for environment in &credential.environments {
        let Some(token) = vault.token(credential.id, environment)? else { continue };
        let mut tokens = std::iter::once(&token.access_token).chain(&token.refresh_token);
        let found = tokens.find_map(|token| {
            let token = token.expose();
            let holds = |(_, text): &&(_, &String)| !token.is_empty() && text.contains(token);
            texts.iter().find(holds).map(|(place, _)| *place)
        });
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// A saved request as it is stored.
pub(super) fn json(saved: &SavedRequest) -> Value {
    serde_json::to_value(saved).expect("our own types are JSON")
}

/// Whether a header of this name authenticates: the recipe puts such ones in.
pub(crate) fn authenticates(name: &str) -> bool {
    carries_secret(name) || name.eq_ignore_ascii_case("cookie")
}

/// All texts of a saved request, and in which part of it each stands.
fn texts_of<'json>(
    json: &'json Value,
    place: &'static str,
    found: &mut Vec<(&'static str, &'json String)>,
) {
    match json {
        Value::String(text) => found.push((place, text)),
        Value::Array(values) => values.iter().for_each(|value| texts_of(value, place, found)),
        Value::Object(members) => {
            for (name, value) in members {
                found.push((place, name));
                let part = PLACES.iter().find(|part| place == NAME && *part == name);
                texts_of(value, part.unwrap_or(&place), found);
            }
        }
        Value::Number(_) | Value::Bool(_) | Value::Null => {}
    }
}

/// Where a text stands that stands in none of the parts.
const NAME: &str = "name";
/// The parts of a request, as its fields are called.
const PLACES: [&str; 6] = ["url", "query", "headers", "body", "variables", "checks"];
