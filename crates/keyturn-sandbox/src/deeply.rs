//! Deeply: an API key that buys access tokens, and access tokens for everything else.
//!
//! | documented | here |
//! |---|---|
//! | "API Key: long-lived credential used only for access-token issuance" | accepted by the reissue endpoint alone; anywhere else it is an invalid token |
//! | "call the Reissue Token endpoint. That request must use Authorization: Bearer `YOUR_API_KEY`" | GET `/api/v1/auth/reissue` (the path is on another page of Deeply) → `{"access_token"}`, without an expiry |
//! | GET `/api/v1/events` with the access token | an empty list |
//! | 401 "Authentication token expired. Please reissue a new token to renew your session." | the same text as `detail.message` |
//! | 401 "Invalid Key: … Please check your token and try again." | "Authentication token is invalid. Please check your token and try again." |
//! | 403 "No Key: … Please provide a valid access token to continue." | "Authentication token is missing. Please provide a valid access token to continue." |
//! | 10 a second, 1,000 a minute per endpoint (another page) | 429 with `detail{message, limit, remaining, reset}` |
//! | the cloud over HTTPS, the edge device over HTTP | one port each; a token is good only at the place that issued it, so that a client which mixes them up is caught |
//!
//! Not documented, chosen here: how long a token lives, what it looks like
//! ([`crate::SandboxOptions::deeply_tokens_are_jwts`]), 403 for a key without access, and that the
//! key is the same at both places.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use crate::fault::Twist;
use crate::gate::{Context, bearer, refuse};
use crate::state::State as SandboxState;
use crate::tokens::Standing;
use crate::{Provider, jwt};

const EXPIRED: &str =
    "Authentication token expired. Please reissue a new token to renew your session.";
const INVALID: &str = "Authentication token is invalid. Please check your token and try again.";
const MISSING: &str =
    "Authentication token is missing. Please provide a valid access token to continue.";

const LIMITS: [(TimeDelta, u32); 2] = [(TimeDelta::seconds(1), 10), (TimeDelta::minutes(1), 1_000)];

pub(crate) fn routes() -> Router<Context> {
    Router::new().route("/api/v1/auth/reissue", get(reissue)).route("/api/v1/events", get(events))
}

/// The limits count each endpoint by itself.
pub(crate) fn limit(
    state: &mut SandboxState,
    path: &str,
    now: DateTime<Utc>,
) -> Result<(), Box<Response>> {
    let account = state.account(Provider::Deeply);
    let windows = account.windows.entry(path.to_owned()).or_default();
    windows.hit(now, &LIMITS).map_err(|exceeded| {
        let detail = json!({
            "message": "Rate limit exceeded. Please try again later.",
            "limit": exceeded.limit,
            "remaining": 0,
            "reset": exceeded.reset.timestamp(),
        });
        Box::new(refuse(StatusCode::TOO_MANY_REQUESTS, detail))
    })
}

fn refuse_token(status: StatusCode, message: &str) -> Response {
    refuse(status, json!({"message": message}))
}

async fn reissue(
    State(context): State<Context>,
    Extension(twist): Extension<Twist>,
    headers: HeaderMap,
) -> Response {
    let Some(key) = bearer(&headers) else {
        return refuse_token(StatusCode::FORBIDDEN, MISSING);
    };
    let mut state = context.shared.lock();
    if !state.account(context.provider).accepts(key) {
        return refuse_token(StatusCode::UNAUTHORIZED, INVALID);
    }
    let now = state.now();
    let end = now + TimeDelta::minutes(i64::from(state.options.deeply_token_minutes));
    let id = state.draw.alphanumeric(32);
    let exp = match twist {
        Twist::None if state.options.deeply_tokens_are_jwts => Some(end),
        Twist::ExpiryInPast => Some(now - TimeDelta::hours(1)),
        Twist::None | Twist::NoExpiry => None,
    };
    let token = if exp.is_some() {
        let claims = jwt::Claims { subject: "sandbox", id: &id, issued_at: now, expires_at: exp };
        jwt::sign(&state.signing_key, &claims)
    } else {
        id
    };
    state.tokens.add((context.provider, context.place), token.clone(), end);
    Json(json!({"access_token": token})).into_response()
}

async fn events(State(context): State<Context>, headers: HeaderMap) -> Response {
    let Some(token) = bearer(&headers) else {
        return refuse_token(StatusCode::FORBIDDEN, MISSING);
    };
    let mut state = context.shared.lock();
    let now = state.now();
    match state.tokens.standing((context.provider, context.place), token, now) {
        Standing::Expired => refuse_token(StatusCode::UNAUTHORIZED, EXPIRED),
        Standing::Unknown => refuse_token(StatusCode::UNAUTHORIZED, INVALID),
        Standing::Valid if state.account(context.provider).forbidden => {
            refuse_token(StatusCode::FORBIDDEN, "You do not have access to this resource.")
        }
        Standing::Valid => Json(json!({"events": []})).into_response(),
    }
}
