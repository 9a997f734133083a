//! What a pasted text is: a key, variables of a `.env` file, a cURL command, headers, a JSON object, a
//! JWT or a reference, and to which provider its values belong.
//!
//! Everything that is known of a provider stands in its profile: prefixes and patterns of its fields,
//! the variables it is read from, the hosts and the headers of its recipes. Nothing is sent, nothing
//! verified, and no value gets out but as a secret, or as an open field of the suggestion: errors,
//! `Debug` and reasons repeat none. A wrong guess costs one click, so a weak sign is offered as such
//! ([`Sure::Possible`]) and never taken for more.
//!
//! Where to look next: [`Suggestion`] for what is answered, one file for each kind of text, `gathered`
//! for what makes values a suggestion.

mod clean;
mod command;
mod found;
mod gathered;
mod generic;
mod header;
mod json;
mod jwt;
mod key;
mod lines;
mod named;
mod origin;
mod placeholder;
mod request;
mod sent;
mod shape;
mod signs;

use keyturn_core::SecretString;
use thiserror::Error;

use crate::Profile;

pub use clean::visible;
pub use found::{JwtFacts, KnownProvider, OwnHost, PastedKind, Recognized, Suggestion, Sure};

use named::Named;
use shape::Shapes;

/// The longest text that is looked at, in bytes.
pub const LONGEST_PASTE: usize = 64 * 1024;

/// So many variables are looked at.
pub const MOST_VARIABLES: usize = 200;

/// So many readings of the same values are offered.
pub const MOST_SUGGESTIONS: usize = 5;

/// So many different credentials are taken out of one text.
pub const MOST_CREDENTIALS: usize = 20;

/// Says why a pasted text was not looked at. It is never repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RecognizeError {
    /// There is nothing in it.
    #[error("there is nothing in what was pasted")]
    Nothing,
    /// It is longer than any file of credentials.
    #[error("what was pasted is longer than 64 KiB")]
    TooLong,
    /// It has more variables than any program reads.
    #[error("what was pasted has more than {MOST_VARIABLES} variables")]
    TooManyVariables,
}

/// Says what a pasted text is, and to which of these providers its values belong.
pub fn recognize(
    text: &SecretString,
    providers: &[KnownProvider<'_>],
) -> Result<Recognized, RecognizeError> {
    if text.expose().len() > LONGEST_PASTE {
        return Err(RecognizeError::TooLong);
    }
    let visible = visible(text.expose());
    let text = visible.trim();
    if text.is_empty() {
        return Err(RecognizeError::Nothing);
    }
    let shapes = Shapes::of(providers);
    let mut found = read(text, providers, &shapes)?;
    found.tidy();
    Ok(found)
}

/// Reads the text as the first kind that it is one of.
fn read(
    text: &str,
    providers: &[KnownProvider<'_>],
    shapes: &Shapes<'_>,
) -> Result<Recognized, RecognizeError> {
    if let Some(reference) = text.strip_prefix("keyturn://").and_then(|rest| rest.parse().ok()) {
        return Ok(Recognized {
            reference: Some(reference),
            ..Recognized::of(PastedKind::Reference)
        });
    }
    if let Some(request) = command::read(text) {
        return Ok(sent::read(PastedKind::Command, &request, providers, shapes));
    }
    if let Some(members) = json::members(text) {
        if members.len() > MOST_VARIABLES {
            return Err(RecognizeError::TooManyVariables);
        }
        return Ok(named::read(PastedKind::Json, &members, providers, shapes));
    }
    if let Some(facts) = jwt::decode(text) {
        return Ok(jwt::read(text, facts, providers));
    }
    if let Some(request) = header::read(text) {
        return Ok(sent::read(PastedKind::Header, &request, providers, shapes));
    }
    let variables: Vec<Named> = lines::read(text)?;
    if !variables.is_empty() {
        return Ok(named::read(PastedKind::Variables, &variables, providers, shapes));
    }
    Ok(key::read(text, providers, shapes))
}

/// Whether nothing about a provider is fixed but the way its credentials are sent: its hosts are the
/// user's.
fn is_generic(profile: &Profile) -> bool {
    profile.environments.iter().all(|environment| environment.base_url.contains("://{"))
}

#[cfg(test)]
mod tests;
