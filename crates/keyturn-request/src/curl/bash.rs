//! The words of a command as Bash reads them: quotes, backslashes, `$'…'` and lines that go on. What
//! follows `|`, `;`, `&` or a redirection belongs to another command and is left alone.
//!
//! Tests compare it with shlex and with Bash itself.

use zeroize::Zeroizing;

/// What becomes of a shell's variable, `$NAME`, where Bash would put its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dollar {
    /// It stays as it is written.
    Kept,
    /// It becomes a variable of the request, `{{NAME}}`.
    Variable,
}

/// A command's words, and what else there was.
#[derive(Default)]
pub(super) struct Split {
    pub(super) words: Vec<Zeroizing<String>>,
    /// Whether something behind it was left alone.
    pub(super) followed: bool,
    /// Whether another command is run within it.
    pub(super) substitutes: bool,
    /// Whether there is an `&` without quotes in a word, where Bash would end the command.
    pub(super) ampersand: bool,
}

type Rest<'text> = std::iter::Peekable<std::str::Chars<'text>>;

/// Takes a command apart.
pub(super) fn split(text: &str, dollar: Dollar) -> Split {
    let mut split = Split::default();
    let mut word: Option<Zeroizing<String>> = None;
    let mut rest = text.chars().peekable();
    // A word gets no longer than twice the text, `$a` being `{{a}}`: the buffer seldom moves.
    let fresh = || Zeroizing::new(String::with_capacity(text.len()));
    while let Some(character) = rest.next() {
        match character {
            '\\' => match rest.next() {
                // A line goes on, also one that came from Windows.
                Some('\n') | None => {}
                Some('\r') => _ = rest.next_if_eq(&'\n'),
                Some(other) => word.get_or_insert_with(fresh).push(other),
            },
            // PowerShell's sign for a line that goes on.
            '`' if matches!(rest.peek(), Some('\n' | '\r')) => {}
            '`' => {
                split.substitutes = true;
                word.get_or_insert_with(fresh).push('`');
            }
            '\'' => {
                let word = word.get_or_insert_with(fresh);
                rest.by_ref().take_while(|c| *c != '\'').for_each(|c| word.push(c));
            }
            '"' => {
                let word = word.get_or_insert_with(fresh);
                double_quoted(&mut rest, word, dollar, &mut split.substitutes);
            }
            '$' if rest.peek() == Some(&'\'') => {
                _ = rest.next();
                ansi(&mut rest, word.get_or_insert_with(fresh));
            }
            '$' if rest.peek() == Some(&'"') => {}
            '$' => {
                let word = word.get_or_insert_with(fresh);
                variable(&mut rest, word, dollar, &mut split.substitutes);
            }
            other if other.is_whitespace() => split.words.extend(word.take()),
            '|' | ';' => {
                split.followed = true;
                break;
            }
            '&' | '<' if word.is_none() => {
                split.followed = true;
                break;
            }
            // What stands for a value, `<id>`, stays as it is written.
            '>' if word.as_ref().is_none_or(|word| !word.contains('<')) => {
                split.followed = true;
                break;
            }
            // The number of what is redirected, `2>`.
            '1' | '2' if word.is_none() && rest.peek() == Some(&'>') => {
                split.followed = true;
                break;
            }
            '#' if word.is_none() => _ = rest.by_ref().find(|c| *c == '\n'),
            other => {
                split.ampersand |= other == '&';
                word.get_or_insert_with(fresh).push(other);
            }
        }
    }
    split.words.extend(word);
    split
}

fn double_quoted(rest: &mut Rest<'_>, word: &mut String, dollar: Dollar, substitutes: &mut bool) {
    while let Some(character) = rest.next() {
        match character {
            '"' => return,
            '\\' => match rest.next() {
                Some(escaped @ ('$' | '`' | '"' | '\\')) => word.push(escaped),
                Some('\n') | None => {}
                Some('\r') if rest.next_if_eq(&'\n').is_some() => {}
                Some(other) => word.extend(['\\', other]),
            },
            '$' => variable(rest, word, dollar, substitutes),
            '`' => {
                *substitutes = true;
                word.push('`');
            }
            other => word.push(other),
        }
    }
}

/// What stands behind a `$`.
fn variable(rest: &mut Rest<'_>, word: &mut String, dollar: Dollar, substitutes: &mut bool) {
    let begins = |c: &char| c.is_ascii_alphabetic() || *c == '_';
    let inner = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
    *substitutes |= rest.peek() == Some(&'(');
    if dollar == Dollar::Kept {
        word.push('$');
        return;
    }
    let mut ahead = rest.clone();
    let braced = ahead.next_if_eq(&'{').is_some();
    let mut name = String::new();
    if ahead.peek().is_some_and(begins) {
        while let Some(character) = ahead.next_if(inner) {
            name.push(character);
        }
    }
    let closed = !braced || ahead.next_if_eq(&'}').is_some();
    if name.is_empty() || !closed {
        // `${NAME:-other}` and `$1` are no names.
        *substitutes |= braced;
        word.push('$');
        return;
    }
    *rest = ahead;
    word.push_str("{{");
    word.push_str(&name);
    word.push_str("}}");
}

/// `$'…'`: escapes as in C.
fn ansi(rest: &mut Rest<'_>, word: &mut String) {
    // `\x` and `\nnn` are bytes, and several of them one character.
    let mut bytes = Zeroizing::new(Vec::new());
    while let Some(character) = rest.next() {
        let plain = match character {
            '\'' => break,
            '\\' => match rest.next() {
                Some('n') => Some('\n'),
                Some('r') => Some('\r'),
                Some('t') => Some('\t'),
                Some('a') => Some('\u{7}'),
                Some('b') => Some('\u{8}'),
                Some('e' | 'E') => Some('\u{1b}'),
                Some('f') => Some('\u{c}'),
                Some('v') => Some('\u{b}'),
                Some('u') => code(rest, 4, 16, 0).and_then(char::from_u32),
                Some('U') => code(rest, 8, 16, 0).and_then(char::from_u32),
                Some('x') => {
                    bytes.extend(code(rest, 2, 16, 0).and_then(|code| u8::try_from(code).ok()));
                    continue;
                }
                Some(digit @ '0'..='7') => {
                    let first = digit.to_digit(8).unwrap_or_default();
                    bytes.extend(code(rest, 2, 8, first).map(|code| code.to_le_bytes()[0]));
                    continue;
                }
                Some(other @ ('\\' | '\'' | '"' | '?')) => Some(other),
                Some(other) => {
                    flush(&mut bytes, word);
                    word.push('\\');
                    Some(other)
                }
                None => None,
            },
            other => Some(other),
        };
        flush(&mut bytes, word);
        word.extend(plain);
    }
    flush(&mut bytes, word);
}

fn flush(bytes: &mut Zeroizing<Vec<u8>>, word: &mut String) {
    word.push_str(&String::from_utf8_lossy(bytes));
    bytes.clear();
}

/// A number by at most so many further digits.
fn code(rest: &mut Rest<'_>, digits: usize, radix: u32, first: u32) -> Option<u32> {
    let mut value = first;
    for _ in 0..digits {
        let Some(digit) = rest.peek().and_then(|c| c.to_digit(radix)) else { break };
        value = value.checked_mul(radix)?.checked_add(digit)?;
        _ = rest.next();
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(text: &str) -> Vec<String> {
        split(text, Dollar::Kept).words.iter().map(|word| word.to_string()).collect()
    }

    fn marked(text: &str) -> Vec<String> {
        split(text, Dollar::Variable).words.iter().map(|word| word.to_string()).collect()
    }

    #[test]
    fn quotes_escapes_and_lines_that_go_on_are_read_as_bash_does() {
        let text = "-H 'a: b' \\\n --data \"x \\\"y\\\" $z\" --url=https://a.example/?q\\=1";
        assert_eq!(
            plain(text),
            ["-H", "a: b", "--data", "x \"y\" $z", "--url=https://a.example/?q=1"]
        );
        assert_eq!(plain(r"-d $'it\'s\u0021\n\x41'"), ["-d", "it's!\nA"], "as Chrome writes");
        assert_eq!(plain(r"$'\xc3\xa4\303\244\q'"), [r"ää\q"], "as Firefox writes");
    }

    #[test]
    fn what_another_command_gets_is_left_alone() {
        assert_eq!(plain("-s https://a.example | jq '.token'"), ["-s", "https://a.example"]);
        assert_eq!(plain("https://a.example > file; rm x"), ["https://a.example"]);
        assert_eq!(plain("https://a.example 2>/dev/null x"), ["https://a.example"]);
        for text in ["https://a.example|jq .", "https://a.example;ls", "https://a.example>file"] {
            assert_eq!(plain(text), ["https://a.example"], "{text}: without a space before it");
            assert!(split(text, Dollar::Kept).followed, "{text}");
        }
        assert_eq!(plain(r"-F 'a=b;type=x/y' x\;y"), ["-F", "a=b;type=x/y", "x;y"], "quoted");
        assert_eq!(
            plain("https://a.example/<id>/b"),
            ["https://a.example/<id>/b"],
            "a placeholder"
        );
        assert!(split("https://a.example | jq", Dollar::Kept).followed);
    }

    #[test]
    fn the_shells_variables_become_the_requests() {
        assert_eq!(
            marked(r#"-H "A: $ONE-x" "${TWO}/v1" '$THREE' \$FOUR "\$FIVE" $6 "${S:-x}""#),
            ["-H", "A: {{ONE}}-x", "{{TWO}}/v1", "$THREE", "$FOUR", "$FIVE", "$6", "${S:-x}"]
        );
        for text in ["\"$(date)\"", "`date`", "\"a`b`\"", "$(x)", "\"${S:-x}\""] {
            assert!(split(text, Dollar::Variable).substitutes, "{text}");
        }
        assert!(!split("'$(date)' '`x`'", Dollar::Variable).substitutes);
    }

    proptest! {
        #[test]
        fn words_are_those_of_shlex(text in "[a-zA-Z0-9:/=.,_ \"'\\\\-]{0,60}") {
            // Where a quote is open, shlex gives up and this reads to the end.
            if let Some(theirs) = shlex::split(&text) {
                prop_assert_eq!(plain(&text), theirs);
            }
        }
    }
}
