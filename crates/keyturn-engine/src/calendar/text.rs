//! Free text for a calendar file. The library escapes what the standard names; what the standard forbids
//! goes here.

/// Text without control characters: line breaks of any kind become one kind, a tab a blank, and nothing
/// else that steers is left, not even what some readers take for the end of a line.
pub(super) fn cleaned(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let characters = lines.chars().filter_map(|character| match character {
        '\n' => Some('\n'),
        '\t' => Some(' '),
        // They turn the reading direction, so that a name could look like another.
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        other => (!other.is_control()).then_some(other),
    });
    characters.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_can_end_its_line_or_steer_a_reader() {
        assert_eq!(cleaned("a\r\nb\rc\u{85}d\u{2028}e\tf"), "a\nb\nc\nd\ne f");
        assert_eq!(cleaned("x\u{0}\u{7f}\u{1b}[2J\u{202e}y"), "x[2Jy");
        assert_eq!(cleaned("Zoë, 鍵; 🔑\\"), "Zoë, 鍵; 🔑\\");
    }
}
