//! deepidv: one API key in the header `x-api-key`, and nothing to exchange.
//!
//! | documented | here |
//! |---|---|
//! | "Every endpoint is prefixed with /v1", POST `/v1/sessions` with five JSON fields | the same; a session is made and counted |
//! | 401 `{"detail": "Invalid or missing API key"}` | the same, for a missing, wrong or regenerated key |
//! | 402 "Insufficient token balance in your organization" | when [`crate::Admin::out_of_credit`] says so |
//! | 403 "API key does not have access to the requested resource" | when [`crate::Admin::forbid`] says so |
//! | "Requests per second 25, burst capacity 35, daily request quota 10,000" → 429 | a bucket of 35 that refills by 25 a second, and a count for the day of UTC |
//!
//! Not documented, chosen here: the answer to a created session (201 with an id), a body that lacks
//! a field (422), the texts of 402, 403 and 429 as `detail`, no `Retry-After` (a fault can add one).
//! That a new key ends the old one at once is the reading of "hasn't been regenerated since you
//! last copied it".

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::Provider;
use crate::gate::{Context, api_key, refuse};
use crate::state::State as SandboxState;

/// Requests a second.
const RATE: u32 = 25;
/// Requests at once.
pub(crate) const BURST: u32 = 35;
/// Requests a day.
const DAILY: u32 = 10_000;

pub(crate) fn routes() -> Router<Context> {
    Router::new().route("/v1/sessions", post(create_session))
}

/// The organization's limits count all its requests.
pub(crate) fn limit(
    state: &mut SandboxState,
    _path: &str,
    now: DateTime<Utc>,
) -> Result<(), Box<Response>> {
    let account = state.account(Provider::Deepidv);
    if !account.bucket.take(now, RATE, BURST) || !account.day.hit(now, DAILY) {
        return Err(Box::new(refuse(StatusCode::TOO_MANY_REQUESTS, "Rate limit exceeded")));
    }
    Ok(())
}

async fn create_session(
    State(context): State<Context>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut state = context.shared.lock();
    let account = state.account(context.provider);
    if !api_key(&headers).is_some_and(|key| account.accepts(key)) {
        return refuse(StatusCode::UNAUTHORIZED, "Invalid or missing API key");
    }
    if account.forbidden {
        let reason = "API key does not have access to the requested resource";
        return refuse(StatusCode::FORBIDDEN, reason);
    }
    if state.out_of_credit {
        let reason = "Insufficient token balance in your organization";
        return refuse(StatusCode::PAYMENT_REQUIRED, reason);
    }
    let fields = ["firstName", "lastName", "email", "phone", "workflowId"];
    let session: Value = serde_json::from_slice(&body).unwrap_or_default();
    if let Some(missing) = fields.into_iter().find(|name| !session[*name].is_string()) {
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, format!("{missing} is required"));
    }
    let id = state.draw.hexadecimal(24);
    (StatusCode::CREATED, Json(json!({"id": id, "status": "PENDING"}))).into_response()
}
