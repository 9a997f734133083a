//! What is shown of a stretch of text, unit by unit: a character, or an escape sequence of a JSON string,
//! which is never torn apart.

use keyturn_request::visible;

/// What a text is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// As it is.
    Plain,
    /// As JSON between two values: spaces are set by the layout.
    Json,
    /// As the inside of a string of JSON.
    JsonString,
}

/// One unit as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit<'a> {
    /// A character.
    Sign(char),
    /// Several that stay together; all of ASCII.
    Together(&'a str),
}

impl Unit<'_> {
    /// How many characters it has.
    pub(super) const fn len(self) -> u32 {
        match self {
            Self::Sign(_) => 1,
            // An escape sequence has at most six characters.
            #[expect(clippy::cast_possible_truncation, reason = "at most six")]
            Self::Together(text) => text.len() as u32,
        }
    }
}

/// The units of a text, each with the offset that it begins at.
pub(super) struct Units<'a> {
    text: &'a str,
    at: usize,
    reading: Reading,
}

impl<'a> Units<'a> {
    pub(super) const fn new(text: &'a str, reading: Reading) -> Self {
        Self { text, at: 0, reading }
    }

    /// What the rest is to be read as.
    pub(super) const fn reading(&self) -> Reading {
        self.reading
    }

    fn take(&mut self, bytes: usize) -> &'a str {
        let taken = self.text.get(self.at..).and_then(|rest| rest.get(..bytes)).unwrap_or_default();
        self.at += bytes.max(1);
        taken
    }

    /// The length of the escape sequence here, its backslash included.
    fn escape(&self) -> usize {
        match self.text.as_bytes().get(self.at + 1) {
            Some(b'u') => 6,
            _ => 2,
        }
    }
}

impl<'a> Iterator for Units<'a> {
    type Item = (usize, Unit<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let at = self.at;
            let character = self.text.get(at..)?.chars().next()?;
            match (self.reading, character) {
                (Reading::Json, ' ' | '\t' | '\n' | '\r') => {
                    self.at += 1;
                    continue;
                }
                (Reading::Json, ':') => {
                    self.at += 1;
                    return Some((at, Unit::Together(": ")));
                }
                (Reading::Json, '"') => self.reading = Reading::JsonString,
                (Reading::JsonString, '"') => self.reading = Reading::Json,
                (Reading::JsonString, '\\') => {
                    let length = self.escape();
                    return Some((at, Unit::Together(self.take(length))));
                }
                _ => {}
            }
            self.at += character.len_utf8();
            // A line of text keeps its tabs.
            let sign = if character == '\t' { character } else { visible(character) };
            return Some((at, Unit::Sign(sign)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, reading: Reading) -> String {
        let mut shown = String::new();
        for (_, unit) in Units::new(text, reading) {
            match unit {
                Unit::Sign(sign) => shown.push(sign),
                Unit::Together(text) => shown.push_str(text),
            }
        }
        shown
    }

    #[test]
    fn json_is_spaced_outside_its_strings_alone() {
        let text = "\"a : \\\" {\"\n :\t-1.50E+3 ,\r\n ";
        assert_eq!(shown(text, Reading::Json), "\"a : \\\" {\": -1.50E+3,");
        assert_eq!(shown(text, Reading::Plain), "\"a : \\\" {\"␊ :\t-1.50E+3 ,␍␊ ");
    }

    #[test]
    fn what_is_not_seen_becomes_a_sign() {
        let text = "\x1b[31m\0\u{202e}\u{ad}\u{3164}\u{e0041}\tक्षि";
        let signs = "␛[31m␀\u{fffd}\u{fffd}\u{fffd}\u{fffd}\tक्षि";
        assert_eq!(shown(text, Reading::Plain), signs);
    }

    #[test]
    fn an_escape_sequence_is_one_unit() {
        let units: Vec<_> =
            Units::new(r#""\u00e9\\x""#, Reading::Json).map(|(_, unit)| unit).collect();
        let quote = Unit::Sign('"');
        let expected =
            [quote, Unit::Together("\\u00e9"), Unit::Together("\\\\"), Unit::Sign('x'), quote];
        assert_eq!(units, expected);
    }
}
