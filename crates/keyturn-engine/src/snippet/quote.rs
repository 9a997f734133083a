//! Quoting for the files and the shell of Windows that a value is pasted into; a POSIX shell's words are
//! `keyturn-request`'s.

use zeroize::Zeroizing;

/// A value that is wiped after it was put into a form.
pub(super) type Quoted = Zeroizing<String>;

/// `.env` files: double quotes, with what would end or expand inside them escaped.
pub(super) fn dotenv(value: &str) -> Quoted {
    let mut quoted = Zeroizing::new(String::with_capacity(value.len() + 2));
    quoted.push('"');
    for character in value.chars() {
        match character {
            '\\' | '"' | '$' | '`' => {
                quoted.push('\\');
                quoted.push(character);
            }
            '\n' => quoted.push_str(r"\n"),
            '\r' => quoted.push_str(r"\r"),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// PowerShell: single quotes take everything but themselves, which are doubled. It also takes the
/// typographic ones for quotes.
pub(super) fn powershell(value: &str) -> Quoted {
    let mut quoted = Zeroizing::new(String::with_capacity(value.len() + 2));
    quoted.push('\'');
    for character in value.chars() {
        if matches!(character, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}') {
            quoted.push(character);
        }
        quoted.push(character);
    }
    quoted.push('\'');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_expands_in_dotenv_files_is_escaped() {
        assert_eq!(&*dotenv("a\"b$c\\d\ne"), r#""a\"b\$c\\d\ne""#);
    }

    #[test]
    fn powershell_quotes_are_doubled() {
        assert_eq!(&*powershell("it's ’x"), "'it''s ’’x'");
    }
}
