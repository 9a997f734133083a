//! The body of an operation, as an example of it.

use serde_json::Value;

use super::document::Document;
use super::example::Examples;
use crate::document::plain;
use crate::fill::as_variable_name as variable;
use crate::imported::Imported;
use crate::value::{Body, Content, Header, Param, Part};

const FORM: &str = "application/x-www-form-urlencoded";
const PARTS: &str = "multipart/form-data";

/// Takes the body of an operation, where it has one.
pub(super) fn take(document: &Document<'_>, operation: &Value, imported: &mut Imported) {
    let Some(body) = operation.get("requestBody") else { return };
    let Some(body) = document.resolved(body, &mut imported.left_out) else { return };
    let Some(content) = body.get("content").and_then(Value::as_object) else { return };
    let kinds: Vec<&String> = content.keys().take(50).collect();
    let is_json = |kind: &str| kind.starts_with("application/json") || kind.contains("+json");
    let ranks: [&dyn Fn(&str) -> bool; 4] =
        [&is_json, &|kind| kind == FORM, &|kind| kind == PARTS, &|_| true];
    let best = ranks.iter().find_map(|is| kinds.iter().find(|kind| is(kind)));
    let Some((kind, media)) = best.and_then(|kind| Some((*kind, content.get(*kind)?))) else {
        return;
    };
    if kinds.len() > 1 {
        imported.leaves_out("other content types of the body", "one of several was taken.");
    }
    let mut examples = Examples::new(document);
    let said = examples.said(media);
    let schema = media.get("schema");
    let example = said.or_else(|| schema.map(|schema| examples.built(schema)));
    let binary = schema.and_then(|schema| schema.get("format")).and_then(Value::as_str);
    imported.request.body = match kind.as_str() {
        kind if is_json(kind) => {
            let text = example.map(|example| serde_json::to_string_pretty(&example));
            if kind != "application/json" {
                imported.request.headers.push(Header::new("Content-Type", kind));
            }
            Body::Json { text: text.and_then(Result::ok).unwrap_or_else(|| "{}".to_owned()) }
        }
        FORM => Body::Form { fields: members(example, |name, value| Param::new(name, &value)) },
        PARTS => Body::Multipart { parts: parts(document, schema, example) },
        kind if binary == Some("binary") || kind.starts_with("application/octet") => {
            // Which one, the user says.
            Body::File { path: "{{file}}".to_owned(), content_type: Some(kind.to_owned()) }
        }
        kind => {
            let text = example.as_ref().map(plain).unwrap_or_default();
            Body::Text { content_type: Some(kind.to_owned()), text }
        }
    };
}

fn members<Member>(example: Option<Value>, member: impl Fn(&str, String) -> Member) -> Vec<Member> {
    let Some(Value::Object(members)) = example else { return Vec::new() };
    members.iter().map(|(name, value)| member(name, plain(value))).collect()
}

fn parts(document: &Document<'_>, schema: Option<&Value>, example: Option<Value>) -> Vec<Part> {
    let schema = schema.and_then(|schema| document.resolved(schema, &mut Vec::new()));
    let is_file = |name: &str| {
        let property = schema.and_then(|schema| schema.get("properties")?.get(name));
        let text = |key: &str| property.and_then(|property| property.get(key)?.as_str());
        text("format") == Some("binary") || text("contentMediaType").is_some()
    };
    members(example, |name, text| {
        let (content, content_type) = if is_file(name) {
            let path = format!("{{{{{}}}}}", variable(name));
            let content = Content::File { path, file_name: Some(variable(name)) };
            (content, Some("application/octet-stream".to_owned()))
        } else {
            (Content::Text { text }, None)
        };
        Part { name: name.to_owned(), content, content_type, on: true }
    })
}
