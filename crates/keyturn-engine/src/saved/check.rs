//! What may be saved: a path, what a profile knows, and no secret of this vault in any shape.

use keyturn_core::{Credential, SecretFields, Token};
use keyturn_providers::Profile;
use keyturn_request::{SavedRequest, carries_secret};
use keyturn_vault::Vault;
use serde_json::Value;

use super::{LARGEST_SAVED, SavedRequestError, known};
use crate::EngineError;
use crate::exchange::redactor_of;
use crate::free_text::{FreeText, place_of, stored_for};

/// Says of each of these why it is no request to be saved with this credential; `None` where it is one.
/// However many there are, each secret of the vault is decrypted once, and those of one credential at a time.
pub(super) fn refusals(
    vault: &Vault,
    profile: &Profile,
    credential: &Credential,
    requests: &[SavedRequest],
) -> Result<Vec<Option<EngineError>>, EngineError> {
    let written: Vec<Value> = requests.iter().map(json).collect();
    let redactor = redactor_of(vault, credential)?;
    let looked = requests.iter().zip(&written).map(|(saved, json)| {
        let mut texts = Vec::new();
        texts_of(json, NAME, &mut texts);
        let own = |(_, text): &&(&'static str, &String)| redactor.redact_text(text) != **text;
        let refusal = match fits(profile, credential, saved, json) {
            Ok(()) => texts.iter().find(own).map(|(place, _)| holds_secret(place)),
            Err(error) => Some(error),
        };
        (texts, refusal)
    });
    let mut looked: Vec<(Texts<'_>, Option<EngineError>)> = looked.collect();
    for other in vault.live_credentials().filter(|other| other.id != credential.id) {
        let stored = Stored::of(vault, other)?;
        for (texts, refusal) in looked.iter_mut().filter(|(_, refusal)| refusal.is_none()) {
            *refusal = stored.place_in(texts).map(holds_secret);
        }
    }
    Ok(looked.into_iter().map(|(_, refusal)| refusal).collect())
}

/// Refuses what could not be sent with this credential, or would authenticate by itself.
fn fits(
    profile: &Profile,
    credential: &Credential,
    saved: &SavedRequest,
    json: &Value,
) -> Result<(), EngineError> {
    saved.checked().map_err(SavedRequestError::from)?;
    known(profile, credential, saved)?;
    if json.to_string().len() > LARGEST_SAVED {
        return Err(SavedRequestError::TooLarge.into());
    }
    let mut headers = saved.request.headers.iter();
    match headers.find(|header| authenticates(&header.name)) {
        Some(header) => Err(SavedRequestError::Authenticates { name: header.name.clone() }.into()),
        None => Ok(()),
    }
}

fn holds_secret(place: &'static str) -> EngineError {
    SavedRequestError::Secret { place }.into()
}

/// The texts of a request, and in which part of it each stands.
type Texts<'json> = Vec<(&'static str, &'json String)>;

/// What is stored for a credential and stands in nobody else's request.
struct Stored {
    secrets: Vec<SecretFields>,
    tokens: Vec<Token>,
}

impl Stored {
    fn of(vault: &Vault, credential: &Credential) -> Result<Self, EngineError> {
        let mut tokens = Vec::new();
        for environment in &credential.environments {
            tokens.extend(vault.token(credential.id, environment)?);
        }
        Ok(Self { secrets: stored_for(vault, credential.id)?, tokens })
    }

    /// In which part of a request something of it stands.
    fn place_in(&self, texts: &Texts<'_>) -> Option<&'static str> {
        let asked: Vec<FreeText<'_>> =
            texts.iter().map(|(place, text)| (*place, Some(*text))).collect();
        let secret = self.secrets.iter().find_map(|secrets| place_of(secrets, &asked));
        let tokens = self.tokens.iter();
        let mut tokens = tokens
            .flat_map(|token| std::iter::once(&token.access_token).chain(&token.refresh_token));
        secret.or_else(|| {
            tokens.find_map(|token| {
                let token = token.expose();
                let holds = |(_, text): &&(_, &String)| !token.is_empty() && text.contains(token);
                texts.iter().find(holds).map(|(place, _)| *place)
            })
        })
    }
}

/// A saved request as it is stored.
pub(super) fn json(saved: &SavedRequest) -> Value {
    serde_json::to_value(saved).expect("our own types are JSON")
}

/// Whether a header of this name authenticates: the recipe puts such ones in.
pub(crate) fn authenticates(name: &str) -> bool {
    carries_secret(name) || name.eq_ignore_ascii_case("cookie")
}

/// Adds all texts of a saved request.
fn texts_of<'json>(json: &'json Value, place: &'static str, found: &mut Texts<'json>) {
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
