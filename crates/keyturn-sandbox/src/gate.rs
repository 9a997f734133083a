//! What every request passes before its endpoint: the record, the IP allow-list, the faults, and
//! the limits; and the `Date` header of the sandbox's clock on the way back.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::json;

use crate::fault::{Struck, Twist};
use crate::listen::Peer;
use crate::provider::Place;
use crate::state::{Shared, State as SandboxState};
use crate::{Provider, SeenRequest};

/// What an endpoint knows of where it stands.
#[derive(Clone)]
pub(crate) struct Context {
    pub(crate) shared: Arc<Shared>,
    pub(crate) provider: Provider,
    pub(crate) place: Place,
}

/// Answers `Err` where the provider's limits are reached.
pub(crate) type Limit =
    fn(&mut SandboxState, path: &str, now: DateTime<Utc>) -> Result<(), Box<Response>>;

const LARGEST_BODY: usize = 1 << 20;

/// An answer in the shape of all four providers: `{"detail": …}`.
pub(crate) fn refuse(status: StatusCode, detail: impl Serialize) -> Response {
    (status, Json(json!({"detail": detail}))).into_response()
}

/// The text after `Bearer `, if that header is there.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// The header `x-api-key`.
pub(crate) fn api_key(headers: &HeaderMap) -> Option<&str> {
    headers.get(HeaderName::from_static("x-api-key"))?.to_str().ok()
}

/// The middleware; `limit` is the provider's own.
pub(crate) async fn pass(
    State((context, limit)): State<(Context, Limit)>,
    ConnectInfo(Peer(peer)): ConnectInfo<Peer>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, LARGEST_BODY).await else {
        return refuse(StatusCode::PAYLOAD_TOO_LARGE, "Request body too large");
    };
    let path = parts.uri.path().to_owned();
    let (listed, fault) = {
        let mut state = context.shared.lock();
        let seen = SeenRequest {
            at: state.now(),
            method: parts.method.to_string(),
            path: path.clone(),
            query: parts.uri.query().map(str::to_owned),
            headers: parts.headers.iter().map(readable).collect(),
            body: String::from_utf8_lossy(&body).into_owned(),
        };
        state.log.add(context.provider, seen);
        let account = state.account(context.provider);
        let listed = account.allowed_ips.as_ref().is_none_or(|ips| ips.contains(&peer));
        (listed, listed.then(|| account.next_fault(&path)).flatten())
    };
    if !listed {
        return dated(&context, refuse(StatusCode::FORBIDDEN, "Access forbidden"));
    }
    let mut request = Request::from_parts(parts, Body::from(body));
    if let Some(fault) = fault {
        if fault.delay_ms > 0 {
            tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
        }
        match fault.kind.strike() {
            Struck::Answered(response) => return dated(&context, response),
            Struck::Hangs => return std::future::pending().await,
            Struck::GoesOn(twist) => drop(request.extensions_mut().insert(twist)),
        }
    }
    if request.extensions().get::<Twist>().is_none() {
        request.extensions_mut().insert(Twist::None);
    }
    let limited = {
        let mut state = context.shared.lock();
        let now = state.now();
        limit(&mut state, &path, now)
    };
    let response = match limited {
        Ok(()) => next.run(request).await,
        Err(response) => *response,
    };
    dated(&context, response)
}

fn readable((name, value): (&HeaderName, &HeaderValue)) -> (String, String) {
    (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// Sets the `Date` header by the sandbox's clock, unless a fault set one.
fn dated(context: &Context, mut response: Response) -> Response {
    let now = context.shared.lock().now();
    let text = now.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    if let Ok(date) = HeaderValue::try_from(text) {
        response.headers_mut().entry(header::DATE).or_insert(date);
    }
    response
}

/// An unknown path; which answer it gets is documented nowhere.
pub(crate) async fn not_found() -> Response {
    refuse(StatusCode::NOT_FOUND, "Not Found")
}
