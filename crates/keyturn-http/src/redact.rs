//! Takes secrets out of what a provider sends back, in every shape they are likely to come in.
//!
//! What it does not find: a secret that was encrypted, compressed, reversed or cut in pieces. Whoever
//! wants to misuse a key that it was sent needs no mirror for it.

use keyturn_core::{SecretBytes, SecretFields, SecretString};
use memchr::memmem::Finder;

mod shapes;

use shapes::{SHORTEST, shapes};

const MASK: &[u8] = b"<redacted>";

/// By how much a text may grow when secrets that are shorter than the mask are taken out; it is cut
/// there. Only a text that consists of secrets gets so far.
const LARGEST_GROWTH: usize = 64 * 1024;

/// Takes known secrets out of bytes and texts.
pub struct Redactor {
    /// All shapes of all secrets, the longest first.
    shapes: Vec<SecretBytes>,
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
        let mut shapes: Vec<SecretBytes> = all.flat_map(shapes).collect();
        shapes.sort_by_key(|shape| std::cmp::Reverse(shape.expose().len()));
        Self { shapes }
    }

    /// Knows in addition what a request's headers were made of secrets: a user name and a password in
    /// base64 are another text than either of them.
    #[must_use]
    pub fn knowing(mut self, made: &[SecretString]) -> Self {
        self.shapes.extend(made.iter().flat_map(shapes));
        self.shapes.sort_by_key(|shape| std::cmp::Reverse(shape.expose().len()));
        self
    }

    /// The bytes with every secret replaced by `<redacted>`.
    #[must_use]
    pub fn redact(&self, bytes: &[u8]) -> Vec<u8> {
        self.redact_body(bytes.to_vec())
    }

    /// The same for a body that is not needed as it came: 10 MiB are not copied for nothing.
    #[must_use]
    pub fn redact_body(&self, body: Vec<u8>) -> Vec<u8> {
        let largest = body.len().saturating_add(LARGEST_GROWTH);
        let mut clean = body;
        for shape in &self.shapes {
            if let Some(replaced) = replaced(&clean, shape.expose(), largest) {
                clean = replaced;
            }
        }
        clean
    }

    /// The headers with every secret replaced, in their names, too: HTTP makes those small.
    #[must_use]
    pub fn redact_headers(&self, headers: &[(String, String)]) -> Vec<(String, String)> {
        let headers = headers.iter();
        headers.map(|(name, value)| (self.redact_name(name), self.redact_text(value))).collect()
    }

    fn redact_name(&self, name: &str) -> String {
        let mut clean = name.as_bytes().to_vec();
        for shape in &self.shapes {
            let small = SecretBytes::new(shape.expose().to_ascii_lowercase());
            if let Some(replaced) = replaced(&clean, small.expose(), LARGEST_GROWTH) {
                clean = replaced;
            }
        }
        String::from_utf8_lossy(&clean).into_owned()
    }

    /// The text with every secret replaced by `<redacted>`.
    #[must_use]
    pub fn redact_text(&self, text: &str) -> String {
        String::from_utf8_lossy(&self.redact(text.as_bytes())).into_owned()
    }
}

/// The bytes without the secret; `None` where it is not in them.
fn replaced(bytes: &[u8], secret: &[u8], largest: usize) -> Option<Vec<u8>> {
    let finder = Finder::new(secret);
    let mut places = finder.find_iter(bytes).peekable();
    places.peek()?;
    let mut clean = Vec::with_capacity(bytes.len());
    let mut from = 0;
    for at in places {
        let growth = at - from + MASK.len();
        if clean.len() + growth > largest {
            return Some(clean);
        }
        clean.extend_from_slice(&bytes[from..at]);
        clean.extend_from_slice(MASK);
        from = at + secret.len();
    }
    let rest = &bytes[from..];
    clean.extend_from_slice(&rest[..rest.len().min(largest - clean.len())]);
    Some(clean)
}

/// Whether a secret is in the bytes in any shape; a very short one only if it is all of them.
pub(crate) fn occurs(secret: &SecretString, bytes: &[u8]) -> bool {
    let text = secret.expose().as_bytes();
    if text.len() < SHORTEST {
        return !text.is_empty() && bytes == text;
    }
    shapes(secret).iter().any(|shape| Finder::new(shape.expose()).find(bytes).is_some())
}

#[cfg(test)]
mod tests;
