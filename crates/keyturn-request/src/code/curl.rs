//! cURL commands, to be run in a POSIX shell.

use super::shell::{Piece, with_variables as expanding, word};
use super::{Carrier, CodeError, Written, headers_and_body};
use crate::encode::checked_headers;
use crate::fill::Filled;
use crate::value::{Body, Content, Part};

const fn unsayable(what: &'static str) -> CodeError {
    CodeError::Unsayable { form: "cURL", what }
}

/// The command without what authenticates it, a line an option: whoever writes it adds that.
pub fn curl_lines(filled: &Filled) -> Result<Vec<String>, CodeError> {
    checked_headers(filled)?;
    let request = filled.request();
    let address = filled.address();
    let method = match request.method.as_str() {
        "HEAD" => "--head".to_owned(),
        plain if plain.chars().all(|c| c.is_ascii_alphanumeric()) => format!("-X {plain}"),
        method => format!("-X {}", &*word(method)),
    };
    // Braces and brackets would mean several addresses.
    let globbing = if address.contains(['[', ']', '{', '}']) { " --globoff" } else { "" };
    let mut lines = vec![format!("curl {method}{globbing} {}", &*word(&address))];
    let (headers, written) = headers_and_body(filled);
    let typed = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    for (name, value) in headers {
        let line = if value.is_empty() { format!("{name};") } else { format!("{name}: {value}") };
        lines.push(format!("-H {}", &*word(&line)));
    }
    if !typed && matches!(written, Written::Text(_) | Written::File(_)) {
        // curl would say that it is a form.
        lines.push("-H 'Content-Type:'".to_owned());
    }
    match written {
        Written::None => {}
        Written::Text(text) if text.contains('\0') => {
            return Err(unsayable("a body with a zero byte"));
        }
        Written::Text(text) => lines.push(format!("--data-raw {}", &*word(&text))),
        Written::File(path) => {
            lines.push(format!("--data-binary {}", &*word(&format!("@{}", on_disk(&path)))));
        }
        Written::Parts => {
            if let Body::Multipart { parts } = &request.body {
                for part in parts.iter().filter(|part| part.on) {
                    lines.push(part_of(part)?);
                }
            }
        }
    }
    Ok(lines)
}

/// The command, its credential read from the environment.
pub(super) fn with_variables(
    filled: &Filled,
    carriers: &[Carrier],
) -> Result<Vec<String>, CodeError> {
    let mut lines = curl_lines(filled)?;
    lines.extend(carriers.iter().map(|carrier| match carrier {
        Carrier::Header { name, scheme, variable } => {
            let before = before(name, scheme.as_deref());
            format!("-H {}", expanding(&[Piece::Text(&before), Piece::Variable(variable)]))
        }
        Carrier::Basic { user, variable, .. } => {
            let pieces = [Piece::Variable(user), Piece::Text(":"), Piece::Variable(variable)];
            format!("-u {}", expanding(&pieces))
        }
        Carrier::Query { name, variable } => {
            let name = format!("{}=", crate::percent::encode(name));
            let pair = expanding(&[Piece::Text(&name), Piece::Variable(variable)]);
            format!("{} {pair}", query_option(filled))
        }
    }));
    Ok(lines)
}

/// The command with its credential from `keyturn` itself, by a pipe: neither the shell's history nor the
/// list of processes ever has it. `headers` is the command that prints the header lines, `value` the one
/// that prints the value alone.
pub fn curl_private(
    filled: &Filled,
    carriers: &[Carrier],
    headers: &str,
    value: &str,
) -> Result<String, CodeError> {
    let mut lines = curl_lines(filled)?;
    let in_query = carriers.iter().find_map(|carrier| match carrier {
        Carrier::Query { name, .. } => Some(name),
        _ => None,
    });
    let source = match in_query {
        Some(name) if carriers.len() == 1 => {
            let pair = format!("{}@-", crate::percent::encode(name));
            lines.push(format!("{} {}", query_option(filled), &*word(&pair)));
            // The line's end would be a part of the value.
            format!("{value} | tr -d '\\n'")
        }
        Some(_) => {
            return Err(unsayable(
                "a credential in the query and another in a header, by one pipe",
            ));
        }
        None => {
            lines.push("-H @-".to_owned());
            headers.to_owned()
        }
    };
    Ok(format!("{source} |\n  {}", lines.join(" \\\n  ")))
}

/// How a parameter is added to the query: where there is no body, by an option that every curl has.
const fn query_option(filled: &Filled) -> &'static str {
    if filled.request().body.is_none() { "-G --data-urlencode" } else { "--url-query" }
}

/// A header's beginning.
fn before(name: &str, scheme: Option<&str>) -> String {
    scheme.map_or_else(|| format!("{name}: "), |scheme| format!("{name}: {scheme} "))
}

/// A path that is never standard input.
fn on_disk(path: &str) -> String {
    if path == "-" { "./-".to_owned() } else { path.to_owned() }
}

fn part_of(part: &Part) -> Result<String, CodeError> {
    if part.name.contains('=') || part.name.is_empty() {
        return Err(unsayable("a part of a form whose name is empty or has an equals sign"));
    }
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""));
    let kind = match &part.content_type {
        Some(kind) if kind.contains(['\0', '\n', '\r']) || !kind.contains('/') => {
            return Err(unsayable("a part with a content type that is none"));
        }
        Some(kind) => format!(";type={kind}"),
        None => String::new(),
    };
    let argument = match &part.content {
        Content::Text { text } if text.contains('\0') => {
            return Err(unsayable("a part with a zero byte"));
        }
        Content::Text { text } if kind.is_empty() => {
            return Ok(format!("--form-string {}", &*word(&format!("{}={text}", part.name))));
        }
        Content::Text { text } => format!("{}={}{kind}", part.name, quoted(text)),
        Content::File { path, file_name: Some(name) } => {
            format!("{}=@{};filename={}{kind}", part.name, quoted(&on_disk(path)), quoted(name))
        }
        Content::File { path, file_name: None } => {
            format!("{}=<{}{kind}", part.name, quoted(&on_disk(path)))
        }
    };
    Ok(format!("-F {}", &*word(&argument)))
}
