//! Parameters of an operation: in the path, the query and headers.

use serde_json::Value;

use super::document::Document;
use super::example::Examples;
use crate::credential::{self, CredentialKind, Place, Removed};
use crate::document::plain;
use crate::fill::as_variable_name as variable;
use crate::imported::Imported;
use crate::value::{Header, Param};

/// The most parameters that an operation has.
const MOST_PARAMETERS: usize = 200;

/// A path whose variables have names that variables may have.
pub(super) fn path(path: &str) -> String {
    let mut written = String::from(if path.starts_with('/') { "" } else { "/" });
    let mut rest = path;
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((name, after)) = behind.split_once('}') else { break };
        written.push_str(before);
        written.extend(["{", &variable(name), "}"]);
        rest = after;
    }
    written.push_str(rest);
    written
}

/// Takes the parameters of an operation and of its path.
pub(super) fn take(
    document: &Document<'_>,
    item: &Value,
    operation: &Value,
    imported: &mut Imported,
) {
    let lists = [operation, item].map(|of| of.get("parameters").and_then(Value::as_array));
    let all = lists.into_iter().flatten().flatten().take(MOST_PARAMETERS);
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for parameter in all {
        let Some(parameter) = document.resolved(parameter, &mut imported.left_out) else {
            continue;
        };
        let text = |key: &str| parameter.get(key).and_then(Value::as_str);
        let (Some(name), Some(place)) = (text("name"), text("in")) else { continue };
        // The operation's own goes before its path's.
        if seen.contains(&(name, place)) {
            continue;
        }
        seen.push((name, place));
        let required = parameter.get("required").and_then(Value::as_bool).unwrap_or(false);
        let example = example(document, parameter);
        match place {
            "path" => {
                if let Some(value) = example {
                    imported.request.variables.insert(variable(name), plain(&value));
                }
            }
            "query" => query(parameter, name, required, example, imported),
            "header" => header(name, required, example, imported),
            "cookie" => {
                let place = Place::Header("Cookie".to_owned());
                imported.took_out(Removed { place, kind: CredentialKind::Cookie });
            }
            _ => {}
        }
    }
}

/// What a parameter is where nobody says otherwise.
fn example(document: &Document<'_>, parameter: &Value) -> Option<Value> {
    let mut examples = Examples::new(document);
    let media = parameter.get("content").and_then(Value::as_object);
    let media = media.and_then(|content| content.values().next());
    let said = examples.said(parameter).or_else(|| examples.said(media?));
    said.or_else(|| examples.said_by_schema(parameter.get("schema")?))
}

fn query(
    parameter: &Value,
    name: &str,
    required: bool,
    example: Option<Value>,
    imported: &mut Imported,
) {
    let exploded = parameter.get("explode").and_then(Value::as_bool).unwrap_or(true);
    let values: Vec<String> = match example {
        Some(Value::Array(items)) if exploded => items.iter().take(20).map(plain).collect(),
        Some(Value::Array(items)) => {
            vec![items.iter().take(20).map(plain).collect::<Vec<_>>().join(",")]
        }
        Some(value) => vec![plain(&value)],
        None => vec![format!("{{{{{}}}}}", variable(name))],
    };
    let params = values.into_iter().map(|value| Param { on: required, ..Param::new(name, &value) });
    imported.request.query.extend(params);
}

fn header(name: &str, required: bool, example: Option<Value>, imported: &mut Imported) {
    let lower = name.to_ascii_lowercase();
    // The specification says that these three are described elsewhere.
    if matches!(lower.as_str(), "accept" | "content-type" | "authorization") {
        return;
    }
    if let Some(kind) = credential::of_header(name, "") {
        let place = Place::Header(credential::told(name));
        imported.took_out(Removed { place, kind });
        return;
    }
    let value =
        example.map_or_else(|| format!("{{{{{}}}}}", variable(name)), |value| plain(&value));
    imported.request.headers.push(Header { on: required, ..Header::new(name, &value) });
}
