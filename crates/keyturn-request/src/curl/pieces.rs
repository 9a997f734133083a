//! The pieces of a body: `-d`, `--data-binary`, `--data-urlencode`, `--json` and their like.

use super::error::CurlError;
use crate::imported::Imported;
use crate::value::{Body, Header, Part};
use crate::{multipart, percent};

pub(super) const FORM: &str = "application/x-www-form-urlencoded";
pub(super) const JSON: &str = "application/json";

/// A piece of a body.
pub(super) enum Piece {
    Text {
        text: String,
        /// Whether it follows the one before without an `&`.
        joined: bool,
    },
    File {
        path: String,
        /// Whether curl takes line breaks out of it.
        stripped: bool,
    },
}

/// The piece that an option's value is.
pub(super) fn piece(option: &str, value: &str) -> Result<Piece, CurlError> {
    let text = |text: String| Ok(Piece::Text { text, joined: false });
    if option == "data-raw" {
        return text(value.to_owned());
    }
    if option == "data-urlencode" || option == "url-query" {
        return text(url_encoded(value)?);
    }
    match value.strip_prefix('@') {
        Some("-") => Err(CurlError::BodyFromInput),
        Some(path) => {
            let stripped = matches!(option, "data" | "data-ascii");
            Ok(Piece::File { path: path.to_owned(), stripped })
        }
        None => Ok(Piece::Text { text: value.to_owned(), joined: option == "json" }),
    }
}

/// `text`, `=text`, `name=text`; what comes from a file is not known here.
fn url_encoded(value: &str) -> Result<String, CurlError> {
    let encoded = |text: &str| {
        // A variable's value is not known yet, and encoded where it is put in.
        percent::Of::Form.encode(text).replace("%7B%7B", "{{").replace("%7D%7D", "}}")
    };
    match value.find(['=', '@']).map(|at| value.split_at(at)) {
        Some((_, rest)) if rest.starts_with('@') => Err(CurlError::JoinedBody),
        Some(("", rest)) => Ok(encoded(rest.trim_start_matches('='))),
        Some((name, rest)) => {
            Ok(format!("{name}={}", encoded(rest.strip_prefix('=').unwrap_or(rest))))
        }
        None => Ok(encoded(value)),
    }
}

/// All pieces as one text.
pub(super) fn joined(pieces: &[Piece]) -> Result<String, CurlError> {
    let mut whole = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Text { text, joined } = piece else { return Err(CurlError::JoinedBody) };
        if at > 0 && !joined {
            whole.push('&');
        }
        whole.push_str(text);
    }
    Ok(whole)
}

/// The body that the pieces are, under a content type.
pub(super) fn body(
    pieces: &[Piece],
    content_type: Option<String>,
    imported: &mut Imported,
) -> Result<Body, CurlError> {
    if let [Piece::File { path, stripped }] = pieces {
        if *stripped {
            imported.leaves_out(
                "line breaks in the body's file",
                "curl takes them out with --data; the file is sent as it is.",
            );
        }
        return Ok(Body::File { path: path.clone(), content_type });
    }
    let text = joined(pieces)?;
    let Some(content_type) = content_type else {
        return Ok(Body::Text { content_type: None, text });
    };
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (body, usual) = if kind == FORM && is_form(&text) {
        (Body::Form { fields: percent::params(&text, percent::Of::Form) }, FORM)
    } else if kind == JSON || kind.ends_with("+json") {
        (Body::Json { text }, JSON)
    } else if let Some(parts) = parts(&kind, &content_type, &text) {
        return Ok(Body::Multipart { parts });
    } else {
        return Ok(Body::Text { content_type: Some(content_type), text });
    };
    if content_type != usual {
        // With its charset, or as a kind of JSON.
        imported.request.headers.push(Header::new("Content-Type", &content_type));
    }
    Ok(body)
}

/// The parts of a form that a browser wrote down as one text.
fn parts(kind: &str, content_type: &str, text: &str) -> Option<Vec<Part>> {
    let (_, boundary) = content_type.split_once("boundary=")?;
    let boundary = boundary.split(';').next().unwrap_or(boundary).trim().trim_matches('"');
    (kind == "multipart/form-data").then(|| multipart::parts(text, boundary)).flatten()
}

/// Whether a text that is sent as a form is one: documentation sends JSON like that, too.
fn is_form(text: &str) -> bool {
    let bare = text.trim_start();
    !bare.starts_with(['{', '[', '<', '"']) || bare.starts_with("{{")
}
