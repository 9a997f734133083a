//! The shapes in which a secret may come back.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::{
    GeneralPurpose, STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD,
};
use keyturn_core::{SecretBytes, SecretString};

/// Shorter values are left alone in texts: they occur in anything.
pub(super) const SHORTEST: usize = 6;

/// What the usual escapers of URLs leave as it is, beside letters and digits: RFC 3986, Python,
/// JavaScript's `encodeURIComponent` and `encodeURI`, and HTML forms.
const UNESCAPED: [&[u8]; 5] = [b"-._~", b"-._~/", b"-._~!*'()", b"-._~!*'();,/?:@&=+$#", b"-._*"];

/// The shapes of a secret: as it is, in base64 (alone and within a longer text, as in Basic
/// authentication), in hexadecimal, escaped for URLs, JSON and HTML, and in UTF-16.
pub(super) fn shapes(secret: &SecretString) -> Vec<SecretBytes> {
    let text = secret.expose().as_str();
    if text.len() < SHORTEST {
        return Vec::new();
    }
    let raw = text.as_bytes();
    let mut shapes: Vec<SecretBytes> = Vec::new();
    let mut add = |shape: Vec<u8>| {
        let shape = SecretBytes::new(shape);
        let new = shapes.iter().all(|known| known.expose() != shape.expose());
        if new && shape.expose().len() >= SHORTEST {
            shapes.push(shape);
        }
    };
    add(raw.to_vec());
    add(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    add(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    for alphabet in [STANDARD, URL_SAFE, STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
        add(alphabet.encode(raw).into_bytes());
    }
    for alphabet in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
        (0..3).for_each(|offset| add(within_base64(&alphabet, raw, offset)));
    }
    for case in [Case::Lower, Case::Upper] {
        add(raw.iter().flat_map(|byte| case.pair(*byte)).collect());
        for unescaped in UNESCAPED {
            add(percent(raw, unescaped, case, None));
            add(percent(raw, unescaped, case, Some(b'+')));
        }
        let json = json_in_ascii(text, case);
        add(json.replace('/', "\\/").into_bytes());
        add(json.into_bytes());
    }
    let json = json(text);
    add(json.replace('/', "\\/").into_bytes());
    add(json.into_bytes());
    for (double, single) in [("&quot;", "&#x27;"), ("&#34;", "&#39;"), ("&quot;", "&#39;")] {
        let html = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        add(html.replace('"', double).replace('\'', single).into_bytes());
    }
    shapes
}

/// The case of hexadecimal digits.
#[derive(Clone, Copy)]
enum Case {
    Lower,
    Upper,
}

impl Case {
    fn pair(self, byte: u8) -> [u8; 2] {
        let digits = match self {
            Self::Lower => b"0123456789abcdef",
            Self::Upper => b"0123456789ABCDEF",
        };
        [digits[usize::from(byte >> 4)], digits[usize::from(byte & 15)]]
    }
}

/// The characters that a secret alone decides on when it stands `offset` bytes into a longer text
/// (modulo 3): those that it shares with what stands before and behind it are left out.
fn within_base64(alphabet: &GeneralPurpose, raw: &[u8], offset: usize) -> Vec<u8> {
    let shifted = [&[0, 0][..offset], raw].concat();
    let encoded = SecretString::new(alphabet.encode(SecretBytes::new(shifted).expose()));
    let shared_before = (offset * 8).div_ceil(6);
    let own = encoded.expose().as_bytes().get(shared_before..).unwrap_or_default();
    let shared_behind = usize::from(!(offset + raw.len()).is_multiple_of(3));
    own[..own.len().saturating_sub(shared_behind)].to_vec()
}

fn percent(raw: &[u8], unescaped: &[u8], case: Case, blank: Option<u8>) -> Vec<u8> {
    let escape = |byte: &u8| match (byte, blank) {
        (b' ', Some(blank)) => vec![blank],
        (byte, _) if byte.is_ascii_alphanumeric() || unescaped.contains(byte) => vec![*byte],
        (byte, _) => [&b"%"[..], &case.pair(*byte)].concat(),
    };
    raw.iter().flat_map(escape).collect()
}

/// A JSON text without its quotes.
fn json(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap_or_default();
    let inner = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or_default().to_owned()
}

/// The same with everything beyond ASCII escaped, as Python writes it.
fn json_in_ascii(text: &str, case: Case) -> String {
    let mut escaped = String::new();
    for unit in json(text).encode_utf16() {
        if let Some(plain) = char::from_u32(unit.into()).filter(char::is_ascii) {
            escaped.push(plain);
            continue;
        }
        let written = match case {
            Case::Lower => write!(escaped, "\\u{unit:04x}"),
            Case::Upper => write!(escaped, "\\u{unit:04X}"),
        };
        written.expect("writing to a text cannot fail");
    }
    escaped
}
