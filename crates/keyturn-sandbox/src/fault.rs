//! Answers that no document shows: what a client must survive.

use std::convert::Infallible;
use std::io;

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use futures_util::{StreamExt as _, stream};
use serde::{Deserialize, Serialize};

/// What happens to the next answers of a provider instead of what should.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Strikes requests of this path only.
    #[serde(default)]
    pub path: Option<String>,
    /// How many answers it strikes.
    #[serde(default = "once")]
    pub times: u32,
    /// How long the answer is held back.
    #[serde(default)]
    pub delay_ms: u64,
    /// What it does.
    #[serde(flatten)]
    pub kind: FaultKind,
}

const fn once() -> u32 {
    1
}

/// What a [`Fault`] does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FaultKind {
    /// The proper answer, only late.
    Late,
    /// This answer.
    Answer {
        /// Its status.
        status: u16,
        /// Its headers.
        #[serde(default)]
        headers: Vec<(String, String)>,
        /// Its body.
        #[serde(default)]
        body: String,
    },
    /// 200, "application/json" and these bytes, which may be no text.
    Bytes {
        /// The body.
        body: Vec<u8>,
    },
    /// 200 and JSON that breaks off in the middle, less than its `Content-Length`.
    Truncated,
    /// 200 and a web page.
    NotJson,
    /// 200 and JSON that goes on for this many bytes within one string.
    EndlessBody {
        /// How many.
        bytes: u64,
    },
    /// The request is taken, and no answer ever comes.
    Hang,
    /// A redirect.
    Redirect {
        /// Its status.
        status: u16,
        /// Where to.
        location: String,
    },
    /// A token is issued whose end is told neither beside it nor in it.
    NoExpiry,
    /// A token is issued that ended an hour ago by what is told of it.
    ExpiryInPast,
    /// 200 and `{}`, where a token is expected.
    NoToken,
}

/// What a fault changes about a token that is issued properly otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Twist {
    #[default]
    None,
    NoExpiry,
    ExpiryInPast,
}

/// What becomes of a request that a fault strikes.
pub(crate) enum Struck {
    /// It goes on to the provider.
    GoesOn(Twist),
    /// It gets this answer.
    Answered(Response),
    /// It gets none.
    Hangs,
}

impl Fault {
    /// Strikes the next answer.
    #[must_use]
    pub const fn next(kind: FaultKind) -> Self {
        Self { path: None, times: 1, delay_ms: 0, kind }
    }

    /// Strikes so many answers.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self { times, ..self }
    }

    /// Strikes requests of this path only.
    #[must_use]
    pub fn on(self, path: &str) -> Self {
        Self { path: Some(path.to_owned()), ..self }
    }

    /// Holds the answer back.
    #[must_use]
    pub fn delayed_ms(self, delay_ms: u64) -> Self {
        Self { delay_ms, ..self }
    }
}

impl FaultKind {
    pub(crate) fn strike(&self) -> Struck {
        let json = |body: Body| answer(StatusCode::OK, "application/json", body);
        match self {
            Self::Late => Struck::GoesOn(Twist::None),
            Self::NoExpiry => Struck::GoesOn(Twist::NoExpiry),
            Self::ExpiryInPast => Struck::GoesOn(Twist::ExpiryInPast),
            Self::Hang => Struck::Hangs,
            Self::NoToken => Struck::Answered(json(Body::from("{}"))),
            Self::NotJson => Struck::Answered(answer(
                StatusCode::OK,
                "text/html",
                Body::from("<!doctype html><title>Maintenance</title>"),
            )),
            Self::Answer { status, headers, body } => {
                Struck::Answered(custom(*status, headers, body))
            }
            Self::Redirect { status, location } => {
                let headers = [("location".to_owned(), location.clone())];
                Struck::Answered(custom(*status, &headers, ""))
            }
            Self::Bytes { body } => Struck::Answered(json(Body::from(body.clone()))),
            Self::Truncated => Struck::Answered(truncated()),
            Self::EndlessBody { bytes } => Struck::Answered(json(endless(*bytes))),
        }
    }
}

fn answer(status: StatusCode, content_type: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// Builds the answer that a test asked for; what HTTP cannot say is left out.
fn custom(status: u16, headers: &[(String, String)], body: &str) -> Response {
    let mut response = Response::new(Body::from(body.to_owned()));
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) =
            (HeaderName::try_from(name.as_str()), HeaderValue::try_from(value.as_str()))
        {
            response.headers_mut().append(name, value);
        }
    }
    response
}

fn truncated() -> Response {
    let begun = Ok(Bytes::from_static(b"{\"access_token\": \"eyJ"));
    let broken = async {
        // An error at once would take the head of the answer along, still unsent.
        tokio::task::yield_now().await;
        Err(io::Error::from(io::ErrorKind::ConnectionAborted))
    };
    let body = Body::from_stream(stream::iter([begun]).chain(stream::once(broken)));
    let mut response = answer(StatusCode::OK, "application/json", body);
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("4096"));
    response
}

fn endless(bytes: u64) -> Body {
    static LETTERS: [u8; 64 * 1024] = [b'A'; 64 * 1024];
    let full = bytes / (64 * 1024);
    let rest = LETTERS.iter().zip(0..bytes % (64 * 1024)).count();
    let head: &[u8] = b"{\"access_token\": \"";
    let tail: &[u8] = b"\"}";
    let body = (0..full).map(|_| &LETTERS[..]).chain([&LETTERS[..rest], tail]);
    let chunks = std::iter::once(head).chain(body);
    Body::from_stream(stream::iter(
        chunks.map(|chunk| Ok::<_, Infallible>(Bytes::from_static(chunk))),
    ))
}
