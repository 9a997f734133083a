//! The provider's own words in a body of whatever form (X2): no form is required.

use std::borrow::Cow;

use serde_json::Value;

/// The most of a body that is looked through for an error text.
const LONGEST_BODY: usize = 64 * 1024;
/// The most of a provider's error text that is repeated, in characters.
const LONGEST_SAYING: usize = 300;

/// Where error texts stand: first those of the documents, then what is common elsewhere, with
/// OAuth 2.0 (RFC 6749, section 5.2) among them. The first that is there is repeated.
const PLACES: [&str; 7] = [
    "/detail",
    "/detail/message",
    "/error_description",
    "/error/message",
    "/errors/0/message",
    "/message",
    "/error",
];

/// What a body says.
pub(super) struct Words {
    /// The body, where it is JSON.
    pub(super) json: Option<Value>,
    /// The provider's own words.
    pub(super) says: Option<String>,
    /// What rows are compared with, in lower case: all error texts, or without one the whole body.
    pub(super) searched: String,
}

impl Words {
    pub(super) fn of(body: &[u8]) -> Self {
        let text = text_of(body.get(..LONGEST_BODY).unwrap_or(body));
        // What was cut is no longer JSON, and half of it is not guessed from.
        let json: Option<Value> =
            (body.len() <= LONGEST_BODY).then(|| serde_json::from_str(&text).ok()).flatten();
        let texts: Vec<&str> = json.as_ref().map(error_texts).unwrap_or_default();
        let searched =
            if texts.is_empty() { text.to_lowercase() } else { texts.join("\n").to_lowercase() };
        let says = texts.first().map(|text| shown(text)).filter(|shown| !shown.is_empty());
        Self { json, says, searched }
    }
}

impl Words {
    /// Whether the value at this pointer is this text, whatever its case.
    pub(super) fn is_at(&self, pointer: &str, text: &str) -> bool {
        let value = self.json.as_ref().and_then(|json| json.pointer(pointer));
        let found = value.and_then(|value| match value {
            Value::String(found) => Some(found.to_lowercase()),
            Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        });
        found.is_some_and(|found| found == text.to_lowercase())
    }
}

fn error_texts(json: &Value) -> Vec<&str> {
    PLACES.iter().filter_map(|place| json.pointer(place)?.as_str()).collect()
}

fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(LONGEST_SAYING).collect()
}

/// A body as text, whatever its encoding: UTF-8 with or without a mark, UTF-16 with a mark or with
/// the zeros that ASCII leaves in it. What cannot be read becomes a replacement sign.
#[must_use]
pub fn text_of(body: &[u8]) -> Cow<'_, str> {
    let sixteen = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect::<String>().into()
    };
    match body {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        [0xff, 0xfe, rest @ ..] => sixteen(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => sixteen(rest, u16::from_be_bytes),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => {
            sixteen(body, u16::from_le_bytes)
        }
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => {
            sixteen(body, u16::from_be_bytes)
        }
        _ => String::from_utf8_lossy(body),
    }
}
