//! The address of a request: a text, or an object of its parts.

use serde_json::Value;

use super::is_on;
use crate::credential::{self, CredentialKind, Place, Removed};
use crate::document::plain;
use crate::imported::Imported;
use crate::percent;
use crate::value::Param;

/// Takes the address.
pub(super) fn take(of: &Value, imported: &mut Imported) {
    let raw = of.as_str().or_else(|| of.get("raw")?.as_str());
    let whole = raw.map_or_else(|| put_together(of), str::to_owned);
    let whole = whole.split('#').next().unwrap_or_default();
    let (base, query) = whole.split_once('?').unwrap_or((whole, ""));
    let base = with_braces(&imported.without_user(base));
    imported.request.url = base;
    imported.request.query = match of.get("query").and_then(Value::as_array) {
        Some(params) => params.iter().filter_map(param).collect(),
        None => percent::params(query, percent::Of::Query),
    };
    for variable in of.get("variable").and_then(Value::as_array).into_iter().flatten() {
        let name = ["key", "id"].into_iter().find_map(|key| variable.get(key)?.as_str());
        let value = variable.get("value").map(plain).filter(|value| !value.is_empty());
        if let (Some(name), Some(value)) = (name, value) {
            if credential::is_named_so(name) {
                let place = Place::Field(credential::told(name));
                imported.took_out(Removed { place, kind: CredentialKind::Key });
                continue;
            }
            imported.request.variables.insert(name.to_owned(), value);
        }
    }
}

/// A parameter; Postman sends what is encoded already as it is, and encodes the rest.
fn param(of: &Value) -> Option<Param> {
    let name = of.get("key").map(plain).unwrap_or_default();
    let value = of.get("value").filter(|value| !value.is_null()).map(plain);
    if name.is_empty() && value.is_none() {
        return None;
    }
    let is_encoded = |text: &str| {
        text.contains('%')
            && percent::decode(text).is_some_and(|plain| percent::encode(&plain) == text)
    };
    let encoded = is_encoded(&name) || value.as_deref().is_some_and(is_encoded);
    let (name, value) = if encoded {
        let decoded = |text: String| percent::decode(&text).unwrap_or(text);
        (decoded(name), value.map(decoded))
    } else {
        (name, value)
    };
    Some(Param { name, value, on: is_on(of), encoded: false })
}

/// The address of its parts, where it is not written as a whole.
fn put_together(of: &Value) -> String {
    let joined = |key: &str, with: &str| match of.get(key) {
        Some(Value::Array(parts)) => parts.iter().map(piece).collect::<Vec<_>>().join(with),
        Some(other) => plain(other),
        None => String::new(),
    };
    let protocol = of.get("protocol").map_or_else(|| "https".to_owned(), plain);
    let host = joined("host", ".");
    let port = of.get("port").map(|port| format!(":{}", plain(port))).unwrap_or_default();
    let path = joined("path", "/");
    let scheme = if host.starts_with("{{") { String::new() } else { format!("{protocol}://") };
    let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
    format!("{scheme}{host}{port}{slash}{path}")
}

/// A piece of a path: a text, or an object with one.
fn piece(of: &Value) -> String {
    of.get("value").map_or_else(|| plain(of), plain)
}

/// Variables of the path, `:name`, as they are written here.
fn with_braces(base: &str) -> String {
    let (scheme, rest) = match base.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None => (String::new(), base),
    };
    let pieces = rest.split('/').enumerate().map(|(at, piece)| match piece.strip_prefix(':') {
        Some(name) if at > 0 && crate::fill::is_variable_name(name) => format!("{{{name}}}"),
        _ => piece.to_owned(),
    });
    format!("{scheme}{}", pieces.collect::<Vec<_>>().join("/"))
}
