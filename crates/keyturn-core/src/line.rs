//! Text that has to stay one line.

/// Whether a character breaks a line or turns its reading direction: none that is shown to somebody may.
#[must_use]
pub fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
