//! Reads bytes as whoever undoes their escapes would: those of JSON and JavaScript, of URLs and of HTML,
//! also where only some characters are escaped and each in another way.
//!
//! Nothing is noted of where an escape was: a place is found again by reading the bytes once more, so
//! that the memory is that of the text, however many escapes it has.

use std::ops::Range;

use memchr::{memchr, memchr3};

/// The bytes without one level of escapes, a plus as a blank, as in a form; `None` where that changes
/// nothing, and nothing is copied then.
pub(super) fn unescaped(bytes: &[u8]) -> Option<Vec<u8>> {
    let is_escape = |piece: Piece| piece.meaning.is_some();
    if memchr(b'+', bytes).is_none() && !Pieces::of(bytes).any(is_escape) {
        return None;
    }
    let mut read = Vec::with_capacity(bytes.len());
    for piece in Pieces::of(bytes) {
        match piece.meaning {
            None => read.extend_from_slice(&bytes[piece.from]),
            Some(meaning) => meaning.write(&mut read),
        }
    }
    read.iter_mut().filter(|byte| **byte == b'+').for_each(|plus| *plus = b' ');
    Some(read)
}

/// Where in the bytes that stands which was found in [`unescaped`] at these places, which are in order.
/// An escape of which a part was found is taken as a whole.
pub(super) fn sources(bytes: &[u8], places: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found = Vec::with_capacity(places.len());
    let mut wanted = places.iter();
    let Some(mut place) = wanted.next() else { return found };
    let (mut read, mut start) = (0, None);
    for piece in Pieces::of(bytes) {
        let next = read + piece.meaning.map_or(piece.from.len(), Meaning::len);
        loop {
            let within = |at: usize| match piece.meaning {
                None => piece.from.start + (at - read),
                Some(_) => piece.from.start,
            };
            if start.is_none() && place.start < next {
                start = Some(within(place.start));
            }
            let Some(from) = start.filter(|_| place.end <= next) else { break };
            let to = piece.meaning.map_or_else(|| within(place.end), |_| piece.from.end);
            found.push(from..to);
            start = None;
            let Some(following) = wanted.next() else { return found };
            place = following;
        }
        read = next;
    }
    found
}

/// A part of the bytes: one escape, or what stands for itself.
struct Piece {
    from: Range<usize>,
    meaning: Option<Meaning>,
}

/// What an escape stands for.
#[derive(Clone, Copy)]
enum Meaning {
    Byte(u8),
    Char(char),
}

impl Meaning {
    const fn len(self) -> usize {
        match self {
            Self::Byte(_) => 1,
            Self::Char(char) => char.len_utf8(),
        }
    }

    fn write(self, to: &mut Vec<u8>) {
        match self {
            Self::Byte(byte) => to.push(byte),
            Self::Char(char) => to.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

struct Pieces<'bytes> {
    bytes: &'bytes [u8],
    at: usize,
}

impl<'bytes> Pieces<'bytes> {
    const fn of(bytes: &'bytes [u8]) -> Self {
        Self { bytes, at: 0 }
    }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let escape = escape(rest);
        let length = escape.map_or_else(
            || 1 + memchr3(b'\\', b'%', b'&', &rest[1..]).unwrap_or(rest.len() - 1),
            |(length, _)| length,
        );
        let from = self.at..self.at + length;
        self.at = from.end;
        Some(Piece { from, meaning: escape.map(|(_, meaning)| meaning) })
    }
}

/// The escape with which the bytes begin, and its length.
fn escape(bytes: &[u8]) -> Option<(usize, Meaning)> {
    match bytes.first()? {
        b'\\' => backslash(bytes),
        b'%' => match bytes.get(1)? {
            b'u' => unit(bytes, *b"%u"),
            _ => Some((3, Meaning::Byte(u8::try_from(hex(bytes.get(1..3)?)?).ok()?))),
        },
        b'&' => entity(bytes),
        _ => None,
    }
}

fn backslash(bytes: &[u8]) -> Option<(usize, Meaning)> {
    let plain = match bytes.get(1)? {
        b'u' if bytes.get(2) == Some(&b'{') => {
            let digits = digits(&bytes[3..], u8::is_ascii_hexdigit);
            let closed = bytes.get(3 + digits.len()) == Some(&b'}');
            return Some((4 + digits.len(), number(digits, 16).filter(|_| closed)?));
        }
        b'u' => return unit(bytes, *b"\\u"),
        b'x' => {
            let byte = u8::try_from(hex(bytes.get(2..4)?)?).ok()?;
            return Some((4, Meaning::Byte(byte)));
        }
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'b' => 8,
        b'f' => 12,
        itself @ (b'"' | b'\'' | b'\\' | b'/') => *itself,
        _ => return None,
    };
    Some((2, Meaning::Byte(plain)))
}

/// One unit of UTF-16, or two that make one character.
fn unit(bytes: &[u8], prefix: [u8; 2]) -> Option<(usize, Meaning)> {
    let at = |from: usize| {
        let digits = bytes.get(from..from + 6)?.strip_prefix(&prefix)?;
        u16::try_from(hex(digits)?).ok()
    };
    let first = at(0)?;
    let units = [first, at(6).unwrap_or_default()];
    let char = char::decode_utf16(units).next()?.ok()?;
    Some((6 * char.len_utf16(), Meaning::Char(char)))
}

/// A character reference of HTML, as escapers write it: with its semicolon.
fn entity(bytes: &[u8]) -> Option<(usize, Meaning)> {
    if bytes.get(1) != Some(&b'#') {
        let longest = &bytes[1..bytes.len().min(LONGEST_NAME + 2)];
        let name = &longest[..longest.iter().position(|byte| *byte == b';')?];
        let (_, byte) = NAMES.iter().find(|(known, _)| known.as_bytes() == name)?;
        return Some((name.len() + 2, Meaning::Byte(*byte)));
    }
    let (from, digits, radix) = match bytes.get(2)? {
        b'x' | b'X' => (3, digits(&bytes[3..], u8::is_ascii_hexdigit), 16),
        _ => (2, digits(&bytes[2..], u8::is_ascii_digit), 10),
    };
    let end = from + digits.len();
    let closed = bytes.get(end) == Some(&b';');
    Some((end + 1, number(digits, radix).filter(|_| closed)?))
}

fn digits(bytes: &[u8], is_digit: impl Fn(&u8) -> bool) -> &[u8] {
    let end = bytes.iter().position(|byte| !is_digit(byte));
    &bytes[..end.unwrap_or(bytes.len())]
}

fn number(digits: &[u8], radix: u32) -> Option<Meaning> {
    let text = std::str::from_utf8(digits).ok()?;
    Some(Meaning::Char(char::from_u32(u32::from_str_radix(text, radix).ok()?)?))
}

fn hex(digits: &[u8]) -> Option<u32> {
    let all = digits.iter().all(u8::is_ascii_hexdigit);
    u32::from_str_radix(std::str::from_utf8(digits).ok().filter(|_| all)?, 16).ok()
}

/// The longest of [`NAMES`].
const LONGEST_NAME: usize = 7;

/// HTML's names of characters that a secret may have.
const NAMES: [(&str, u8); 38] = [
    ("Tab", b'\t'),
    ("NewLine", b'\n'),
    ("excl", b'!'),
    ("quot", b'"'),
    ("QUOT", b'"'),
    ("num", b'#'),
    ("dollar", b'$'),
    ("percnt", b'%'),
    ("amp", b'&'),
    ("AMP", b'&'),
    ("apos", b'\''),
    ("lpar", b'('),
    ("rpar", b')'),
    ("ast", b'*'),
    ("plus", b'+'),
    ("comma", b','),
    ("period", b'.'),
    ("sol", b'/'),
    ("colon", b':'),
    ("semi", b';'),
    ("lt", b'<'),
    ("LT", b'<'),
    ("equals", b'='),
    ("gt", b'>'),
    ("GT", b'>'),
    ("quest", b'?'),
    ("commat", b'@'),
    ("lsqb", b'['),
    ("lbrack", b'['),
    ("bsol", b'\\'),
    ("rsqb", b']'),
    ("rbrack", b']'),
    ("Hat", b'^'),
    ("lowbar", b'_'),
    ("grave", b'`'),
    ("lcub", b'{'),
    ("verbar", b'|'),
    ("rcub", b'}'),
];
