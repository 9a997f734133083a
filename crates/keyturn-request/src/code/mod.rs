//! A request as code: commands and programs that read their credential from the environment. No form can
//! hold a secret, since none is given to it (acceptance X9).
//!
//! A file a form. What a form cannot say is refused in words, and never written otherwise than it is.

mod curl;
mod entry;
mod httpie;
mod javascript;
mod python;
mod shell;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::encode::{EncodeError, checked_headers};
use crate::fill::Filled;
use crate::percent;
use crate::value::{Body, Header};

pub use curl::{curl_lines, curl_private};
pub use shell::{Word, word};

/// How a provider takes its credential: by which header or parameter, read from which variable of the
/// environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Carrier {
    /// A header.
    Header {
        /// Its name.
        name: String,
        /// The word before the value.
        scheme: Option<String>,
        /// The variable.
        variable: String,
    },
    /// A user name and a password in base64.
    Basic {
        /// The header's name.
        name: String,
        /// The variable of the user name.
        user: String,
        /// The variable of the password.
        variable: String,
    },
    /// A parameter of the query.
    Query {
        /// Its name.
        name: String,
        /// The variable.
        variable: String,
    },
}

/// A form of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeForm {
    /// A cURL command.
    Curl,
    /// An `HTTPie` command.
    Httpie,
    /// Python with requests.
    Python,
    /// JavaScript with fetch, on a server.
    Javascript,
}

/// Code, with what to think of where it would run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The text.
    pub text: String,
    /// Why to think twice (acceptance X6).
    pub warning: Option<&'static str>,
}

/// What is said of code that would also run in a browser.
pub const BROWSER_WARNING: &str = "Run this on a server alone: what runs in a browser or on a phone gives its credential to everybody who has it.";

/// Says why a request cannot be said in a form.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CodeError {
    /// It could not be sent either.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// The form has no way of saying it.
    #[error("{form} has no way to say {what}")]
    Unsayable {
        /// The form.
        form: &'static str,
        /// What.
        what: &'static str,
    },
}

/// Writes a request as code.
pub fn code(filled: &Filled, carriers: &[Carrier], form: CodeForm) -> Result<Code, CodeError> {
    checked_headers(filled)?;
    let (text, warning) = match form {
        CodeForm::Curl => (curl::with_variables(filled, carriers)?.join(" \\\n  "), None),
        CodeForm::Httpie => (httpie::words(filled, carriers)?.join(" "), None),
        CodeForm::Python => (python::lines(filled, carriers)?.join("\n"), None),
        CodeForm::Javascript => {
            (javascript::lines(filled, carriers)?.join("\n"), Some(BROWSER_WARNING))
        }
    };
    Ok(Code { text, warning })
}

/// A text as a JSON, Python or JavaScript literal; what JSON escapes, the others read alike.
#[must_use]
pub fn literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// What every form needs of a body.
enum Written {
    None,
    Text(String),
    File(String),
    Parts,
}

/// The headers with the body's own, those of one name together, and the body.
fn headers_and_body(filled: &Filled) -> (Vec<(String, String)>, Written) {
    let request = filled.request();
    let mut headers = Header::sent(&request.headers);
    let (content_type, written) = match &request.body {
        Body::None => (None, Written::None),
        Body::Json { text } => (Some("application/json"), Written::Text(text.clone())),
        Body::Form { fields } => (
            Some("application/x-www-form-urlencoded"),
            Written::Text(percent::written(fields, percent::Of::Form)),
        ),
        Body::Text { content_type, text } => (content_type.as_deref(), Written::Text(text.clone())),
        Body::File { path, content_type } => (content_type.as_deref(), Written::File(path.clone())),
        Body::Multipart { .. } => (None, Written::Parts),
    };
    if let Some(content_type) = content_type.filter(|_| request.header("content-type").is_none()) {
        headers.push(("Content-Type".to_owned(), content_type.to_owned()));
    }
    (headers, written)
}

/// Headers of one name as one, where a form has only one: HTTP reads both alike (RFC 9110, section 5.3).
fn joined(headers: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut joined: Vec<(String, String)> = Vec::with_capacity(headers.len());
    for (name, value) in headers {
        match joined.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(&name)) {
            Some((_, known)) => {
                known.push_str(", ");
                known.push_str(&value);
            }
            None => joined.push((name, value)),
        }
    }
    joined
}
