//! Bytes as text: what the answer says of its encoding, or the mark that the text begins with.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

/// How far it is looked whether bytes are text at all.
const LOOKED_AT: usize = 8 * 1024;

/// A text that bytes were read as.
pub(super) struct Decoded<'a> {
    /// The text; the bytes themselves where they are UTF-8.
    pub(super) text: Cow<'a, str>,
    /// What has to be known about it.
    pub(super) remarks: Vec<String>,
    /// Whether the bytes look like no text.
    pub(super) is_binary: bool,
}

/// Reads bytes as text.
pub(super) fn decode<'a>(bytes: &'a [u8], media_type: Option<&str>) -> Decoded<'a> {
    let mut remarks = Vec::new();
    let said = media_type.and_then(charset).and_then(|name| Encoding::for_label(name.as_bytes()));
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, length),
        None => (said.unwrap_or(UTF_8), 0),
    };
    let rest = bytes.get(mark..).unwrap_or_default();
    // What is UTF-8 is not copied.
    let as_it_is = std::str::from_utf8(rest).ok().filter(|_| encoding == UTF_8);
    let (text, malformed) = match as_it_is {
        Some(text) => (Cow::Borrowed(text), false),
        None => encoding.decode_without_bom_handling(rest),
    };
    let name = encoding.name();
    if encoding != UTF_8 {
        remarks.push(format!("It was read as {name}. Its bytes are under Hex."));
    }
    if malformed {
        remarks.push(format!(
            "Some of its bytes are no {name}: \u{fffd} stands for them. They are under Hex."
        ));
    }
    let is_binary = is_binary(&text);
    Decoded { text, remarks, is_binary }
}

/// The charset that a media type says.
fn charset(media_type: &str) -> Option<&str> {
    let mut parameters = media_type.split(';').skip(1);
    parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let is_charset = name.trim().eq_ignore_ascii_case("charset");
        is_charset.then(|| value.trim().trim_matches('"'))
    })
}

/// Whether more than a tenth of the first characters is none that texts have.
fn is_binary(text: &str) -> bool {
    let odd =
        |c: char| c == '\u{fffd}' || (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x1b'));
    let (mut all, mut odds) = (0, 0);
    for character in text.chars().take(LOOKED_AT) {
        all += 1;
        odds += usize::from(odd(character));
    }
    odds * 10 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], media_type: Option<&str>) -> (String, usize, bool) {
        let decoded = decode(bytes, media_type);
        (decoded.text.into_owned(), decoded.remarks.len(), decoded.is_binary)
    }

    #[test]
    fn a_text_is_read_as_its_mark_or_its_media_type_says() {
        assert_eq!(read("é".as_bytes(), None), ("é".to_owned(), 0, false));
        assert_eq!(read(b"\xef\xbb\xbf{}", None), ("{}".to_owned(), 0, false));
        assert_eq!(read(b"\xff\xfe{\0}\0", None), ("{}".to_owned(), 1, false));
        let latin = Some("text/plain; Charset=\"iso-8859-1\"");
        assert_eq!(read(b"\xe9", latin), ("é".to_owned(), 1, false));
        assert_eq!(read(b"ok \xff is not read so", None).0, "ok \u{fffd} is not read so");
    }

    #[test]
    fn utf_8_is_not_copied() {
        assert!(matches!(decode(b"plain", None).text, Cow::Borrowed(_)));
    }

    #[test]
    fn bytes_that_are_no_text_are_told_from_text() {
        assert!(read(&(0..=255).collect::<Vec<u8>>(), None).2);
        assert!(!read(b"\x1b[31mred\x1b[0m", None).2, "escapes of a terminal are text");
        assert!(!read(b"", None).2);
    }
}
