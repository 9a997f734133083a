//! JSON as it is written, looked at without taking it apart: what people typed stays as they typed it.

/// Whether a text of JSON is open at the end of this piece, where it was `open` at its beginning.
pub(crate) fn is_open_behind(open: bool, piece: &str) -> bool {
    let mut open = open;
    let mut bytes = piece.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' if open => _ = bytes.next(),
            b'"' => open = !open,
            _ => {}
        }
    }
    open
}

/// A text as it stands between the quotes of JSON.
pub(crate) fn escaped(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted.get(1..quoted.len() - 1).unwrap_or_default().to_owned()
}

/// Puts variables in the place of texts whose member's name says that they are secrets; gives the names
/// of those variables. What is no JSON stays as it is.
pub(crate) fn without_secrets(
    text: &str,
    is_secret: impl Fn(&str) -> bool,
) -> (String, Vec<String>) {
    let mut names = Vec::new();
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    let mut last: Option<String> = None;
    while let Some(at) = rest.find('"') {
        let (before, quoted) = rest.split_at(at);
        kept.push_str(before);
        let Some(length) = closing(quoted) else {
            kept.push_str(quoted);
            return (kept, names);
        };
        let (literal, behind) = quoted.split_at(length);
        let is_name = behind.trim_start().starts_with(':');
        match last.take().filter(|_| !is_name && before.trim() == ":") {
            Some(name) if is_secret(&name) && literal.len() > 2 && !is_variable(literal) => {
                let variable = crate::fill::as_variable_name(&name);
                kept.extend(["\"{{", variable.as_str(), "}}\""]);
                if !names.contains(&variable) {
                    names.push(variable);
                }
            }
            _ => kept.push_str(literal),
        }
        if is_name {
            last = serde_json::from_str(literal).ok();
        }
        rest = behind;
    }
    kept.push_str(rest);
    (kept, names)
}

fn is_variable(literal: &str) -> bool {
    literal.starts_with("\"{{") && literal.ends_with("}}\"")
}

/// How long a quoted text is, its quotes included.
fn closing(quoted: &str) -> Option<usize> {
    let mut escaped = false;
    quoted.bytes().enumerate().skip(1).find_map(|(at, byte)| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes.then_some(at + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> (String, Vec<String>) {
        without_secrets(text, |name| name == "secret")
    }

    #[test]
    fn secret_members_become_variables_and_all_else_stays_as_it_was_typed() {
        let (text, names) =
            taken("{ \"a\" : 1.0,\n \"secret\":  \"x\\\"y\", \"b\": {\"secret\":\"\"} }");
        assert_eq!(
            text,
            "{ \"a\" : 1.0,\n \"secret\":  \"{{secret}}\", \"b\": {\"secret\":\"\"} }"
        );
        assert_eq!(names, ["secret"]);
        let (text, names) =
            without_secrets(r#"{"the secret/1":"x"}"#, |name| name.contains("secret"));
        assert_eq!(text, r#"{"the secret/1":"{{the_secret_1}}"}"#, "no variable has such a name");
        assert_eq!(names, ["the_secret_1"]);
        for same in [
            r#"["secret","x"]"#,
            r#"{"a":"secret","b":"x"}"#,
            r#"{"secret":7}"#,
            r#"{"secret":["x"]}"#,
            r#"{"secret":"open"#,
            "no JSON",
        ] {
            assert_eq!(taken(same).0, same);
        }
    }
}
