//! Documents of `OpenAPI` 3.0 and 3.1, in JSON or YAML: each operation as a request with variables.
//!
//! Read as plain JSON: openapiv3 is made for 3.0 alone and oas3 for 3.1 alone, and both are typed throughout,
//! where a slip far from what is needed costs the whole document. What is needed is paths, parameters and
//! an example of the body. References within the document are followed, others never fetched.

mod body;
mod document;
mod example;
mod parameters;

use serde_json::Value;
use thiserror::Error;

use crate::document::line;
use crate::imported::{Imported, LeftOut};
use crate::value::Request;
use document::Document;

/// The longest document that is read, in bytes.
pub const LONGEST_DOCUMENT: usize = 10 * 1024 * 1024;

/// The most operations that one has.
pub const MOST_OPERATIONS: usize = 5_000;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// What a document describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// What the API is called.
    pub title: String,
    /// Its operations, by their paths.
    pub operations: Vec<Operation>,
    /// What of the document was not taken over.
    pub left_out: Vec<LeftOut>,
}

/// One operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its name: the summary, or else method and path.
    pub name: String,
    /// What it is filed under.
    pub folder: Option<String>,
    /// The request.
    pub imported: Imported,
}

/// Says why a document was not read. Nothing of it is repeated.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OpenApiError {
    /// It is longer than documents are.
    #[error("the document is longer than 10 MB")]
    TooLong,
    /// It is neither JSON nor YAML.
    #[error("the document is neither JSON nor YAML that could be read")]
    NotReadable,
    /// It is something else.
    #[error("the document does not say that it is OpenAPI 3")]
    NotOpenApi,
    /// It is of an older version.
    #[error("the document is of Swagger 2; converters of others make OpenAPI 3 of it")]
    Older,
    /// It has more operations than anybody looks through.
    #[error("the document has more than {MOST_OPERATIONS} operations")]
    TooMany,
}

/// Reads a document. `base` is the address of the credential's environment: requests go there, whatever
/// servers the document names.
pub fn read(text: &str, base: &str) -> Result<Described, OpenApiError> {
    let root = parsed(text)?;
    if root.get("swagger").is_some() {
        return Err(OpenApiError::Older);
    }
    let version = root.get("openapi").map(version).unwrap_or_default();
    if !version.starts_with("3.") {
        return Err(OpenApiError::NotOpenApi);
    }
    let document = Document::new(&root);
    let mut left_out = Vec::new();
    let prefix = document::server_path(&root, base, &mut left_out);
    let title = root.pointer("/info/title").and_then(Value::as_str).unwrap_or("API");
    let mut described = Described { title: line(title), operations: Vec::new(), left_out };
    let mut found = Vec::new();
    for (path, item) in root.get("paths").and_then(Value::as_object).into_iter().flatten() {
        let Some(item) = document.resolved(item, &mut described.left_out) else { continue };
        let operations = METHODS.into_iter().filter_map(|method| {
            let operation = item.get(method).filter(|operation| operation.is_object())?;
            Some((path, item, method, operation))
        });
        found.extend(operations);
        // Before any of them is read, which takes its time.
        if found.len() > MOST_OPERATIONS {
            return Err(OpenApiError::TooMany);
        }
    }
    for (path, item, method, operation) in found {
        let address = format!("{}{prefix}{}", base.trim_end_matches('/'), parameters::path(path));
        let mut imported = Imported::new(Request::new(&method.to_ascii_uppercase(), &address));
        parameters::take(&document, item, operation, &mut imported);
        body::take(&document, operation, &mut imported);
        crate::curl::without_credentials(&mut imported);
        let said =
            ["summary", "operationId"].into_iter().find_map(|key| operation.get(key)?.as_str());
        let name = said.map_or_else(|| format!("{} {path}", method.to_ascii_uppercase()), line);
        let folder = operation.pointer("/tags/0").and_then(Value::as_str).map(line);
        described.operations.push(Operation { name, folder, imported });
    }
    Ok(described)
}

fn parsed(text: &str) -> Result<Value, OpenApiError> {
    if text.len() > LONGEST_DOCUMENT {
        return Err(OpenApiError::TooLong);
    }
    let text = text.trim_start_matches('\u{feff}');
    // YAML is read more slowly, and takes no tab between JSON's members.
    if text.trim_start().starts_with('{')
        && let Ok(root) = serde_json::from_str(text)
    {
        return Ok(root);
    }
    // As many values as ten megabytes of it have; what aliases repeat counts against limits of its own.
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_nodes: 2_000_000, max_events: 6_000_000 },
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: 100_000 },
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|_| OpenApiError::NotReadable)
}

/// A version; YAML makes a number of `3.1`.
fn version(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests;
