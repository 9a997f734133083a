//! Words of a POSIX shell.

use zeroize::Zeroizing;

/// A word that is wiped after it was put into a command.
pub type Word = Zeroizing<String>;

/// A text as one word: single quotes take everything but themselves.
#[must_use]
pub fn word(text: &str) -> Word {
    Zeroizing::new(format!("'{}'", text.replace('\'', r"'\''")))
}

/// A word with the value of a variable of the environment in it.
pub(super) fn with_variables(pieces: &[Piece<'_>]) -> String {
    let mut written = String::from("\"");
    for piece in pieces {
        match piece {
            Piece::Variable(name) => written.extend(["${", name, "}"]),
            Piece::Text(text) => {
                for character in text.chars() {
                    if matches!(character, '\\' | '"' | '$' | '`') {
                        written.push('\\');
                    }
                    written.push(character);
                }
            }
        }
    }
    written.push('"');
    written
}

/// A piece of such a word.
pub(super) enum Piece<'text> {
    Text(&'text str),
    Variable(&'text str),
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn through_a_shell(word: &str) -> String {
        let output = std::process::Command::new("sh")
            .arg("-c")
            .arg(format!("printf %s {word}"))
            .env("NAME", "va lue")
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn quoted_texts_survive_a_real_shell(text in "[^\u{0}]{0,60}") {
            prop_assert_eq!(through_a_shell(&word(&text)), text.clone());
            let pieces = [Piece::Text(&text), Piece::Variable("NAME"), Piece::Text(&text)];
            prop_assert_eq!(through_a_shell(&with_variables(&pieces)), format!("{text}va lue{text}"));
        }
    }

    #[test]
    fn quotes_at_every_end_survive_a_real_shell() {
        for text in ["plain", "it's", "a b$HOME`id`\"\\", "line\nbreak", "-n", "*", "!", "'", ""] {
            assert_eq!(through_a_shell(&word(text)), text);
        }
    }
}
