//! Percent encoding (RFC 3986), and parameters in it.

use crate::value::Param;

/// A text as a name or value of the query: all but letters, digits and `-._~` is encoded, a space as
/// `%20`.
pub(crate) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            push(&mut encoded, byte);
        }
    }
    encoded
}

/// A text that is encoded already, with what cannot stand in an address encoded as well.
pub(crate) fn mended(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>#".contains(&byte) {
            mended.push(char::from(byte));
        } else {
            push(&mut mended, byte);
        }
    }
    mended
}

fn push(text: &mut String, byte: u8) {
    text.push('%');
    for digit in [byte >> 4, byte & 15] {
        text.extend(char::from_digit(u32::from(digit), 16).map(|c| c.to_ascii_uppercase()));
    }
}

/// What stands behind percent signs as itself; `None` where that is no text.
pub(crate) fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            let value = digit()? * 16 + digit()?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Where parameters stand: a space is `%20` in a query and `+` in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    Query,
    Form,
}

impl Of {
    pub(crate) fn encode(self, text: &str) -> String {
        match self {
            Self::Query => encode(text),
            Self::Form => encode(text).replace("%20", "+"),
        }
    }

    pub(crate) fn decode(self, text: &str) -> Option<String> {
        match self {
            Self::Query => decode(text),
            Self::Form => decode(&text.replace('+', "%20")),
        }
    }
}

/// The parameters of a query or a form as somebody wrote it. One that our own encoding gives back is
/// taken apart; another stays as it is written.
pub(crate) fn params(text: &str, of: Of) -> Vec<Param> {
    if text.is_empty() {
        return Vec::new();
    }
    text.split('&').map(|written| param(written, of)).collect()
}

fn param(written: &str, of: Of) -> Param {
    let (name, value) = match written.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (written, None),
    };
    // What would be taken for a variable stays encoded.
    let same = |text: &str| {
        of.decode(text).filter(|plain| of.encode(plain) == text && !plain.contains("{{"))
    };
    let plain = same(name).and_then(|name| match value {
        Some(value) => Some((name, Some(same(value)?))),
        None => Some((name, None)),
    });
    match plain {
        Some((name, value)) => Param { name, value, on: true, encoded: false },
        None => Param {
            name: name.to_owned(),
            value: value.map(str::to_owned),
            on: true,
            encoded: true,
        },
    }
}

/// Parameters as they are sent; those that are off are left out.
pub(crate) fn written(params: &[Param], of: Of) -> String {
    let each = params.iter().filter(|param| param.on).map(|param| {
        let part = |text: &str| if param.encoded { text.to_owned() } else { of.encode(text) };
        match &param.value {
            Some(value) => format!("{}={}", part(&param.name), part(value)),
            None => part(&param.name),
        }
    });
    each.collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_written_comes_out_as_it_was(text in "[a-zA-Z0-9%&=+ äß/?:@!$'()*,;~._-]{0,60}") {
            for of in [Of::Query, Of::Form] {
                prop_assert_eq!(written(&params(&text, of), of), text.clone());
            }
        }

        #[test]
        fn what_is_encoded_is_read_as_itself(text in "\\PC{0,40}") {
            prop_assert_eq!(decode(&encode(&text)).unwrap(), text);
        }
    }
}
