//! HTTPie commands, to be run in a POSIX shell.

use super::shell::{Piece, with_variables as expanding, word};
use super::{Carrier, CodeError, Written, headers_and_body};
use crate::fill::Filled;
use crate::value::{Body, Content, Part};

const fn unsayable(what: &'static str) -> CodeError {
    CodeError::Unsayable { form: "HTTPie", what }
}

pub(super) fn words(filled: &Filled, carriers: &[Carrier]) -> Result<Vec<String>, CodeError> {
    let request = filled.request();
    if !request.method.chars().all(|c| c.is_ascii_uppercase()) {
        return Err(unsayable("a method that is not of capital letters"));
    }
    let (headers, written) = headers_and_body(filled);
    let mut words = vec!["http --ignore-stdin".to_owned()];
    if matches!(written, Written::Parts) {
        words.push("--multipart".to_owned());
    }
    words.extend(carriers.iter().filter_map(|carrier| match carrier {
        Carrier::Basic { user, variable, .. } => {
            let pieces = [Piece::Variable(user), Piece::Text(":"), Piece::Variable(variable)];
            Some(format!("-a {}", expanding(&pieces)))
        }
        _ => None,
    }));
    if let Written::Text(text) = &written {
        if text.contains('\0') || text.is_empty() {
            return Err(unsayable("a body that is empty or has a zero byte"));
        }
        words.push(format!("--raw {}", &*word(text)));
    }
    words.push(format!("{} {}", request.method, &*word(&filled.address())));
    for (name, value) in headers {
        let item = if value.is_empty() {
            format!("{};", key(&name))
        } else {
            format!("{}: {}", key(&name), sayable(&value)?)
        };
        words.push(word(&item).to_string());
    }
    words.extend(carriers.iter().filter_map(|carrier| match carrier {
        Carrier::Basic { .. } => None,
        Carrier::Header { name, scheme, variable } => {
            let scheme = scheme.as_ref().map_or_else(String::new, |scheme| format!("{scheme} "));
            let before = format!("{}:{scheme}", key(name));
            Some(expanding(&[Piece::Text(&before), Piece::Variable(variable)]))
        }
        Carrier::Query { name, variable } => {
            let before = format!("{}==", key(name));
            Some(expanding(&[Piece::Text(&before), Piece::Variable(variable)]))
        }
    }));
    match (&request.body, written) {
        (_, Written::File(path)) => words.push(word(&format!("@{}", sayable(&path)?)).to_string()),
        (Body::Multipart { parts }, _) => {
            for part in parts.iter().filter(|part| part.on) {
                words.push(word(&item(part)?).to_string());
            }
        }
        _ => {}
    }
    Ok(words)
}

fn item(part: &Part) -> Result<String, CodeError> {
    let name = key(sayable(&part.name)?);
    match (&part.content, &part.content_type) {
        (Content::Text { text }, None) if !text.contains('\0') && !text.starts_with(['=', '@']) => {
            Ok(format!("{name}={}", sayable(text)?))
        }
        (Content::File { path, file_name: Some(file) }, kind)
            if path.rsplit('/').next() == Some(file) && !path.contains(';') =>
        {
            let kind = kind.as_ref().map_or_else(String::new, |kind| format!(";type={kind}"));
            Ok(format!("{name}@{}{kind}", sayable(path)?))
        }
        _ => Err(unsayable("a part with a file's name or a content type of its own")),
    }
}

/// A name, with what would end it escaped.
fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for character in name.chars() {
        if ":=@;".contains(character) {
            key.push('\\');
        }
        key.push(character);
    }
    key
}

/// A value; a backslash before one of HTTPie's separators is always taken for an escape.
fn sayable(value: &str) -> Result<&str, CodeError> {
    let mut characters = value.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '\\' && characters.next_if(|c| ":=@;".contains(*c)).is_some() {
            return Err(unsayable(r"a backslash before one of : = @ ;"));
        }
    }
    Ok(value)
}
