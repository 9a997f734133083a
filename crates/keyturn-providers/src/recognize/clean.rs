//! A pasted text as its reader sees it.

use zeroize::Zeroizing;

/// The text without characters that nobody sees, and with plain line breaks.
#[must_use]
pub fn visible(text: &str) -> Zeroizing<String> {
    let mut visible = Zeroizing::new(String::with_capacity(text.len()));
    for character in text.chars() {
        match character {
            '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' => {}
            '\u{85}' | '\u{2028}' | '\u{2029}' => visible.push('\n'),
            other => visible.push(other),
        }
    }
    visible
}
