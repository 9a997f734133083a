//! Requests out of texts: curl commands, `OpenAPI` documents, Postman collections. What authenticates is
//! taken out, and everything that is not taken over is told.

use std::fmt;

use keyturn_protocol::{ApiError, ErrorCode};
use keyturn_request::openapi::OpenApiError;
use keyturn_request::postman::PostmanError;
use keyturn_request::variables_of;
use keyturn_request::{Imported, LeftOut, Removed, Request, curl as command, openapi, postman};
use serde::Serialize;
use zeroize::Zeroizing;

use crate::agent::blocking;

/// A request that was read.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct ImportedView {
    /// The request, without what authenticated it.
    pub(crate) request: Request,
    /// What was taken out, in sentences.
    pub(crate) removed: Vec<String>,
    /// What was not taken over, in sentences.
    pub(crate) left_out: Vec<String>,
    /// The variables that have no value.
    pub(crate) variables: Vec<String>,
}

/// What a document describes.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct ImportedDocument {
    /// What it is.
    pub(crate) kind: DocumentKind,
    /// What it is called.
    pub(crate) title: Option<String>,
    /// Its requests.
    pub(crate) requests: Vec<ImportedRequest>,
    /// What of all was not taken over, in sentences.
    pub(crate) left_out: Vec<String>,
}

/// The kinds of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) enum DocumentKind {
    /// `OpenAPI` 3.0 or 3.1.
    Openapi,
    /// A Postman collection 2.0 or 2.1.
    Postman,
}

/// A request of a document.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct ImportedRequest {
    /// Its name.
    pub(crate) name: String,
    /// The folders that it lies in, the outermost first.
    pub(crate) folder: Vec<String>,
    /// The request.
    pub(crate) imported: ImportedView,
}

impl fmt::Debug for ImportedDocument {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ImportedDocument")
            .field("kind", &self.kind)
            .field("requests", &self.requests.len())
            .finish_non_exhaustive()
    }
}

/// Reads a curl command.
pub(crate) async fn curl(text: String) -> Result<ImportedView, ApiError> {
    let text = Zeroizing::new(text);
    blocking(move || command::import(&text).map(view).map_err(|error| refused(error.to_string())))
        .await
}

/// Reads a document. `base` is the address of the environment that its requests are for.
pub(crate) async fn document(
    text: String,
    base: Option<String>,
) -> Result<ImportedDocument, ApiError> {
    let text = Zeroizing::new(text);
    blocking(move || read(&text, base.as_deref().unwrap_or_default())).await
}

fn read(text: &str, base: &str) -> Result<ImportedDocument, ApiError> {
    match openapi::read(text, base) {
        Ok(described) => Ok(of_openapi(described, base)),
        Err(OpenApiError::NotOpenApi) => match postman::read(text) {
            Ok(collection) => Ok(of_postman(collection)),
            Err(PostmanError::NotACollection | PostmanError::NotReadable) => {
                Err(refused("this is neither OpenAPI 3 nor a Postman collection".to_owned()))
            }
            Err(error) => Err(refused(error.to_string())),
        },
        Err(error) => Err(refused(error.to_string())),
    }
}

fn of_openapi(described: openapi::Described, base: &str) -> ImportedDocument {
    let origin = origin_of(base);
    let requests = described.operations.into_iter().map(|operation| {
        let mut imported = view(operation.imported);
        // The host is the environment's by then: the path is what is composed and saved.
        if let Some(path) = imported.request.url.strip_prefix(origin) {
            imported.request.url = path.to_owned();
        }
        let folder = operation.folder.into_iter().collect();
        ImportedRequest { name: operation.name, folder, imported }
    });
    ImportedDocument {
        kind: DocumentKind::Openapi,
        title: Some(described.title).filter(|title| !title.is_empty()),
        requests: requests.collect(),
        left_out: sentences(&described.left_out),
    }
}

fn of_postman(collection: postman::Collection) -> ImportedDocument {
    let requests = collection.requests.into_iter().map(|collected| {
        let mut folder: Vec<_> = collected.name.split(" / ").map(str::to_owned).collect();
        let name = folder.pop().unwrap_or_default();
        ImportedRequest { name, folder, imported: view(collected.imported) }
    });
    let removed = collection.removed.iter().map(Removed::sentence);
    ImportedDocument {
        kind: DocumentKind::Postman,
        title: Some(collection.name).filter(|title| !title.is_empty()),
        requests: requests.collect(),
        left_out: removed.chain(sentences(&collection.left_out)).collect(),
    }
}

/// Scheme and host of an address.
fn origin_of(base: &str) -> &str {
    let host = base.find("://").map_or(0, |at| at + 3);
    let path = base.get(host..).and_then(|rest| rest.find('/')).map_or(base.len(), |at| host + at);
    base.get(..path).unwrap_or_default()
}

fn view(imported: Imported) -> ImportedView {
    let missing = |name: &String| !imported.request.variables.contains_key(name);
    ImportedView {
        variables: variables_of(&imported.request).into_iter().filter(missing).collect(),
        removed: imported.removed.iter().map(Removed::sentence).collect(),
        left_out: sentences(&imported.left_out),
        request: imported.request,
    }
}

fn sentences(left_out: &[LeftOut]) -> Vec<String> {
    left_out.iter().map(ToString::to_string).collect()
}

fn refused(message: String) -> ApiError {
    ApiError::new(ErrorCode::InvalidInput, message).hint("Nothing was taken over.")
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tauri::async_runtime;

    use super::*;

    #[test]
    fn a_curl_command_is_read_without_what_authenticates_it() {
        let command = "curl https://api.example/v1?a={{x}} -H 'Authorization: Bearer canary-7x9z' --compressed";
        let read = async_runtime::block_on(curl(command.to_owned())).unwrap();
        assert_eq!(read.request.url, "https://api.example/v1");
        assert_eq!(read.variables, ["x"]);
        assert_eq!(read.removed.len(), 1);
        let said = serde_json::to_string(&read).unwrap();
        assert!(!said.contains("canary"), "{said}");
    }

    #[test]
    fn a_document_is_known_by_what_it_says_and_its_requests_are_paths() {
        let paths = json!({"/orders/{id}": {"get": {"summary": "One order", "tags": ["Orders"]}}});
        let openapi =
            json!({"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": paths});
        let read = read(&openapi.to_string(), "https://api.example").unwrap();
        assert_eq!((read.kind, read.title.as_deref()), (DocumentKind::Openapi, Some("Shop")));
        let request = &read.requests[0];
        assert_eq!(
            (request.name.as_str(), &*request.folder),
            ("One order", &["Orders".to_owned()][..])
        );
        assert_eq!(request.imported.request.url, "/orders/{id}");
        assert_eq!(request.imported.variables, ["id"]);
    }

    #[test]
    fn a_collection_lies_in_its_folders() {
        let schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";
        let request =
            json!({"name": "List", "request": {"method": "GET", "url": "https://a.example/v1"}});
        let item = json!([{"name": "Orders", "item": [request]}]);
        let text = json!({"info": {"name": "Shop", "schema": schema}, "item": item}).to_string();
        let read = read(&text, "").unwrap();
        assert_eq!(read.kind, DocumentKind::Postman);
        assert_eq!(
            (read.requests[0].name.as_str(), &*read.requests[0].folder),
            ("List", &["Orders".to_owned()][..])
        );
    }

    #[test]
    fn what_is_neither_is_refused_in_words_that_repeat_nothing() {
        for text in ["", "canary: [", "{\"canary\": 1}", "[1, \"canary\"]"] {
            let error = read(text, "").err().unwrap();
            assert!(!format!("{error:?}").contains("canary"), "{text}: {error:?}");
            assert!(error.hint.is_some());
        }
    }
}
