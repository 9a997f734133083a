//! Takes secrets out of what a provider sends back, in every shape they are likely to come in, however
//! many of their characters are escaped.
//!
//! What it does not find: a secret that was encrypted, compressed, reversed, cut in pieces, or escaped
//! more than [`LEVELS`] times over. Whoever wants to misuse a key that it was sent needs no mirror for it.

use std::ops::Range;

use keyturn_core::{REDACTED, SecretBytes, SecretFields, SecretString};
use memchr::memmem::Finder;

mod escapes;
mod shapes;

use escapes::{sources, unescaped};
use shapes::{SHORTEST, shapes};

const MASK: &[u8] = REDACTED.as_bytes();

/// By how much a text may grow when secrets that are shorter than the mask are taken out; it is cut
/// there. Only a text that consists of secrets gets so far.
const LARGEST_GROWTH: usize = 64 * 1024;

/// So many escapes of each other are undone: JSON in a text of JSON in a URL.
const LEVELS: usize = 3;

/// Takes known secrets out of bytes and texts.
pub struct Redactor {
    wanted: Wanted,
}

impl std::fmt::Debug for Redactor {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Redactor")
    }
}

impl Redactor {
    /// Knows all of a credential's secrets and its token.
    #[must_use]
    pub fn new(secrets: &SecretFields, token: Option<&SecretString>) -> Self {
        let all = secrets.iter().map(|(_, secret)| secret).chain(token);
        let mut wanted = Wanted::default();
        wanted.add(all);
        Self { wanted }
    }

    /// Knows in addition what a request's headers were made of secrets: a user name and a password in
    /// base64 are another text than either of them.
    #[must_use]
    pub fn knowing(mut self, made: &[SecretString]) -> Self {
        self.wanted.add(made);
        self
    }

    /// The bytes with every secret replaced by `<redacted>`.
    #[must_use]
    pub fn redact(&self, bytes: &[u8]) -> Vec<u8> {
        replaced(bytes, &self.wanted.places(bytes))
    }

    /// The same for a body that is not needed as it came: 10 MiB are not copied for nothing.
    #[must_use]
    pub fn redact_body(&self, body: Vec<u8>) -> Vec<u8> {
        let places = self.wanted.places(&body);
        if places.is_empty() { body } else { replaced(&body, &places) }
    }

    /// The headers with every secret replaced, in their names, too: HTTP makes those small.
    #[must_use]
    pub fn redact_headers(&self, headers: &[(String, String)]) -> Vec<(String, String)> {
        let headers = headers.iter();
        headers.map(|(name, value)| (self.redact_name(name), self.redact_text(value))).collect()
    }

    fn redact_name(&self, name: &str) -> String {
        let small = self.wanted.in_small_letters();
        let name = name.as_bytes();
        String::from_utf8_lossy(&replaced(name, &small.places(name))).into_owned()
    }

    /// The text with every secret replaced by `<redacted>`.
    #[must_use]
    pub fn redact_text(&self, text: &str) -> String {
        String::from_utf8_lossy(&self.redact(text.as_bytes())).into_owned()
    }
}

/// What is looked for.
#[derive(Default)]
struct Wanted {
    /// All shapes of all secrets, for bytes as they came.
    shapes: Vec<SecretBytes>,
    /// The same and what they become when they are themselves read as escaped, for unescaped bytes.
    readings: Vec<SecretBytes>,
}

impl Wanted {
    fn add<'secret>(&mut self, secrets: impl IntoIterator<Item = &'secret SecretString>) {
        for shape in secrets.into_iter().flat_map(shapes) {
            let blanks = |byte: &u8| if *byte == b'+' { b' ' } else { *byte };
            let mut reading = SecretBytes::new(shape.expose().iter().map(blanks).collect());
            for _ in 0..LEVELS {
                let next = unescaped(reading.expose()).map(SecretBytes::new);
                self.readings.push(reading);
                let Some(next) = next.filter(|next| next.expose().len() >= SHORTEST) else { break };
                reading = next;
            }
            self.shapes.push(shape);
        }
    }

    fn in_small_letters(&self) -> Self {
        let small = |all: &[SecretBytes]| {
            all.iter().map(|one| SecretBytes::new(one.expose().to_ascii_lowercase())).collect()
        };
        Self { shapes: small(&self.shapes), readings: small(&self.readings) }
    }

    /// Where the bytes hold a secret, in order and apart from each other.
    fn places(&self, bytes: &[u8]) -> Vec<Range<usize>> {
        let mut found = places(&self.shapes, bytes);
        let mut levels: Vec<Vec<u8>> = Vec::new();
        while levels.len() < LEVELS && !self.readings.is_empty() {
            let Some(read) = unescaped(levels.last().map_or(bytes, Vec::as_slice)) else { break };
            let mut within = places(&self.readings, &read);
            for level in levels.iter().rev().map(Vec::as_slice).chain([bytes]) {
                within = sources(level, &within);
            }
            found.extend(within);
            levels.push(read);
        }
        joined(found)
    }
}

/// Where the bytes hold one of the texts.
fn places(texts: &[SecretBytes], bytes: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for text in texts {
        let (finder, length) = (Finder::new(text.expose()), text.expose().len());
        found.extend(finder.find_iter(bytes).map(|at| at..at + length));
    }
    joined(found)
}

/// Those that overlap as one.
fn joined(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_unstable_by_key(|place| (place.start, place.end));
    places.dedup_by(|next, before| {
        let overlaps = next.start < before.end;
        if overlaps {
            before.end = before.end.max(next.end);
        }
        overlaps
    });
    places
}

/// The bytes with these places masked.
fn replaced(bytes: &[u8], places: &[Range<usize>]) -> Vec<u8> {
    let largest = bytes.len().saturating_add(LARGEST_GROWTH);
    let mut clean = Vec::with_capacity(bytes.len());
    let mut from = 0;
    for place in places {
        let growth = place.start - from + MASK.len();
        if clean.len() + growth > largest {
            return clean;
        }
        clean.extend_from_slice(&bytes[from..place.start]);
        clean.extend_from_slice(MASK);
        from = place.end;
    }
    let rest = &bytes[from..];
    clean.extend_from_slice(&rest[..rest.len().min(largest - clean.len())]);
    clean
}

/// Whether a secret is in the bytes in any shape; a very short one only if it is all of them.
pub(crate) fn occurs(secret: &SecretString, bytes: &[u8]) -> bool {
    let text = secret.expose().as_bytes();
    if text.len() < SHORTEST {
        return !text.is_empty() && bytes == text;
    }
    let mut wanted = Wanted::default();
    wanted.add([secret]);
    !wanted.places(bytes).is_empty()
}

#[cfg(test)]
mod tests;
