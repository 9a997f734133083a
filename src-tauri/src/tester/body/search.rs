//! Searching a body, in time that grows with its length alone.

use std::ops::Range;

use regex::bytes::{Regex, RegexBuilder};

/// How many places are remembered.
const MOST_HITS: usize = 10_000;
/// The longest text that is searched for, in characters.
const LONGEST_TEXT: usize = 1_000;

/// What is searched in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Searched {
    /// Text as it came.
    Text,
    /// JSON, whose layout sets spaces behind colons.
    Json,
    /// Bytes, which may be written as hexadecimal digits, too.
    Bytes,
}

/// Where something was found, in order and without overlaps.
#[derive(Debug, Default)]
pub(super) struct Hits {
    places: Vec<(u32, u32)>,
    /// Whether there are more.
    pub(super) most: bool,
}

impl Hits {
    /// The places.
    pub(super) fn places(&self) -> impl Iterator<Item = Range<usize>> {
        self.places.iter().map(|(from, to)| *from as usize..*to as usize)
    }

    /// Those that reach into a stretch.
    pub(super) fn within(&self, stretch: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let first = self.places.partition_point(|(_, to)| *to as usize <= stretch.start);
        let rest = self.places.get(first..).unwrap_or_default().iter();
        rest.map(|(from, to)| *from as usize..*to as usize)
            .take_while(move |hit| hit.start < stretch.end)
    }
}

/// Finds a text; nothing where it is empty, or longer than anybody searches for.
pub(super) fn search(bytes: &[u8], text: &str, case: bool, searched: Searched) -> Hits {
    let mut hits = Hits::default();
    let Some(pattern) = pattern(text, case, searched) else { return hits };
    for found in pattern.find_iter(bytes).filter(|found| !found.is_empty()) {
        if hits.places.len() == MOST_HITS {
            hits.most = true;
            break;
        }
        let place = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        hits.places.push((place(found.start()), place(found.end())));
    }
    hits
}

fn pattern(text: &str, case: bool, searched: Searched) -> Option<Regex> {
    if text.is_empty() || text.chars().count() > LONGEST_TEXT {
        return None;
    }
    let literal = regex::escape(text);
    let pattern = match searched {
        Searched::Text => literal,
        Searched::Json => spaced(&literal),
        Searched::Bytes => match written_bytes(text) {
            Some(digits) => format!("(?-u:{digits})|{literal}"),
            None => literal,
        },
    };
    RegexBuilder::new(&pattern).case_insensitive(!case).build().ok()
}

/// What is written as `": ` is found whatever space stood there.
fn spaced(literal: &str) -> String {
    literal.replace("\": ", "\"\\s*:\\s*")
}

/// Pairs of hexadecimal digits with spaces between them, as a pattern of bytes.
fn written_bytes(text: &str) -> Option<String> {
    let is_pair = |pair: &str| pair.len() == 2 && pair.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut pairs = text.split(' ').filter(|pair| !pair.is_empty()).peekable();
    pairs.peek()?;
    pairs.map(|pair| is_pair(pair).then(|| format!("\\x{pair}"))).collect()
}
