//! Makes foreign text harmless to a terminal: control characters become visible signs, so that an
//! answer or a note can neither move the cursor, nor set a title, nor turn the reading direction.

use keyturn_request::visible;

/// Shows text of several lines; line breaks and tabs stay.
pub(crate) fn text(text: &str) -> String {
    text.chars().map(|c| if matches!(c, '\n' | '\t') { c } else { visible(c) }).collect()
}

/// Shows text that belongs on one line.
pub(crate) fn line(text: &str) -> String {
    text.chars().map(visible).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_sequence_is_shown_and_not_obeyed() {
        assert_eq!(text("a\x1b]0;owned\x07b\n\tc"), "a␛]0;owned␇b\n\tc");
        assert_eq!(line("two\nlines\u{202e}"), "two␊lines\u{fffd}");
        assert_eq!(text("\u{9b}31m"), "\u{fffd}31m");
        assert_eq!(line("a\u{ad}b\u{e0041}"), "a\u{fffd}b\u{fffd}");
    }

    #[test]
    fn ordinary_words_of_any_language_stay() {
        assert_eq!(text("Schlüssel 鍵 🔑"), "Schlüssel 鍵 🔑");
    }
}
