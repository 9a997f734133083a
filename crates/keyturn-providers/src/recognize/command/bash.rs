//! The words of a command as Bash reads them, up to where another command begins.
//!
//! Why no library: shlex and shell-words do not know `$'…'`, which browsers write, and leave copies of
//! what they read in memory that is not wiped. A test compares with shlex.

use zeroize::Zeroizing;

/// The words.
pub(super) fn words(text: &str) -> Vec<Zeroizing<String>> {
    let mut words = Vec::new();
    let mut word: Option<Zeroizing<String>> = None;
    let mut rest = text.chars().peekable();
    // No word is longer than the text: the buffer never moves.
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
            '\'' => {
                let word = word.get_or_insert_with(fresh);
                rest.by_ref().take_while(|c| *c != '\'').for_each(|c| word.push(c));
            }
            '"' => double_quoted(&mut rest, word.get_or_insert_with(fresh)),
            '$' if rest.peek() == Some(&'\'') => {
                _ = rest.next();
                ansi(&mut rest, word.get_or_insert_with(fresh));
            }
            other if other.is_whitespace() => words.extend(word.take()),
            '|' | ';' | '&' | '>' | '<' if word.is_none() => break,
            '#' if word.is_none() => _ = rest.by_ref().find(|c| *c == '\n'),
            other => word.get_or_insert_with(fresh).push(other),
        }
    }
    words.extend(word);
    words
}

fn double_quoted(rest: &mut impl Iterator<Item = char>, word: &mut String) {
    while let Some(character) = rest.next() {
        match character {
            '"' => return,
            '\\' => match rest.next() {
                Some(escaped @ ('$' | '`' | '"' | '\\')) => word.push(escaped),
                Some('\n') | None => {}
                Some(other) => word.extend(['\\', other]),
            },
            other => word.push(other),
        }
    }
}

/// `$'…'`: escapes as in C.
fn ansi(rest: &mut std::iter::Peekable<std::str::Chars<'_>>, word: &mut String) {
    while let Some(character) = rest.next() {
        match character {
            '\'' => return,
            '\\' => match rest.next() {
                Some('n') => word.push('\n'),
                Some('r') => word.push('\r'),
                Some('t') => word.push('\t'),
                Some('u') => word.extend(code(rest, 4)),
                Some('x') => word.extend(code(rest, 2)),
                Some(other) => word.push(other),
                None => {}
            },
            other => word.push(other),
        }
    }
}

/// A character by at most so many hexadecimal digits.
fn code(rest: &mut std::iter::Peekable<std::str::Chars<'_>>, digits: usize) -> Option<char> {
    let mut value = 0;
    for _ in 0..digits {
        let Some(digit) = rest.peek().and_then(|c| c.to_digit(16)) else { break };
        value = value * 16 + digit;
        _ = rest.next();
    }
    char::from_u32(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(text: &str) -> Vec<String> {
        words(text).iter().map(|word| word.to_string()).collect()
    }

    #[test]
    fn quotes_escapes_and_lines_that_go_on_are_read_as_bash_does() {
        let text = "-H 'a: b' \\\n --data \"x \\\"y\\\" $z\" --url=https://a.example/?q\\=1";
        assert_eq!(
            plain(text),
            ["-H", "a: b", "--data", "x \"y\" $z", "--url=https://a.example/?q=1"]
        );
        assert_eq!(plain(r"-d $'it\'s\u0021\n\x41'"), ["-d", "it's!\nA"], "as Chrome writes");
    }

    #[test]
    fn what_another_command_gets_is_left_alone() {
        assert_eq!(plain("-s https://a.example | jq '.token'"), ["-s", "https://a.example"]);
        assert_eq!(plain("https://a.example > file; rm x"), ["https://a.example"]);
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
