//! `request --from-curl`: a request out of a curl command, without the credential in it.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use keyturn_protocol::ApiError;
use keyturn_protocol::calls::{PartContent, RequestBody, RequestPart};
use keyturn_request::{Body, Content, Filled, Param, Part, Variables, curl, fill};
use zeroize::Zeroizing;

use super::body::NOTHING_SENT;
use crate::context::Context;
use crate::failure::usage;
use crate::input::{file, text_from_stdin};
use crate::parse;

/// What a command asks for.
pub(super) struct Pasted {
    /// The method.
    pub(super) method: String,
    /// Host and path, `//HOST/PATH`: the scheme is the environment's.
    pub(super) address: String,
    /// The path.
    pub(super) path: String,
    /// The query.
    pub(super) query: Vec<(String, String)>,
    /// The headers.
    pub(super) headers: Vec<(String, String)>,
    /// The body, its files read.
    pub(super) body: Option<RequestBody>,
    /// The files of the body, in the order of its parts.
    pub(super) files: Vec<Option<String>>,
}

/// Reads a command, and tells what was taken out of it and what was not taken over.
pub(super) fn read(
    context: &Context,
    from: &Path,
    variables: &[String],
) -> Result<Pasted, ApiError> {
    let text =
        if from == Path::new("-") { text_from_stdin()? } else { file::text(from, NOTHING_SENT)? };
    let text = Zeroizing::new(text);
    let imported = curl::import(&text).map_err(|error| usage(error.to_string(), NOTHING_SENT))?;
    for removed in &imported.removed {
        context.output.note("taken out", &removed.sentence());
    }
    for left_out in &imported.left_out {
        context.output.note("left out", &left_out.to_string());
    }
    let given: Variables = parse::pairs("--variable", variables)?.into_iter().collect();
    let filled = fill(&imported.request, &given).map_err(|missing| {
        usage(missing.to_string(), "Give each with --variable NAME=VALUE. Nothing was sent.")
    })?;
    pasted(&filled)
}

fn pasted(filled: &Filled) -> Result<Pasted, ApiError> {
    let address = filled.address();
    let address = address.split('?').next().unwrap_or_default();
    let Some((_, rest)) = address.split_once("://") else {
        return Err(usage("the command's address has no host", NOTHING_SENT));
    };
    let path = rest.find('/').map_or("/", |at| rest.get(at..).unwrap_or("/"));
    let request = filled.request();
    let mut headers: Vec<_> = request
        .headers
        .iter()
        .filter(|header| header.on)
        .map(|header| (header.name.clone(), header.value.clone()))
        .collect();
    let (body, files) = body(&request.body, &mut headers)?;
    Ok(Pasted {
        method: request.method.to_uppercase(),
        address: format!("//{rest}"),
        path: path.to_owned(),
        query: pairs(&request.query),
        headers,
        body,
        files,
    })
}

fn pairs(params: &[Param]) -> Vec<(String, String)> {
    params.iter().filter(|param| param.on).map(Param::read).collect()
}

type Files = Vec<Option<String>>;

/// The body, and the files in it. What a header says of its type is the body's own to say.
fn body(
    body: &Body,
    headers: &mut Vec<(String, String)>,
) -> Result<(Option<RequestBody>, Files), ApiError> {
    let is_type = |header: &(String, String)| header.0.eq_ignore_ascii_case("content-type");
    Ok(match body {
        Body::None => (None, Vec::new()),
        Body::Json { text } => {
            let said = headers.iter().position(is_type).map(|at| headers.remove(at).1);
            let body = match said {
                None => RequestBody::Json(text.clone()),
                said => RequestBody::Text { text: text.clone(), content_type: said },
            };
            (Some(body), Vec::new())
        }
        Body::Form { fields } => (Some(RequestBody::Form(pairs(fields))), Vec::new()),
        Body::Text { text, content_type } => {
            let body = RequestBody::Text { text: text.clone(), content_type: content_type.clone() };
            (Some(body), Vec::new())
        }
        Body::File { path, content_type } => {
            let base64 = base64_of(path)?;
            let body = RequestBody::Raw { base64, content_type: content_type.clone() };
            (Some(body), vec![Some(path.clone())])
        }
        Body::Multipart { parts } => {
            let sent = || parts.iter().filter(|part| part.on);
            let read = sent().map(part).collect::<Result<_, _>>()?;
            let files = sent().map(file_of).collect();
            (Some(RequestBody::Multipart(read)), files)
        }
    })
}

fn part(part: &Part) -> Result<RequestPart, ApiError> {
    let content = match &part.content {
        Content::Text { text } => PartContent::Text(text.clone()),
        Content::File { path, file_name: None } => {
            PartContent::Text(file::text(Path::new(path), NOTHING_SENT)?)
        }
        Content::File { path, file_name: Some(name) } => {
            PartContent::File { name: name.clone(), base64: base64_of(path)? }
        }
    };
    Ok(RequestPart { name: part.name.clone(), content, content_type: part.content_type.clone() })
}

fn file_of(part: &Part) -> Option<String> {
    match &part.content {
        Content::File { path, file_name: Some(_) } => Some(path.clone()),
        _ => None,
    }
}

fn base64_of(path: &str) -> Result<String, ApiError> {
    Ok(BASE64_STANDARD.encode(file::bytes(&PathBuf::from(path), NOTHING_SENT)?))
}
