//! The body of a request: JSON, another text, a form, parts with files, or a file's bytes.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use clap::Args;
use keyturn_protocol::ApiError;
use keyturn_protocol::calls::{PartContent, RequestBody, RequestPart};

use super::part;
use crate::failure::usage;
use crate::input::{body_from_stdin, file, text_from_stdin};
use crate::parse;

pub(super) const NOTHING_SENT: &str = "Nothing was sent.";

/// The flags that give a body; at most one kind.
#[derive(Debug, Args)]
pub(super) struct BodyFlags {
    /// Send JSON: a text, @FILE, or - for stdin
    #[arg(long, value_name = "BODY", conflicts_with_all = ["text", "form", "multipart", "body_file"])]
    json: Option<String>,

    /// Send any other text: a text, @FILE, or - for stdin
    #[arg(long, value_name = "BODY", conflicts_with_all = ["form", "multipart", "body_file"])]
    text: Option<String>,

    /// Send a form field; repeat for more
    #[arg(long, value_name = "K=V", conflicts_with_all = ["multipart", "body_file"])]
    form: Vec<String>,

    /// Send a multipart field, as curl writes them: K=V, a file as K=@FILE, a file's text as K=<FILE,
    /// with ;type=TYPE and ;filename=NAME behind it; repeat for more
    #[arg(long, value_name = "K=V", conflicts_with = "body_file")]
    multipart: Vec<String>,

    /// Send a file's bytes, or with - those of stdin
    #[arg(long, value_name = "FILE")]
    body_file: Option<PathBuf>,

    /// The media type of --text or --body-file
    #[arg(long, value_name = "TYPE", conflicts_with_all = ["json", "form", "multipart"])]
    content_type: Option<String>,
}

impl BodyFlags {
    /// The files that it names, in the order of its parts; those of other parts have none.
    pub(super) fn files(&self) -> Vec<Option<String>> {
        match &self.body_file {
            Some(path) => vec![Some(path.to_string_lossy().into_owned())],
            None => self.multipart.iter().map(|word| part::file_of(word)).collect(),
        }
    }

    /// Whether --body-file stands for standard input, which is not there a second time.
    pub(super) fn is_stdin(&self) -> bool {
        self.body_file.as_deref().is_some_and(|path| path == Path::new("-"))
    }

    /// Reads files and standard input: the agent reads no file that a caller names.
    pub(super) fn read(&self) -> Result<Option<RequestBody>, ApiError> {
        let content_type = self.content_type.clone();
        let body = if let Some(json) = &self.json {
            RequestBody::Json(read_json(json)?)
        } else if let Some(text) = &self.text {
            RequestBody::Text { text: read_text(text)?, content_type }
        } else if !self.form.is_empty() {
            RequestBody::Form(parse::pairs("--form", &self.form)?)
        } else if !self.multipart.is_empty() {
            let parts = self.multipart.iter().map(|word| part::read(word));
            let parts = parts.collect::<Result<Vec<_>, _>>()?;
            within_limit(&parts)?;
            RequestBody::Multipart(parts)
        } else if let Some(path) = &self.body_file {
            let base64 = if self.is_stdin() {
                BASE64_STANDARD.encode(&*body_from_stdin()?)
            } else {
                BASE64_STANDARD.encode(file::bytes(path, NOTHING_SENT)?)
            };
            RequestBody::Raw { base64, content_type }
        } else if content_type.is_some() {
            return Err(usage(
                "--content-type says of what type nothing is",
                "Give the body with --text or --body-file. Nothing was sent.",
            ));
        } else {
            return Ok(None);
        };
        Ok(Some(body))
    }
}

/// Each file was within the limit; together they may not be.
fn within_limit(parts: &[RequestPart]) -> Result<(), ApiError> {
    let length = |part: &RequestPart| match &part.content {
        PartContent::Text(text) => text.len(),
        PartContent::File { base64, .. } => base64.len() / 4 * 3,
    };
    if parts.iter().map(length).sum::<usize>() as u64 <= file::LARGEST {
        return Ok(());
    }
    Err(usage("the parts are larger than 10 MiB together", "Send fewer. Nothing was sent."))
}

fn read_text(word: &str) -> Result<String, ApiError> {
    match word.strip_prefix('@') {
        Some(file) => file::text(Path::new(file), NOTHING_SENT),
        None if word == "-" => text_from_stdin(),
        None => Ok(word.to_owned()),
    }
}

fn read_json(word: &str) -> Result<String, ApiError> {
    let text = read_text(word)?;
    match serde_json::from_str::<serde::de::IgnoredAny>(&text) {
        Ok(_) => Ok(text),
        Err(error) => Err(usage(
            format!("--json holds no JSON: line {}, column {}", error.line(), error.column()),
            "Nothing was sent. Use --text or --body-file to send it all the same.",
        )),
    }
}
