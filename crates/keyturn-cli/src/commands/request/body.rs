//! The body of a request: JSON, a form, text fields as multipart, or a file's bytes.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use clap::Args;
use keyturn_protocol::ApiError;
use keyturn_protocol::calls::RequestBody;

use crate::failure::usage;
use crate::input::{file, text_from_stdin};
use crate::parse;

const NOTHING_SENT: &str = "Nothing was sent.";

/// The flags that give a body; at most one kind.
#[derive(Debug, Args)]
pub(super) struct BodyFlags {
    /// Send JSON: a text, @FILE, or - for stdin
    #[arg(long, value_name = "BODY", conflicts_with_all = ["form", "multipart", "body_file"])]
    json: Option<String>,

    /// Send a form field; repeat for more
    #[arg(long, value_name = "K=V", conflicts_with_all = ["multipart", "body_file"])]
    form: Vec<String>,

    /// Send a multipart field; repeat for more
    #[arg(long, value_name = "K=V", conflicts_with = "body_file")]
    multipart: Vec<String>,

    /// Send a file's bytes
    #[arg(long, value_name = "FILE")]
    body_file: Option<PathBuf>,
}

/// A body that was read; it may be sent twice, when the first time asked for a confirmation.
pub(super) enum Body {
    None,
    Json(String),
    Form(Vec<(String, String)>),
    Multipart(Vec<(String, String)>),
    Raw(String),
}

impl BodyFlags {
    /// Reads files and standard input.
    pub(super) fn read(&self) -> Result<Body, ApiError> {
        if let Some(json) = &self.json {
            return Ok(Body::Json(read_json(json)?));
        }
        if !self.form.is_empty() {
            return parse::pairs("--form", &self.form).map(Body::Form);
        }
        if !self.multipart.is_empty() {
            return parse::pairs("--multipart", &self.multipart).map(Body::Multipart);
        }
        match &self.body_file {
            None => Ok(Body::None),
            Some(file) => Ok(Body::Raw(BASE64_STANDARD.encode(file::bytes(file, NOTHING_SENT)?))),
        }
    }
}

impl Body {
    /// The body for the agent.
    pub(super) fn request(&self) -> Option<RequestBody> {
        match self {
            Self::None => None,
            Self::Json(text) => Some(RequestBody::Json(text.clone())),
            Self::Form(fields) => Some(RequestBody::Form(fields.clone())),
            Self::Multipart(fields) => Some(RequestBody::Multipart(fields.clone())),
            Self::Raw(text) => Some(RequestBody::Raw(text.clone())),
        }
    }
}

fn read_json(word: &str) -> Result<String, ApiError> {
    let text = match word.strip_prefix('@') {
        Some(file) => file::text(Path::new(file), NOTHING_SENT)?,
        None if word == "-" => text_from_stdin()?,
        None => word.to_owned(),
    };
    match serde_json::from_str::<serde::de::IgnoredAny>(&text) {
        Ok(_) => Ok(text),
        Err(error) => Err(usage(
            format!("--json holds no JSON: line {}, column {}", error.line(), error.column()),
            "Nothing was sent. Use --body-file to send it all the same.",
        )),
    }
}
