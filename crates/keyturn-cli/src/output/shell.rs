//! Commands that are printed to be copied: each word is one word for a shell, whatever stands in it.

use keyturn_request::code;

/// A word of a command; quoted where a shell would read more into it.
pub(crate) fn word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-@:=%+,".contains(c);
    // Where it begins, a dash makes an option of it.
    let is_plain = !text.is_empty() && text.chars().all(plain) && !text.starts_with('-');
    if is_plain { text.to_owned() } else { code::word(text).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shell_would_run_is_one_quoted_word() {
        assert_eq!(word("/v1/users/ada@example.com"), "/v1/users/ada@example.com");
        assert_eq!(word("/v1/a;id$(id)"), "'/v1/a;id$(id)'");
        assert_eq!(word("a'b$(id)"), r"'a'\''b$(id)'");
        assert_eq!(word("of a day"), "'of a day'");
        assert_eq!(word("email=…"), "'email=…'");
        assert_eq!(
            (word("").as_str(), word("~").as_str(), word("{id}").as_str()),
            ("''", "'~'", "'{id}'")
        );
    }
}
