//! The words of a command as the Windows command prompt and then the program itself read them.

use zeroize::Zeroizing;

/// The words.
pub(super) fn words(text: &str) -> Vec<Zeroizing<String>> {
    split(&without_carets(text))
}

/// What the command prompt passes on: `^` stands before what is meant literally, and a line goes on
/// behind it. Within quotes that have none before them it is a character as others are.
fn without_carets(text: &str) -> Zeroizing<String> {
    let mut plain = Zeroizing::new(String::with_capacity(text.len()));
    let mut quoted = false;
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '"' => {
                quoted = !quoted;
                plain.push('"');
            }
            '^' if !quoted => match rest.next() {
                Some('\r') => _ = rest.next_if_eq(&'\n'),
                Some('\n') | None => {}
                Some(other) => plain.push(other),
            },
            '|' | '&' | '>' | '<' if !quoted => break,
            other => plain.push(other),
        }
    }
    plain
}

/// As the C library of Windows takes a command line apart: backslashes count before quotes alone.
fn split(text: &str) -> Vec<Zeroizing<String>> {
    let mut words = Vec::new();
    let mut word: Option<Zeroizing<String>> = None;
    let mut quoted = false;
    let mut rest = text.chars().peekable();
    let fresh = || Zeroizing::new(String::with_capacity(text.len()));
    while let Some(character) = rest.next() {
        match character {
            '\\' => {
                let mut slashes = 1;
                while rest.next_if_eq(&'\\').is_some() {
                    slashes += 1;
                }
                let word = word.get_or_insert_with(fresh);
                let before_quote = rest.peek() == Some(&'"');
                let kept = if before_quote { slashes / 2 } else { slashes };
                word.extend(std::iter::repeat_n('\\', kept));
                if before_quote && slashes % 2 == 1 {
                    _ = rest.next();
                    word.push('"');
                }
            }
            '"' if quoted && rest.peek() == Some(&'"') => {
                _ = rest.next();
                word.get_or_insert_with(fresh).push('"');
            }
            '"' => {
                quoted = !quoted;
                word.get_or_insert_with(fresh);
            }
            other if other.is_whitespace() && !quoted => words.extend(word.take()),
            other => word.get_or_insert_with(fresh).push(other),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Vec<String> {
        words(text).iter().map(|word| word.to_string()).collect()
    }

    #[test]
    fn a_command_as_chrome_copies_it_for_windows_is_read() {
        let text = "^\"https://a.example/v1^\" ^\r\n  -H ^\"x-api-key: a^%b^\" ^\r\n  --data-raw ^\"^{^\\^\"k^\\^\":^\\^\"v^\\^\"^}^\"";
        assert_eq!(
            plain(text),
            ["https://a.example/v1", "-H", "x-api-key: a%b", "--data-raw", r#"{"k":"v"}"#]
        );
    }

    #[test]
    fn a_command_by_hand_is_read() {
        let text = "\"https://a.example/v1\" ^\n -H \"authorization: Bearer a^b\" -d \"{\\\"k\\\":\\\"v\\\"}\"";
        assert_eq!(
            plain(text),
            ["https://a.example/v1", "-H", "authorization: Bearer a^b", "-d", r#"{"k":"v"}"#]
        );
    }
}
