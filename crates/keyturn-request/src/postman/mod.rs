//! Collections of Postman, 2.1 and 2.0: each request with the names of its folders.
//!
//! Read as plain JSON: what Postman itself writes differs between its versions, and a typed reader such as
//! `postman_collection` is bound to one way of writing each value. Authentication is taken out; scripts are
//! never run.

mod address;
mod body;

use std::collections::BTreeMap;

use serde_json::Value;
use thiserror::Error;

use crate::credential::{self, CredentialKind, Place, Removed};
use crate::document::{line, plain};
use crate::imported::{Imported, LeftOut};
use crate::value::{Header, Request};

/// The longest collection that is read, in bytes.
pub const LONGEST_COLLECTION: usize = 10 * 1024 * 1024;

/// The most requests that one has.
pub const MOST_REQUESTS: usize = 5_000;

/// Folders lie in folders so deep.
const DEEPEST: usize = 20;

/// A collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// What it is called.
    pub name: String,
    /// Its requests, in their order.
    pub requests: Vec<Collected>,
    /// What of the collection was not taken over.
    pub left_out: Vec<LeftOut>,
    /// The credentials that it has for all its requests.
    pub removed: Vec<Removed>,
}

/// A request of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected {
    /// Its name, with those of its folders: `Folder / Request`.
    pub name: String,
    /// The request.
    pub imported: Imported,
}

/// Says why a collection was not read. Nothing of it is repeated.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PostmanError {
    /// It is longer than collections are.
    #[error("the collection is longer than 10 MB")]
    TooLong,
    /// It is no JSON.
    #[error("the collection is no JSON that could be read")]
    NotReadable,
    /// It is something else.
    #[error("this is no collection of Postman 2.0 or 2.1; export it from Postman as 2.1")]
    NotACollection,
    /// It has more requests than anybody looks through.
    #[error("the collection has more than {MOST_REQUESTS} requests")]
    TooMany,
}

/// Reads a collection.
pub fn read(text: &str) -> Result<Collection, PostmanError> {
    if text.len() > LONGEST_COLLECTION {
        return Err(PostmanError::TooLong);
    }
    let root: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|_| PostmanError::NotReadable)?;
    let schema = root.pointer("/info/schema").and_then(Value::as_str).unwrap_or_default();
    let is_known = ["/v2.1.", "/v2.0."].iter().any(|version| schema.contains(version));
    let items = root.get("item").and_then(Value::as_array).filter(|_| is_known);
    let items = items.ok_or(PostmanError::NotACollection)?;
    let mut reading = Reading {
        variables: BTreeMap::new(),
        collection: Collection {
            name: name_of(root.pointer("/info/name")),
            requests: Vec::new(),
            left_out: Vec::new(),
            removed: Vec::new(),
        },
    };
    reading.of_all(&root);
    reading.folder(items, "", 0)?;
    Ok(reading.collection)
}

struct Reading {
    /// The collection's own variables.
    variables: BTreeMap<String, String>,
    collection: Collection,
}

impl Reading {
    /// What a collection or a folder says for everything in it.
    fn of_all(&mut self, of: &Value) {
        if has_scripts(of) {
            let one = LeftOut::new("scripts", SCRIPTS);
            if !self.collection.left_out.contains(&one) {
                self.collection.left_out.push(one);
            }
        }
        if let Some(kind) = authentication(of) {
            let one = Removed { place: Place::Document, kind };
            if !self.collection.removed.contains(&one) {
                self.collection.removed.push(one);
            }
        }
        for variable in of.get("variable").and_then(Value::as_array).into_iter().flatten() {
            let name = ["key", "id"].into_iter().find_map(|key| variable.get(key)?.as_str());
            let (Some(name), Some(value)) = (name, variable.get("value")) else { continue };
            if credential::is_named_so(name) {
                let place = Place::Variable(credential::told(name));
                self.collection.removed.push(Removed { place, kind: CredentialKind::Key });
            } else {
                self.variables.insert(name.to_owned(), plain(value));
            }
        }
    }

    fn folder(&mut self, items: &[Value], before: &str, depth: usize) -> Result<(), PostmanError> {
        for item in items {
            let name = format!("{before}{}", name_of(item.get("name")));
            if let Some(items) = item.get("item").and_then(Value::as_array) {
                if depth == DEEPEST {
                    let why = "folders lie deeper in each other than twenty.";
                    self.collection.left_out.push(LeftOut::new("a folder", why));
                    continue;
                }
                self.of_all(item);
                self.folder(items, &format!("{name} / "), depth + 1)?;
            } else if let Some(request) = item.get("request") {
                if self.collection.requests.len() == MOST_REQUESTS {
                    return Err(PostmanError::TooMany);
                }
                let imported = self.request(item, request);
                self.collection.requests.push(Collected { name, imported });
            }
        }
        Ok(())
    }

    fn request(&self, item: &Value, request: &Value) -> Imported {
        let method = request.get("method").and_then(Value::as_str).unwrap_or("GET");
        let mut imported = Imported::new(Request::new(&method.to_ascii_uppercase(), ""));
        // A request may be its address alone.
        address::take(request.get("url").unwrap_or(request), &mut imported);
        headers(request.get("header"), &mut imported);
        if let Some(kind) = authentication(request) {
            imported.took_out(Removed { place: Place::Document, kind });
        }
        if let Some(body) = request.get("body") {
            body::take(body, &mut imported);
        }
        if has_scripts(item) {
            imported.leaves_out("scripts", SCRIPTS);
        }
        crate::curl::without_credentials(&mut imported);
        for name in crate::variables_of(&imported.request) {
            if let Some(value) = self.variables.get(&name) {
                imported.request.variables.entry(name).or_insert_with(|| value.clone());
            }
        }
        imported
    }
}

const SCRIPTS: &str = "nothing of a collection is run here; what they set has to be a variable.";

fn has_scripts(of: &Value) -> bool {
    let events = of.get("event").and_then(Value::as_array).into_iter().flatten();
    let lines = |event: &Value| match event.pointer("/script/exec") {
        Some(Value::Array(lines)) => lines.iter().any(|line| !plain(line).trim().is_empty()),
        Some(Value::String(text)) => !text.trim().is_empty(),
        _ => event.pointer("/script/src").is_some(),
    };
    events.into_iter().any(lines)
}

fn authentication(of: &Value) -> Option<CredentialKind> {
    match of.pointer("/auth/type")?.as_str()? {
        "noauth" => None,
        "basic" | "digest" | "ntlm" => Some(CredentialKind::Basic),
        "bearer" | "oauth2" | "jwt" => Some(CredentialKind::Bearer),
        "apikey" => Some(CredentialKind::Key),
        _ => Some(CredentialKind::Other),
    }
}

/// Headers: a list, or lines of a text as 2.0 had them.
fn headers(of: Option<&Value>, imported: &mut Imported) {
    let mut each = |name: &str, value: &str, on: bool| {
        let why = crate::curl::left_to_the_sender(name);
        if let (Some(why), true) = (why, on) {
            imported.leaves_out(format!("the header {}", credential::told(name)), why);
        } else if let Some(kind) = credential::of_header(name, value) {
            imported.took_out(Removed { place: Place::Header(credential::told(name)), kind });
        } else if why.is_none() && !name.is_empty() {
            imported.request.headers.push(Header { on, ..Header::new(name, value) });
        }
    };
    match of {
        Some(Value::Array(headers)) => {
            for header in headers {
                let text = |key: &str| header.get(key).map(plain).unwrap_or_default();
                each(text("key").trim(), text("value").trim(), is_on(header));
            }
        }
        Some(Value::String(lines)) => {
            for (name, value) in lines.lines().filter_map(|line| line.split_once(':')) {
                each(name.trim(), value.trim(), true);
            }
        }
        _ => {}
    }
}

fn is_on(of: &Value) -> bool {
    !of.get("disabled").and_then(Value::as_bool).unwrap_or(false)
}

/// What something is called.
fn name_of(of: Option<&Value>) -> String {
    line(of.and_then(Value::as_str).unwrap_or("Request"))
}

#[cfg(test)]
mod tests;
