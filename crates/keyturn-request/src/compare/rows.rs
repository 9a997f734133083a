//! A body as rows that can be compared: JSON laid out alike, text by its lines, other bytes as
//! hexadecimal digits.
//!
//! Numbers, members and their order stay as they came: two answers that differ in them differ.

use serde::de::IgnoredAny;

use crate::visible::visible;

/// The most rows of one body.
pub(super) const MOST_ROWS: usize = 20_000;
/// The longest row, in characters; a longer line is several.
pub(super) const LONGEST_ROW: usize = 500;
/// How many bytes a row of digits has.
const BYTES: usize = 16;

/// The rows of a body.
pub(super) struct Rows {
    /// Each one.
    pub(super) rows: Vec<String>,
    /// Whether there were more.
    pub(super) cut: bool,
}

impl Rows {
    /// A body as rows; `as_json` where it is compared as JSON.
    pub(super) fn of(body: &[u8], as_json: bool) -> Self {
        let mut rows = Self { rows: Vec::new(), cut: false };
        match std::str::from_utf8(body) {
            Ok(text) if as_json => laid_out(text, &mut rows),
            Ok(text) => {
                for line in text.lines() {
                    if !rows.push(line.chars()) {
                        break;
                    }
                }
            }
            Err(_) => {
                for bytes in body.chunks(BYTES) {
                    let digits: Vec<String> =
                        bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                    if !rows.push(digits.join(" ").chars()) {
                        break;
                    }
                }
            }
        }
        rows
    }

    /// Adds a line; tells whether there is room for more.
    fn push(&mut self, line: impl Iterator<Item = char>) -> bool {
        let mut line = line.map(visible).peekable();
        loop {
            if self.rows.len() == MOST_ROWS {
                self.cut = true;
                return false;
            }
            self.rows.push(line.by_ref().take(LONGEST_ROW).collect());
            if line.peek().is_none() {
                return true;
            }
        }
    }
}

/// Whether a body is JSON.
pub(super) fn is_json(body: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(body).is_ok()
}

/// A text that is JSON, a value a line.
fn laid_out(json: &str, rows: &mut Rows) {
    let mut line = String::new();
    let mut depth = 0_usize;
    let (mut quoted, mut escaped) = (false, false);
    let mut chars = json.chars().peekable();
    while let Some(c) = chars.next() {
        if quoted {
            line.push(c);
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => quoted = false,
                _ => {}
            }
            continue;
        }
        match c {
            '"' => {
                quoted = true;
                line.push(c);
            }
            '{' | '[' => {
                line.push(c);
                while chars.next_if(char::is_ascii_whitespace).is_some() {}
                if let Some(end) = chars.next_if(|next| matches!(next, '}' | ']')) {
                    line.push(end);
                    continue;
                }
                depth += 1;
                if !ends(&mut line, depth, rows) {
                    return;
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                if !ends(&mut line, depth, rows) {
                    return;
                }
                line.push(c);
            }
            ',' => {
                line.push(c);
                if !ends(&mut line, depth, rows) {
                    return;
                }
            }
            ':' => line.push_str(": "),
            c if c.is_ascii_whitespace() => {}
            c => line.push(c),
        }
    }
    let _room: bool = rows.push(line.chars());
}

/// Ends a line, and begins the next one with its indent.
fn ends(line: &mut String, depth: usize, rows: &mut Rows) -> bool {
    let room = rows.push(line.chars());
    line.clear();
    line.extend(std::iter::repeat_n("  ", depth));
    room
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_laid_out_and_keeps_what_it_says() {
        let json = r#" {"a":[1.0,{ },[ ]],"a":"{,\"}","n":12345678901234567890123} "#;
        let expected = [
            "{",
            "  \"a\": [",
            "    1.0,",
            "    {},",
            "    []",
            "  ],",
            "  \"a\": \"{,\\\"}\",",
            "  \"n\": 12345678901234567890123",
            "}",
        ];
        assert_eq!(Rows::of(json.as_bytes(), true).rows, expected);
        assert_eq!(Rows::of(b"7", true).rows, ["7"]);
    }

    #[test]
    fn no_row_is_longer_than_the_longest_and_no_body_has_more_than_the_most() {
        let long = "x".repeat(LONGEST_ROW * 2 + 1);
        let lengths: Vec<usize> =
            Rows::of(long.as_bytes(), false).rows.iter().map(String::len).collect();
        assert_eq!(lengths, [LONGEST_ROW, LONGEST_ROW, 1]);
        let many = "a\n".repeat(MOST_ROWS + 1);
        let rows = Rows::of(many.as_bytes(), false);
        assert_eq!((rows.rows.len(), rows.cut), (MOST_ROWS, true));
        let just = Rows::of("a\n".repeat(MOST_ROWS).as_bytes(), false);
        assert_eq!((just.rows.len(), just.cut), (MOST_ROWS, false));
    }

    #[test]
    fn bytes_are_digits_and_control_characters_pictures() {
        assert_eq!(Rows::of(&[0xff; 17], false).rows, [["ff"; 16].join(" "), "ff".to_owned()]);
        assert_eq!(Rows::of("\u{1b}[2J\u{202e}".as_bytes(), false).rows, ["␛[2J\u{fffd}"]);
    }
}
