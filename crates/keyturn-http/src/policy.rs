//! The egress policy: which secret may go where, decided before a connection is opened.
//!
//! A request is built from three parts: the environment's origin, the profile's recipe, and what the
//! user wants. The recipe alone brings secrets along; the user's part must not bring any, neither in
//! the address nor in headers nor in the body, and must not overrule the recipe's headers.

use std::fmt;

use keyturn_core::{FieldName, SecretFields, SecretString};
use keyturn_providers::schema::recipe::Carried;
use keyturn_providers::{Profile, Recipe};
use keyturn_request::path::{has_dot_segment, has_empty_segment, normal};
use keyturn_request::{OF_CONNECTION, is_token};
use url::Url;

use crate::exchange::basic_credentials;
use crate::outgoing::{Body, Content, Outgoing, OutgoingHeader, Part, Value};
use crate::redact::occurs;
use crate::{Endpoint, PolicyError};

/// Headers that authenticate, whatever the recipe.
const AUTHENTICATING: [&str; 6] =
    ["authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "x-auth-token"];

/// What the user wants to send.
#[derive(Default)]
pub struct UserRequest {
    /// The HTTP method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The query.
    pub query: Vec<(String, String)>,
    /// Headers beside the recipe's.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: UserBody,
}

impl fmt::Debug for UserRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Path, query, headers and body may hold personal data.
        formatter.debug_struct("UserRequest").field("method", &self.method).finish_non_exhaustive()
    }
}

/// A body that the user wants to send.
#[derive(Default)]
pub enum UserBody {
    /// None.
    #[default]
    Empty,
    /// `application/x-www-form-urlencoded`.
    Form(Vec<(String, String)>),
    /// `multipart/form-data`.
    Multipart(Vec<UserPart>),
    /// Anything, as it is; JSON too.
    Bytes {
        /// Its media type.
        content_type: String,
        /// The bytes.
        bytes: Vec<u8>,
    },
}

/// One part of a multipart body that the user wants to send.
pub struct UserPart {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub content: UserContent,
    /// Its media type, where the user says one.
    pub content_type: Option<String>,
}

/// What such a part holds.
pub enum UserContent {
    /// A text.
    Text(String),
    /// A file.
    File {
        /// Its name, as the server is told.
        name: String,
        /// Its bytes.
        bytes: Vec<u8>,
    },
}

/// The most bytes that a body may have: 10 MiB, as many as an answer's.
pub const LARGEST_BODY: usize = 10 * 1024 * 1024;

impl UserBody {
    fn content_bytes(&self) -> usize {
        match self {
            Self::Empty => 0,
            Self::Form(pairs) => pairs.iter().map(|(key, value)| key.len() + value.len()).sum(),
            Self::Multipart(parts) => parts.iter().map(|part| part.content.bytes().len()).sum(),
            Self::Bytes { bytes, .. } => bytes.len(),
        }
    }

    /// The media types that the user gave.
    fn content_types(&self) -> Vec<&String> {
        match self {
            Self::Empty | Self::Form(_) => Vec::new(),
            Self::Multipart(parts) => {
                parts.iter().filter_map(|part| part.content_type.as_ref()).collect()
            }
            Self::Bytes { content_type, .. } => vec![content_type],
        }
    }
}

impl UserContent {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::File { bytes, .. } => bytes,
        }
    }
}

impl std::fmt::Debug for UserBody {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Empty => "none",
            Self::Form(_) => "form",
            Self::Multipart(_) => "multipart",
            Self::Bytes { .. } => "bytes",
        })
    }
}

/// Builds a request with a recipe, or says why it may not be sent.
pub fn build_request(
    profile: &Profile,
    recipe: &Recipe,
    endpoint: &Endpoint,
    token: Option<&SecretString>,
    secrets: &SecretFields,
    request: &UserRequest,
) -> Result<Outgoing, PolicyError> {
    let method = checked_method(&request.method)?;
    let path = checked_path(endpoint, &request.path)?;
    if let Some(never) = profile.never_calls(&path) {
        return Err(PolicyError::NeverCalled { path, reason: never.reason.clone() });
    }
    covered(profile, recipe, &path)?;
    // A server that takes `//` for `/`, or stops there, takes it for a path of another prefix.
    if has_empty_segment(&path) && !recipe.paths.iter().any(|prefix| prefix == "/") {
        return Err(PolicyError::EmptySegment { path });
    }
    no_secret_in_url(&path, &request.query, token, secrets)?;
    no_parameter_twice(recipe, &request.query)?;
    for (name, value) in &request.headers {
        checked_header(recipe, name, value)?;
        no_secret_by_hand(profile, &path, name.as_bytes(), token, secrets)?;
        no_secret_by_hand(profile, &path, value.as_bytes(), token, secrets)?;
    }
    checked_body(request)?;
    no_secret_in_body(profile, &path, &request.body, token, secrets)?;
    let body = body_of(&request.body);
    if !body.is_empty() && matches!(method.as_str(), "GET" | "HEAD") {
        return Err(PolicyError::BodyNotAllowed);
    }
    let mut headers = recipe_headers(recipe, token, secrets)?;
    // What is always the same gives way to what the user says of it: another version, for instance.
    let by_hand = |name: &str| request.headers.iter().any(|(n, _)| n.eq_ignore_ascii_case(name));
    headers.extend(recipe.fixed.iter().filter(|fixed| !by_hand(&fixed.name)).map(|fixed| {
        OutgoingHeader { name: fixed.name.clone(), value: Value::Open(fixed.value.clone()) }
    }));
    headers.extend(request.headers.iter().map(|(name, value)| OutgoingHeader {
        name: name.clone(),
        value: Value::Open(value.clone()),
    }));
    let query = request.query.clone();
    let secret_query = recipe_query(recipe, token, secrets)?;
    Ok(Outgoing { method, path, query, secret_query, headers, body })
}

/// The method as it is sent, if it is one that Keyturn sends.
pub fn checked_method(method: &str) -> Result<String, PolicyError> {
    let upper = method.to_ascii_uppercase();
    let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    if known.contains(&upper.as_str()) { Ok(upper) } else { Err(PolicyError::BadMethod) }
}

/// The path as it will be sent, so that what is checked is what the server sees. One with a segment that any
/// server may read as `.` or `..` is refused: it would lead out of what the recipe may be used for.
pub fn checked_path(endpoint: &Endpoint, path: &str) -> Result<String, PolicyError> {
    own_address(endpoint, path)?;
    let bad = |c: char| c.is_control() || matches!(c, '?' | '#' | '\\');
    if !path.starts_with('/') || path.starts_with("//") || path.contains(bad) {
        return Err(PolicyError::BadPath);
    }
    if has_dot_segment(path) {
        return Err(PolicyError::DotSegment);
    }
    Ok(normal(address(endpoint, path)?.path()))
}

/// Where a whole address was given instead of a path, it has to be the endpoint's own.
fn own_address(endpoint: &Endpoint, path: &str) -> Result<(), PolicyError> {
    let base = endpoint.base();
    let whole = if path.starts_with("//") { base.join(path) } else { Url::parse(path) };
    let Ok(url) = whole else { return Ok(()) };
    let place = |url: &Url| (url.host_str().map(str::to_owned), url.port_or_known_default());
    if url.scheme() == "http" && base.scheme() == "https" && url.host_str() == base.host_str() {
        return Err(PolicyError::PlainHttp);
    }
    if place(&url) == place(base) {
        return Ok(());
    }
    let host = url.host_str().unwrap_or_else(|| url.scheme());
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    Err(PolicyError::ForeignHost { host: format!("{host}{port}"), own: endpoint.host_and_port() })
}

/// The address of a path at the endpoint's origin; one that leaves it is refused.
pub(crate) fn address(endpoint: &Endpoint, path: &str) -> Result<Url, PolicyError> {
    let base = endpoint.base();
    let url = base.join(path).map_err(|_| PolicyError::BadPath)?;
    let plain = url.username().is_empty() && url.password().is_none();
    if url.origin() == base.origin() && plain { Ok(url) } else { Err(PolicyError::OtherOrigin) }
}

fn covered(profile: &Profile, recipe: &Recipe, path: &str) -> Result<(), PolicyError> {
    if recipe.covers(path) {
        return Ok(());
    }
    let reason = recipe.fields().find_map(|name| {
        let only_for = profile.field(name)?.only_for.clone()?;
        Some((name.clone(), only_for))
    });
    Err(match reason {
        Some((field, reason)) => {
            PolicyError::WrongEndpoint { field, path: path.to_owned(), reason }
        }
        None => PolicyError::PathNotCovered { recipe: recipe.name.clone(), path: path.to_owned() },
    })
}

/// Every secret with what it is called.
fn all<'a>(
    token: Option<&'a SecretString>,
    secrets: &'a SecretFields,
) -> impl Iterator<Item = (Option<&'a FieldName>, &'a SecretString)> {
    let fields = secrets.iter().map(|(name, secret)| (Some(name), secret));
    fields.chain(token.map(|token| (None, token)))
}

fn called(name: Option<&FieldName>) -> String {
    name.map_or_else(|| "token".to_owned(), ToString::to_string)
}

fn no_secret_in_url(
    path: &str,
    query: &[(String, String)],
    token: Option<&SecretString>,
    secrets: &SecretFields,
) -> Result<(), PolicyError> {
    for (name, secret) in all(token, secrets) {
        let texts = query.iter().flat_map(|(key, value)| [key.as_str(), value.as_str()]);
        if texts.chain([path]).any(|text| occurs(secret, text.as_bytes())) {
            return Err(PolicyError::SecretInUrl { field: called(name) });
        }
    }
    Ok(())
}

/// A parameter that stands there twice is read so by one server and otherwise by the next.
fn no_parameter_twice(recipe: &Recipe, query: &[(String, String)]) -> Result<(), PolicyError> {
    let taken = |name: &String| recipe.query.iter().any(|own| own.name == *name);
    match query.iter().map(|(name, _)| name).find(|name| taken(name)) {
        Some(name) => Err(PolicyError::QueryConflict { name: name.clone() }),
        None => Ok(()),
    }
}

fn no_secret_by_hand(
    profile: &Profile,
    path: &str,
    bytes: &[u8],
    token: Option<&SecretString>,
    secrets: &SecretFields,
) -> Result<(), PolicyError> {
    for (name, secret) in all(token, secrets) {
        if !occurs(secret, bytes) {
            continue;
        }
        let only_for = name.and_then(|name| profile.field(name)?.only_for.clone());
        return Err(match (name, only_for) {
            (Some(field), Some(reason)) => {
                PolicyError::WrongEndpoint { field: field.clone(), path: path.to_owned(), reason }
            }
            _ => PolicyError::SecretByHand { field: called(name) },
        });
    }
    Ok(())
}

/// What a body may be, whatever is in it.
fn checked_body(request: &UserRequest) -> Result<(), PolicyError> {
    let body = &request.body;
    if body.content_bytes() > LARGEST_BODY {
        return Err(PolicyError::BodyTooLarge(LARGEST_BODY));
    }
    let by_hand = request.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    if by_hand && matches!(body, UserBody::Multipart(_)) {
        return Err(PolicyError::BoundaryByHand);
    }
    // A line break would begin another header, of the request or of a part.
    body.content_types().into_iter().try_for_each(|content_type| {
        if content_type.contains('/') {
            sendable("content-type", content_type)
        } else {
            Err(PolicyError::BadMediaType)
        }
    })
}

fn no_secret_in_body(
    profile: &Profile,
    path: &str,
    body: &UserBody,
    token: Option<&SecretString>,
    secrets: &SecretFields,
) -> Result<(), PolicyError> {
    match body {
        UserBody::Empty => Ok(()),
        UserBody::Bytes { content_type, bytes } => {
            no_secret_by_hand(profile, path, content_type.as_bytes(), token, secrets)?;
            no_secret_by_hand(profile, path, bytes, token, secrets)
        }
        UserBody::Form(pairs) => pairs.iter().try_for_each(|(key, value)| {
            no_secret_by_hand(profile, path, key.as_bytes(), token, secrets)?;
            no_secret_by_hand(profile, path, value.as_bytes(), token, secrets)
        }),
        UserBody::Multipart(parts) => parts.iter().try_for_each(|part| {
            let file_name = match &part.content {
                UserContent::Text(_) => "",
                UserContent::File { name, .. } => name,
            };
            let content_type = part.content_type.as_deref().unwrap_or_default();
            [
                part.name.as_bytes(),
                part.content.bytes(),
                file_name.as_bytes(),
                content_type.as_bytes(),
            ]
            .into_iter()
            .try_for_each(|bytes| no_secret_by_hand(profile, path, bytes, token, secrets))
        }),
    }
}

fn checked_header(recipe: &Recipe, name: &str, value: &str) -> Result<(), PolicyError> {
    let lower = name.to_ascii_lowercase();
    if lower.is_empty() || !lower.chars().all(is_token) {
        return Err(PolicyError::BadHeaderName);
    }
    let own = recipe.headers.iter().any(|header| header.name.eq_ignore_ascii_case(name));
    if own || AUTHENTICATING.contains(&lower.as_str()) {
        return Err(PolicyError::HeaderConflict { name: name.to_owned() });
    }
    if OF_CONNECTION.contains(&lower.as_str()) {
        return Err(PolicyError::ReservedHeader { name: name.to_owned() });
    }
    sendable(name, value)
}

/// A line break in a header's value would begin another header.
fn sendable(name: &str, value: &str) -> Result<(), PolicyError> {
    if value.chars().any(|c| c.is_control() && c != '\t') {
        return Err(PolicyError::BadHeaderValue { name: name.to_owned() });
    }
    Ok(())
}

fn recipe_headers(
    recipe: &Recipe,
    token: Option<&SecretString>,
    secrets: &SecretFields,
) -> Result<Vec<OutgoingHeader>, PolicyError> {
    let headers = recipe.headers.iter().map(|header| {
        let secret = carried(&header.carries, token, secrets)?;
        let scheme = header.scheme.as_deref();
        match &header.basic_user {
            None => secret_header(&header.name, scheme, secret),
            Some(user) => secret_header(&header.name, scheme, &basic_credentials(user, secret)),
        }
    });
    headers.collect()
}

/// The secrets that a recipe puts into the query.
fn recipe_query(
    recipe: &Recipe,
    token: Option<&SecretString>,
    secrets: &SecretFields,
) -> Result<Vec<(String, SecretString)>, PolicyError> {
    let parameters = recipe.query.iter().map(|parameter| {
        let secret = carried(&parameter.carries, token, secrets)?;
        Ok((parameter.name.clone(), secret.duplicate()))
    });
    parameters.collect()
}

/// The secret that a recipe names.
fn carried<'a>(
    carries: &Carried,
    token: Option<&'a SecretString>,
    secrets: &'a SecretFields,
) -> Result<&'a SecretString, PolicyError> {
    match carries {
        Carried::Token => token.ok_or(PolicyError::NoToken),
        Carried::Field(field) => {
            secrets.get(field).ok_or_else(|| PolicyError::NoField { field: field.clone() })
        }
    }
}

/// A header that carries a secret, e.g. `Authorization: Bearer …`.
pub(crate) fn secret_header(
    name: &str,
    scheme: Option<&str>,
    secret: &SecretString,
) -> Result<OutgoingHeader, PolicyError> {
    sendable(name, secret.expose())?;
    let value = match scheme {
        Some(scheme) => SecretString::new(format!("{scheme} {}", secret.expose())),
        None => secret.duplicate(),
    };
    Ok(OutgoingHeader { name: name.to_owned(), value: Value::Secret(value) })
}

fn body_of(body: &UserBody) -> Body {
    let open = |value: &String| Value::Open(value.clone());
    match body {
        UserBody::Empty => Body::Empty,
        UserBody::Form(pairs) => {
            Body::Form(pairs.iter().map(|(key, value)| (key.clone(), open(value))).collect())
        }
        UserBody::Multipart(parts) => {
            let part = |part: &UserPart| Part {
                name: part.name.clone(),
                content: match &part.content {
                    UserContent::Text(text) => Content::Text(open(text)),
                    UserContent::File { name, bytes } => Content::File {
                        name: name.clone(),
                        bytes: keyturn_core::Secret::new(bytes.clone()),
                    },
                },
                content_type: part.content_type.clone(),
            };
            Body::Multipart(parts.iter().map(part).collect())
        }
        UserBody::Bytes { content_type, bytes } => Body::Bytes {
            content_type: content_type.clone(),
            bytes: keyturn_core::Secret::new(bytes.clone()),
        },
    }
}

#[cfg(test)]
mod tests;
