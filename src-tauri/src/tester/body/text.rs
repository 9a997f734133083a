//! The lines of a text as it came.

use memchr::memchr_iter;

use super::pieces::{Kind, Pieces};
use super::units::Reading;

/// Finds where the lines begin.
pub(super) fn lines(text: &str) -> Pieces {
    let mut pieces = Pieces::default();
    let mut from = 0;
    for at in memchr_iter(b'\n', text.as_bytes()) {
        push(&mut pieces, text, from, at);
        from = at + 1;
    }
    if from < text.len() || from == 0 {
        push(&mut pieces, text, from, text.len());
    }
    pieces.settle();
    pieces
}

fn push(pieces: &mut Pieces, text: &str, from: usize, to: usize) {
    let to = from + without_break(text.get(from..to).unwrap_or_default()).len();
    pieces.push(text, from, to, Kind::Line, Reading::Plain);
}

/// A line without what ends it.
pub(super) fn without_break(line: &str) -> &str {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line)
}
