//! The tokens in an answer that somebody got by hand from a path that issues them.

use keyturn_core::SecretString;

use crate::json;

/// The texts at some places of an answer's JSON. `None` where the answer cannot be read in one way
/// alone: then nobody knows what in it is a token.
#[must_use]
pub fn issued_tokens(body: &[u8], pointers: &[&str]) -> Option<Vec<SecretString>> {
    let answer = json::read(body).ok()?;
    let texts = pointers.iter().filter_map(|pointer| answer.value().pointer(pointer)?.as_str());
    Some(texts.map(|text| SecretString::new(text.to_owned())).collect())
}
