//! Quoting for the shells and files that a value is pasted into.

use zeroize::Zeroizing;

/// A value that is wiped after it was put into a form.
pub(super) type Quoted = Zeroizing<String>;

/// POSIX shell: single quotes take everything but themselves.
pub(super) fn shell(value: &str) -> Quoted {
    Zeroizing::new(format!("'{}'", value.replace('\'', r"'\''")))
}

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
    fn quoted_values_survive_a_real_shell() {
        for value in ["plain", "it's", "a b$HOME`id`\"\\", "line\nbreak", "-n", "*"] {
            let output = std::process::Command::new("sh")
                .arg("-c")
                .arg(format!("printf %s {}", &*shell(value)))
                .output()
                .unwrap();
            assert_eq!(String::from_utf8(output.stdout).unwrap(), value);
        }
    }

    #[test]
    fn what_expands_in_dotenv_files_is_escaped() {
        assert_eq!(&*dotenv("a\"b$c\\d\ne"), r#""a\"b\$c\\d\ne""#);
    }

    #[test]
    fn powershell_quotes_are_doubled() {
        assert_eq!(&*powershell("it's ’x"), "'it''s ’’x'");
    }
}
