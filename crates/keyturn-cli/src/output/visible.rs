//! Makes foreign text harmless to a terminal: control characters become visible signs, so that an
//! answer or a note can neither move the cursor, nor set a title, nor turn the reading direction.

/// Shows text of several lines; line breaks and tabs stay.
pub(crate) fn text(text: &str) -> String {
    text.chars().map(|c| if matches!(c, '\n' | '\t') { c } else { sign(c) }).collect()
}

/// Shows text that belongs on one line.
pub(crate) fn line(text: &str) -> String {
    text.chars().map(sign).collect()
}

fn sign(character: char) -> char {
    match character {
        // Unicode has a picture for each C0 control, in the same order, and one for delete.
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        // C1 controls, which some terminals obey, and marks that turn the reading direction.
        '\u{80}'..='\u{9f}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_sequence_is_shown_and_not_obeyed() {
        assert_eq!(text("a\x1b]0;owned\x07b\n\tc"), "a␛]0;owned␇b\n\tc");
        assert_eq!(line("two\nlines\u{202e}"), "two␊lines\u{fffd}");
        assert_eq!(text("\u{9b}31m"), "\u{fffd}31m");
    }

    #[test]
    fn ordinary_words_of_any_language_stay() {
        assert_eq!(text("Schlüssel 鍵 🔑"), "Schlüssel 鍵 🔑");
    }
}
