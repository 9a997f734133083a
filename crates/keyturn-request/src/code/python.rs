//! Python with requests.

use super::entry::Language;
use super::{Carrier, CodeError, Written, headers_and_body, literal};
use crate::fill::Filled;
use crate::value::{Body, Content, Part};

const LANGUAGE: Language = Language { read, base64, value: bytes_where_needed };

pub(super) fn lines(filled: &Filled, carriers: &[Carrier]) -> Result<Vec<String>, CodeError> {
    let request = filled.request();
    if request.method.chars().any(|c| c.is_ascii_lowercase()) {
        let what = "a method in small letters";
        return Err(CodeError::Unsayable { form: "requests", what });
    }
    let (headers, written) = headers_and_body(filled);
    let is_basic = |carrier: &Carrier| matches!(carrier, Carrier::Basic { .. });
    let mut lines = Vec::new();
    if carriers.iter().any(is_basic) {
        lines.push("import base64".to_owned());
    }
    lines.extend(
        ["import os", "", "import requests", "", "response = requests.request("].map(str::to_owned),
    );
    lines.push(format!("    {},", literal(&request.method)));
    lines.push(format!("    {},", literal(&filled.address())));
    let parameters: Vec<String> = carriers
        .iter()
        .filter_map(|carrier| match carrier {
            Carrier::Query { name, variable } => {
                Some(format!("{}: {}", literal(name), read(variable)))
            }
            _ => None,
        })
        .collect();
    if !parameters.is_empty() {
        lines.push(format!("    params={{{}}},", parameters.join(", ")));
    }
    let entries = LANGUAGE.entries(headers, carriers);
    if !entries.is_empty() {
        lines.push("    headers={".to_owned());
        lines.extend(entries.into_iter().map(|entry| format!("        {entry},")));
        lines.push("    },".to_owned());
    }
    match (&request.body, written) {
        (_, Written::Text(text)) => lines.push(format!("    data={}.encode(),", literal(&text))),
        (_, Written::File(path)) => {
            lines.push(format!("    data=open({}, \"rb\"),", literal(&path)));
        }
        (Body::Multipart { parts }, _) => {
            lines.push("    files=[".to_owned());
            let parts = parts.iter().filter(|part| part.on);
            lines.extend(parts.map(|part| format!("        {},", entry(part))));
            lines.push("    ],".to_owned());
        }
        _ => {}
    }
    lines.extend(
        // requests takes a key along to wherever an answer leads.
        [
            "    allow_redirects=False,",
            "    timeout=30,",
            ")",
            "print(response.status_code, response.text)",
        ]
        .map(str::to_owned),
    );
    Ok(lines)
}

fn read(variable: &str) -> String {
    format!("os.environ[{}]", literal(variable))
}

fn base64(pair: &str) -> String {
    format!("base64.b64encode(({pair}).encode()).decode()")
}

/// requests sends texts as Latin-1, and bytes as they are.
fn bytes_where_needed(value: &str) -> String {
    if value.is_ascii() { literal(value) } else { format!("{}.encode()", literal(value)) }
}

fn entry(part: &Part) -> String {
    let kind =
        part.content_type.as_ref().map(|kind| format!(", {}", literal(kind))).unwrap_or_default();
    let inner = match &part.content {
        Content::Text { text } => format!("None, {}{kind}", literal(text)),
        Content::File { path, file_name } => {
            let name = file_name.as_ref().map_or_else(|| "None".to_owned(), |name| literal(name));
            format!("{name}, open({}, \"rb\"){kind}", literal(path))
        }
    };
    format!("({}, ({inner}))", literal(&part.name))
}
