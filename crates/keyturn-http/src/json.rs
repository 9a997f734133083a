//! Reads the JSON of an answer that holds a token: bounded, in one encoding, and without two meanings.
//!
//! - **Encoding**: UTF-8, with or without a byte order mark, as RFC 8259 (section 8.1) has it. UTF-16
//!   and Latin-1 are refused and never guessed: a guess could make another token of the same bytes.
//!   What the `Content-Type` says of a charset is not looked at; JSON has no such parameter.
//! - **Content type**: not looked at either. Gateways label JSON as `text/plain` or `text/html` every
//!   day; what counts is that it is JSON with a token where the profile says, which no web page is.
//! - **Fields that come twice**: refused. Parsers differ on which of the two counts, so that a proxy
//!   and Keyturn could read two different tokens from one answer.
//! - **Size**: 256 KiB, many times the largest token that a header can carry. Parsed JSON takes up to
//!   forty times its text, which 10 MiB must not be allowed.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use zeroize::Zeroize;

/// The largest answer that is looked through for a token, in bytes.
pub(crate) const LARGEST_ANSWER: usize = 256 * 1024;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// How the deserializer says it, so that it is told from other errors.
const TWICE: &str = "a field comes twice";

/// Says why bytes are not the JSON of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JsonError {
    /// They are more than [`LARGEST_ANSWER`].
    TooLarge,
    /// They are no JSON, or not in UTF-8.
    NotJson,
    /// An object in them has a field twice.
    Ambiguous,
}

/// A JSON value whose texts are wiped when it is dropped: the token is one of them.
pub(crate) struct Wiped(Value);

/// Reads the JSON of an answer.
pub(crate) fn read(bytes: &[u8]) -> Result<Wiped, JsonError> {
    if bytes.len() > LARGEST_ANSWER {
        return Err(JsonError::TooLarge);
    }
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    serde_json::from_slice(text).map_err(|error| {
        if error.to_string().starts_with(TWICE) { JsonError::Ambiguous } else { JsonError::NotJson }
    })
}

impl Wiped {
    /// The value itself.
    pub(crate) const fn value(&self) -> &Value {
        &self.0
    }

    fn into_value(mut self) -> Value {
        self.0.take()
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        fn wipe(value: &mut Value) {
            match value {
                Value::String(text) => text.zeroize(),
                Value::Array(values) => values.iter_mut().for_each(wipe),
                Value::Object(members) => members.values_mut().for_each(wipe),
                Value::Null | Value::Bool(_) | Value::Number(_) => {}
            }
        }
        wipe(&mut self.0);
    }
}

impl<'de> Deserialize<'de> for Wiped {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue).map(Self)
    }
}

/// Builds a value. What is half built when an error comes is wiped, too.
struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let mut values = Wiped(Value::Array(Vec::new()));
        while let Some(element) = elements.next_element::<Wiped>()? {
            if let Value::Array(values) = &mut values.0 {
                values.push(element.into_value());
            }
        }
        Ok(values.into_value())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut members = Wiped(Value::Object(Map::new()));
        while let Some((name, value)) = entries.next_entry::<String, Wiped>()? {
            if let Value::Object(members) = &mut members.0
                && members.insert(name, value.into_value()).map(Wiped).is_some()
            {
                return Err(A::Error::custom(TWICE));
            }
        }
        Ok(members.into_value())
    }
}

#[cfg(test)]
mod tests;
