//! JSON as it is written, looked at without taking it apart: what people typed stays as they typed it.

/// Whether a text of JSON is open at the end of this beginning.
pub(crate) fn is_open(beginning: &str) -> bool {
    let mut open = false;
    let mut bytes = beginning.bytes();
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
/// of those that it found. What is no JSON stays as it is.
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
                kept.extend(["\"{{", name.as_str(), "}}\""]);
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            _ => kept.push_str(literal),
        }
        if is_name {
            let name: Option<String> = serde_json::from_str(literal).ok();
            last = name.filter(|name| crate::fill::is_variable_name(name));
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
