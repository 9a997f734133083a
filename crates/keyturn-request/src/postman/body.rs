//! The body of a request, in Postman's five modes.

use serde_json::Value;

use super::is_on;
use crate::document::plain;
use crate::imported::Imported;
use crate::value::{Body, Content, Param, Part};

/// Takes the body.
pub(super) fn take(of: &Value, imported: &mut Imported) {
    if !is_on(of) {
        return;
    }
    let said = imported.request.header("content-type").map(str::to_owned);
    let entries = |key: &str| of.get(key).and_then(Value::as_array).into_iter().flatten();
    let body = match of.get("mode").and_then(Value::as_str).unwrap_or_default() {
        "raw" => raw(of, said),
        "urlencoded" => Body::Form { fields: entries("urlencoded").map(field).collect() },
        "formdata" => {
            let mut parts = Vec::new();
            for entry in entries("formdata") {
                parts.extend(part(entry, imported));
            }
            Body::Multipart { parts }
        }
        "graphql" => graphql(of.get("graphql")),
        "file" => {
            let path = of.pointer("/file/src").and_then(Value::as_str);
            if path.is_none() {
                imported.leaves_out("the body's file", "the collection does not name it.");
            }
            Body::File { path: path.unwrap_or("{{file}}").to_owned(), content_type: said }
        }
        _ => Body::None,
    };
    let typed = matches!(body, Body::Text { .. } | Body::File { .. } | Body::Multipart { .. });
    if typed {
        // The body says it, or its boundary belongs to it.
        imported.request.headers.retain(|header| !header.name.eq_ignore_ascii_case("content-type"));
    }
    imported.request.body = body;
}

fn raw(of: &Value, said: Option<String>) -> Body {
    let text = of.get("raw").map(plain).unwrap_or_default();
    if text.is_empty() {
        return Body::None;
    }
    let language = of.pointer("/options/raw/language").and_then(Value::as_str).unwrap_or_default();
    let usual = match language {
        "json" => "application/json",
        "xml" => "application/xml",
        "html" => "text/html",
        "javascript" => "application/javascript",
        _ => "text/plain",
    };
    let is_json = |kind: &str| kind.to_ascii_lowercase().contains("json");
    match said {
        Some(kind) if !is_json(&kind) => Body::Text { content_type: Some(kind), text },
        None if !is_json(usual) => Body::Text { content_type: Some(usual.to_owned()), text },
        _ => Body::Json { text },
    }
}

fn field(of: &Value) -> Param {
    let text = |key: &str| of.get(key).map(plain).unwrap_or_default();
    Param { on: is_on(of), ..Param::new(&text("key"), &text("value")) }
}

/// A part; one of several files is a part for each.
fn part(of: &Value, imported: &mut Imported) -> Vec<Part> {
    let name = of.get("key").map(plain).unwrap_or_default();
    let kind = of.get("contentType").and_then(Value::as_str).map(str::to_owned);
    let one =
        |content, content_type| Part { name: name.clone(), content, content_type, on: is_on(of) };
    if of.get("type").and_then(Value::as_str) != Some("file") {
        let text = of.get("value").map(plain).unwrap_or_default();
        return vec![one(Content::Text { text }, kind)];
    }
    let paths: Vec<String> = match of.get("src") {
        Some(Value::Array(paths)) => paths.iter().map(plain).collect(),
        Some(Value::String(path)) => vec![path.clone()],
        _ => Vec::new(),
    };
    if paths.is_empty() {
        imported.leaves_out("a file of the form", "the collection does not name it.");
    }
    let files = paths.into_iter().map(|path| {
        let last = path.rsplit(['/', '\\']).next().unwrap_or(&path).to_owned();
        let kind = kind.clone().or_else(|| Some("application/octet-stream".to_owned()));
        one(Content::File { path, file_name: Some(last) }, kind)
    });
    files.collect()
}

/// A query with its variables, which Postman writes as a text of JSON.
fn graphql(of: Option<&Value>) -> Body {
    let query = of.and_then(|of| of.get("query")).map(plain).unwrap_or_default();
    let variables = of.and_then(|of| of.get("variables")).map(plain).unwrap_or_default();
    let variables = if variables.trim().is_empty() { "{}" } else { variables.trim() };
    Body::Json {
        text: format!("{{\"query\": {}, \"variables\": {variables}}}", Value::from(query)),
    }
}
