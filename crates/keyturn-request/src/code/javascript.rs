//! JavaScript with fetch, as a module that runs on a server.

use super::entry::Language;
use super::{Carrier, CodeError, Written, headers_and_body, literal};
use crate::fill::Filled;
use crate::percent;
use crate::value::{Body, Content, Part};

const LANGUAGE: Language = Language { read, base64, value: bytes_where_needed };

const fn unsayable(what: &'static str) -> CodeError {
    CodeError::Unsayable { form: "fetch", what }
}

pub(super) fn lines(filled: &Filled, carriers: &[Carrier]) -> Result<Vec<String>, CodeError> {
    let request = filled.request();
    let (headers, written) = headers_and_body(filled);
    if matches!(request.method.as_str(), "GET" | "HEAD") && !request.body.is_none() {
        return Err(unsayable("a body with GET or HEAD"));
    }
    if matches!(request.method.to_ascii_uppercase().as_str(), "CONNECT" | "TRACE" | "TRACK") {
        return Err(unsayable("CONNECT, TRACE and TRACK"));
    }
    let mut lines = Vec::new();
    let mut body = None;
    match (&request.body, written) {
        (_, Written::Text(text)) => {
            let typed = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
            // A text without a type gets one; bytes get none.
            let text = literal(&text);
            body = Some(if typed { text } else { format!("Buffer.from({text})") });
        }
        (_, Written::File(path)) => {
            lines.push("import { readFile } from \"node:fs/promises\";\n".to_owned());
            body = Some(format!("await readFile({})", literal(&path)));
        }
        (Body::Multipart { parts }, _) => {
            let sent = || parts.iter().filter(|part| part.on);
            if sent().any(|part| matches!(part.content, Content::File { .. })) {
                lines.push("import { readFile } from \"node:fs/promises\";\n".to_owned());
            }
            lines.push("const form = new FormData();".to_owned());
            for part in sent() {
                lines.push(appended(part)?);
            }
            body = Some("form".to_owned());
        }
        _ => {}
    }
    lines.push(format!("const url = {};", address(&filled.address(), carriers)));
    lines.push("const response = await fetch(url, {".to_owned());
    lines.push(format!("  method: {},", literal(&request.method)));
    // fetch takes a key along to wherever an answer leads.
    lines.push("  redirect: \"manual\",".to_owned());
    let entries = LANGUAGE.entries(headers, carriers);
    if !entries.is_empty() {
        lines.push("  headers: {".to_owned());
        lines.extend(entries.into_iter().map(|entry| format!("    {entry},")));
        lines.push("  },".to_owned());
    }
    lines.extend(body.map(|body| format!("  body: {body},")));
    lines
        .extend(["});", "console.log(response.status, await response.text());"].map(str::to_owned));
    Ok(lines)
}

fn read(variable: &str) -> String {
    format!("process.env.{variable}")
}

/// The address, with the credential behind it where it stands in the query.
fn address(address: &str, carriers: &[Carrier]) -> String {
    let mut written = address.to_owned();
    let mut behind = String::new();
    for carrier in carriers {
        if let Carrier::Query { name, variable } = carrier {
            let sign = if written.contains('?') { '&' } else { '?' };
            let before = format!("{sign}{}=", percent::encode(name));
            if behind.is_empty() {
                written.push_str(&before);
            } else {
                behind.extend([" + ", literal(&before).as_str()]);
            }
            behind.extend([" + encodeURIComponent(", read(variable).as_str(), ")"]);
        }
    }
    format!("{}{behind}", literal(&written))
}

fn base64(pair: &str) -> String {
    format!("Buffer.from({pair}).toString(\"base64\")")
}

/// fetch takes texts of Latin-1 alone, and sends a byte for a character.
fn bytes_where_needed(value: &str) -> String {
    if value.is_ascii() {
        literal(value)
    } else {
        format!("Buffer.from({}).toString(\"latin1\")", literal(value))
    }
}

fn appended(part: &Part) -> Result<String, CodeError> {
    let name = literal(&part.name);
    match (&part.content, &part.content_type) {
        (Content::Text { text }, None) => {
            if text.contains(['\r', '\n']) || part.name.contains(['\r', '\n']) {
                return Err(unsayable("a part with line breaks, which it writes in its own way"));
            }
            Ok(format!("form.append({name}, {});", literal(text)))
        }
        (Content::File { path, file_name: Some(file) }, kind) => {
            let kind = literal(kind.as_deref().unwrap_or("application/octet-stream"));
            let blob = format!("new Blob([await readFile({})], {{ type: {kind} }})", literal(path));
            Ok(format!("form.append({name}, {blob}, {});", literal(file)))
        }
        _ => Err(unsayable("a text with a content type, or a file without a name, as a part")),
    }
}
