//! A body as bytes: the offset, sixteen of them, and what of them is ASCII.

use std::fmt::Write as _;
use std::ops::Range;

use super::search::Hits;
use super::view::BodyLine;

/// How many bytes a line has.
pub(super) const WIDTH: usize = 16;
/// Where the bytes begin, and where their characters do.
const BYTES_AT: u32 = 10;
const SIGNS_AT: u32 = 61;
/// The columns of a full line.
pub(super) const COLUMNS: u32 = 78;

/// How many lines a body has.
pub(super) fn lines(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len().div_ceil(WIDTH)).unwrap_or(u32::MAX)
}

/// One line.
pub(super) fn line(bytes: &[u8], number: u32, hits: &Hits) -> Option<BodyLine> {
    let from = number as usize * WIDTH;
    let shown = bytes.get(from..)?;
    let shown = shown.get(..WIDTH).unwrap_or(shown);
    let mut text = format!("{from:08x} ");
    for at in 0..WIDTH {
        if at % 8 == 0 {
            text.push(' ');
        }
        match shown.get(at) {
            Some(byte) => write!(text, "{byte:02x} ").unwrap_or_default(),
            None => text.push_str("   "),
        }
    }
    text.push_str(" |");
    let is_sign = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
    text.extend(shown.iter().map(|byte| if is_sign(*byte) { char::from(*byte) } else { '.' }));
    text.push('|');
    let marks = hits.within(from..from + shown.len()).flat_map(|hit| {
        let inside = hit.start.saturating_sub(from)..(hit.end - from).min(shown.len());
        marks(&inside)
    });
    let mut marks: Vec<_> = marks.collect();
    marks.sort_unstable();
    let (continued, depth, fold, hides) = (false, 0, None, 0);
    Some(BodyLine { line: number, text, continued, depth, fold, hides, marks })
}

/// The columns of some bytes, as digits and as characters.
#[expect(clippy::cast_possible_truncation, reason = "a line has sixteen bytes")]
fn marks(inside: &Range<usize>) -> [(u32, u32); 2] {
    let column = |at: usize| BYTES_AT + at as u32 * 3 + u32::from(at >= 8);
    let (from, last) = (column(inside.start), column(inside.end.saturating_sub(1)));
    [(from, last + 2 - from), (SIGNS_AT + inside.start as u32, inside.len() as u32)]
}

#[cfg(test)]
mod tests {
    use super::super::search::{Searched, search};
    use super::*;

    fn shown(bytes: &[u8], number: u32, text: &str) -> (String, Vec<String>) {
        let hits = search(bytes, text, false, Searched::Bytes);
        let line = line(bytes, number, &hits).unwrap();
        let marked = line.marks.iter().map(|(from, length)| {
            line.text.chars().skip(*from as usize).take(*length as usize).collect()
        });
        (line.text.clone(), marked.collect())
    }

    #[test]
    fn a_line_has_the_offset_the_bytes_and_their_characters() {
        let bytes: Vec<u8> = (0x30..0x4a).collect();
        let first =
            "00000000  30 31 32 33 34 35 36 37  38 39 3a 3b 3c 3d 3e 3f  |0123456789:;<=>?|";
        assert_eq!(shown(&bytes, 0, "").0, first);
        assert_eq!(first.len(), COLUMNS as usize);
        let second = "00000010  40 41 42 43 44 45 46 47  48 49                    |@ABCDEFGHI|";
        assert_eq!(shown(&bytes, 1, "").0, second);
        assert_eq!(lines(&bytes), 2);
        assert_eq!(line(&bytes, 2, &Hits::default()), None);
    }

    #[test]
    fn what_is_found_is_marked_as_digits_and_as_characters() {
        let bytes: Vec<u8> = (0x30..0x50).collect();
        let words = |text: &[&str]| text.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(shown(&bytes, 0, "789").1, words(&["37  38 39", "789"]));
        assert_eq!(
            shown(&bytes, 0, "?@a").1,
            words(&["3f", "?"]),
            "a hit goes on in the next line"
        );
        assert_eq!(shown(&bytes, 1, "?@a").1, words(&["40 41", "@A"]));
        assert_eq!(shown(&bytes, 0, "38 39").1, words(&["38 39", "89"]), "digits are found, too");
    }
}
