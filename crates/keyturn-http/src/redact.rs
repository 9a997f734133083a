//! Takes secrets out of what a provider sends back, in every shape they are likely to come in.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use keyturn_core::{SecretBytes, SecretFields, SecretString};

/// Shorter values are left alone in texts: they occur in anything.
const SHORTEST: usize = 6;

const MASK: &[u8] = b"<redacted>";

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

    /// The bytes with every secret replaced by `<redacted>`.
    #[must_use]
    pub fn redact(&self, bytes: &[u8]) -> Vec<u8> {
        let mut clean = bytes.to_vec();
        for shape in &self.shapes {
            clean = replaced(&clean, shape.expose());
        }
        clean
    }

    /// The text with every secret replaced by `<redacted>`.
    #[must_use]
    pub fn redact_text(&self, text: &str) -> String {
        String::from_utf8_lossy(&self.redact(text.as_bytes())).into_owned()
    }
}

fn replaced(bytes: &[u8], secret: &[u8]) -> Vec<u8> {
    let mut clean = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = find(rest, secret) {
        clean.extend_from_slice(&rest[..at]);
        clean.extend_from_slice(MASK);
        rest = &rest[at + secret.len()..];
    }
    clean.extend_from_slice(rest);
    clean
}

/// Where `needle` begins. The first byte is looked for first: bodies are up to 10 MiB.
fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let (first, last) = (needle.first()?, haystack.len().checked_sub(needle.len())?);
    let mut from = 0;
    while from <= last {
        let at = from + haystack[from..=last].iter().position(|byte| byte == first)?;
        if haystack[at..].starts_with(needle) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

/// Whether a secret is in the bytes in any shape; a very short one only if it is all of them.
pub(crate) fn occurs(secret: &SecretString, bytes: &[u8]) -> bool {
    let text = secret.expose().as_bytes();
    if text.len() < SHORTEST {
        return !text.is_empty() && bytes == text;
    }
    shapes(secret).iter().any(|shape| find(bytes, shape.expose()).is_some())
}

/// The shapes in which a secret may come back: raw, base64, hexadecimal, URL- and JSON-escaped.
fn shapes(secret: &SecretString) -> Vec<SecretBytes> {
    let text = secret.expose();
    if text.len() < SHORTEST {
        return Vec::new();
    }
    let raw = text.as_bytes();
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or_default();
    let hex: String = raw.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
    let json = serde_json::to_string(text).unwrap_or_default();
    let json = json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let json = json.unwrap_or_default().to_owned();
    let escaped = |form: bool| -> String {
        if form {
            return url::form_urlencoded::byte_serialize(raw).collect();
        }
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let escape = |byte: &u8| {
            if plain(*byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") }
        };
        raw.iter().map(escape).collect()
    };
    let mut shapes = vec![
        text.clone(),
        STANDARD.encode(raw),
        STANDARD_NO_PAD.encode(raw),
        URL_SAFE.encode(raw),
        URL_SAFE_NO_PAD.encode(raw),
        hex.to_uppercase(),
        hex,
        json.replace('/', "\\/"),
        json,
        escaped(true),
        escaped(false).to_lowercase(),
        escaped(false),
    ];
    shapes.retain(|shape| !shape.is_empty());
    shapes.sort();
    shapes.dedup();
    shapes.into_iter().map(|shape| SecretBytes::new(shape.into_bytes())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "s3cr+t/va\"lue~7x9z";

    fn redactor() -> Redactor {
        let fields = [("api_key".parse().unwrap(), SecretString::new(SECRET.to_owned()))];
        Redactor::new(&fields.into_iter().collect(), Some(&SecretString::new("tok-en-123".into())))
    }

    #[test]
    fn a_secret_that_comes_back_is_taken_out_in_every_shape() {
        let forms = [
            SECRET.to_owned(),
            STANDARD.encode(SECRET),
            URL_SAFE_NO_PAD.encode(SECRET),
            "733363722B742F7661226C75657E3778397A".to_owned(),
            SECRET.replace('"', "\\\""),
            url::form_urlencoded::byte_serialize(SECRET.as_bytes()).collect(),
            "s3cr%2Bt%2Fva%22lue~7x9z".to_owned(),
            "tok-en-123".to_owned(),
        ];
        for form in forms {
            let shown = redactor().redact_text(&format!("<<{form}|{form}>>"));
            assert_eq!(shown, "<<<redacted>|<redacted>>>", "{form}");
        }
    }

    #[test]
    fn what_is_no_secret_stays_byte_for_byte() {
        let body = b"\x00\xff s3cr nothing \xfe".as_slice();
        assert_eq!(redactor().redact(body), body);
        assert_eq!(redactor().redact(b""), b"");
    }

    #[test]
    fn a_very_short_secret_does_not_make_everything_unreadable() {
        let fields = [("pin".parse().unwrap(), SecretString::new("a".to_owned()))];
        let redactor = Redactor::new(&fields.into_iter().collect(), None);
        assert_eq!(redactor.redact_text("banana"), "banana");
    }
}
