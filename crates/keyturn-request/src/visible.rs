//! Text of a stranger as it is shown: nothing in it moves the cursor, turns the order around, or stands
//! there unseen.

/// What would move the cursor, turn a line around or not be seen, as its picture. Joiners stay: words of
/// many languages are written with them.
#[must_use]
pub fn visible(c: char) -> char {
    match c {
        // Unicode has a picture for each C0 control, in the same order, and one for delete.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        // C1 controls, marks that turn the reading direction, what has no width, fillers, and tags.
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_becomes_a_sign() {
        let shown = |text: &str| text.chars().map(visible).collect::<String>();
        assert_eq!(shown("\x1b[31m\0\t\x7f"), "␛[31m␀␉␡");
        for unseen in "\u{9b}\u{ad}\u{61c}\u{200b}\u{202e}\u{2066}\u{3164}\u{feff}\u{e0041}".chars()
        {
            assert_eq!(visible(unseen), '\u{fffd}', "{unseen:?}");
        }
    }

    #[test]
    fn words_of_any_language_stay() {
        for text in ["Schlüssel", "鍵 🔑", "क्षि", "می\u{200c}خواهم", "👩\u{200d}🔬"]
        {
            assert_eq!(text.chars().map(visible).collect::<String>(), text);
        }
    }
}
