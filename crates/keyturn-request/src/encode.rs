//! What is sent for a request, to the byte.

use thiserror::Error;
use url::Url;

use crate::fill::Filled;
use crate::value::{Body, Header};
use crate::{multipart, percent};

/// Headers that belong to the connection, which whoever sends makes.
pub const OF_CONNECTION: [&str; 10] = [
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "keep-alive",
    "upgrade",
    "te",
    "trailer",
    "expect",
    "proxy-connection",
];

/// A request as it is sent, without the headers that belong to the connection.
pub struct Encoded {
    /// The method.
    pub method: String,
    /// Scheme, host and port.
    pub origin: String,
    /// Path and query.
    pub target: String,
    /// The headers, the body's content type among them.
    pub headers: Vec<(String, String)>,
    /// The body; `None` where there is none, which is another thing than an empty one.
    pub body: Option<Vec<u8>>,
}

impl std::fmt::Debug for Encoded {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        let mut said = formatter.debug_struct("Encoded");
        said.field("method", &self.method).field("headers", &names).finish_non_exhaustive()
    }
}

/// Says why a request cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EncodeError {
    /// The address is none of HTTP.
    #[error("the address is not one of http or https with a host")]
    Address,
    /// The method has characters that no method has.
    #[error("the method has a character that no method has")]
    Method,
    /// A header could not be sent.
    #[error("the header {name} has a character that no header has")]
    Header {
        /// Its name.
        name: String,
    },
    /// A file could not be read.
    #[error("the file {path} could not be read")]
    File {
        /// Where it should lie.
        path: String,
    },
    /// The boundary occurs in what it should part.
    #[error("the body has its own boundary in it; try again")]
    Boundary,
}

/// Makes the bytes of a request. The boundary parts a multipart body and is made at random; a file is
/// read by the caller.
pub fn encode(
    filled: &Filled,
    boundary: &str,
    read_file: &mut dyn FnMut(&str) -> Option<Vec<u8>>,
) -> Result<Encoded, EncodeError> {
    let request = filled.request();
    let url = checked_headers(filled)?;
    let query = percent::mended(&percent::written(&request.query, percent::Of::Query));
    let sign = if query.is_empty() { "" } else { "?" };
    let mut headers = Header::sent(&request.headers);
    let (content_type, body) = match &request.body {
        Body::None => (None, None),
        Body::Json { text } => (Some("application/json".to_owned()), Some(text.clone().into())),
        Body::Form { fields } => {
            let written = percent::written(fields, percent::Of::Form);
            (Some("application/x-www-form-urlencoded".to_owned()), Some(written.into()))
        }
        Body::Text { content_type, text } => (content_type.clone(), Some(text.clone().into())),
        Body::File { path, content_type } => {
            let bytes = read_file(path).ok_or_else(|| EncodeError::File { path: path.clone() })?;
            (content_type.clone(), Some(bytes))
        }
        Body::Multipart { parts } => {
            let written = multipart::body(parts, boundary, read_file)?;
            (Some(format!("multipart/form-data; boundary={boundary}")), Some(written))
        }
    };
    if let Some(content_type) = content_type.filter(|_| request.header("content-type").is_none()) {
        headers.push(("Content-Type".to_owned(), content_type));
    }
    Ok(Encoded {
        method: request.method.clone(),
        origin: url.origin().ascii_serialization(),
        target: format!("{}{sign}{query}", url.path()),
        headers,
        body,
    })
}

/// Checks that method, address and headers can be sent as they are; gives the address.
pub(crate) fn checked_headers(filled: &Filled) -> Result<Url, EncodeError> {
    let request = filled.request();
    if request.method.is_empty() || !request.method.chars().all(is_token) {
        return Err(EncodeError::Method);
    }
    let url = Url::parse(&percent::mended(&request.url)).map_err(|_| EncodeError::Address)?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err(EncodeError::Address);
    }
    let of_control = |value: &str| value.chars().any(|c| c.is_control() && c != '\t');
    for header in request.headers.iter().filter(|header| header.on) {
        let named = !header.name.is_empty() && header.name.chars().all(is_token);
        if !named || of_control(&header.value) {
            return Err(EncodeError::Header { name: crate::credential::told(&header.name) });
        }
    }
    let own_type = match &request.body {
        Body::Text { content_type, .. } | Body::File { content_type, .. } => {
            content_type.as_deref()
        }
        _ => None,
    };
    if own_type.is_some_and(of_control) {
        return Err(EncodeError::Header { name: "Content-Type".to_owned() });
    }
    Ok(url)
}

/// Whether a character may stand in a method or a header's name (RFC 9110, section 5.6.2).
#[must_use]
pub fn is_token(character: char) -> bool {
    character.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(character)
}
