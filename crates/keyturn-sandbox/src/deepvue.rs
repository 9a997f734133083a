//! Deepvue: an access token for 24 hours from a client id and a client secret.
//!
//! | documented | here |
//! |---|---|
//! | `curl -X POST '…/v1/authorize' -F 'client_id=…' -F 'client_secret=…'` | a multipart form with both; any other encoding gets 422 |
//! | `{"access_token", "token_type": "bearer", "expiry": "2026-03-08T00:00:00Z"}` | the same fields; `expiry` is the next midnight of UTC, as in the sample |
//! | "Authorization tokens remain valid for 24 hours from generation" | so long the token is accepted, and so says its `exp` |
//! | "You can authenticate using an access token … or using your `client_secret` as an API key header" | the sample endpoint takes the bearer, the header, or both, each of which must be right; as the documented example sends both, [`PanbasicAuth::Both`] asks for both |
//! | "Navigate to the credentials tab to find your `client_id` and `client_secret`" | [`crate::Admin::issue_pair`] gives a new pair there, [`crate::Admin::confirm_key`] ends the old one |
//! | the table of errors | its four texts as `detail` |
//! | "all other requests are rejected with a 403 Forbidden response" | 403 on everything, `/v1/authorize` included |
//!
//! Not documented, chosen here: the key `detail` and the limits of the plans (other pages of
//! Deepvue have them), a wrong `x-api-key` counts as "Access forbidden", the body of a verification, and that an old pair
//! goes on until it is ended.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::json;

use crate::fault::Twist;
use crate::gate::{Context, api_key, bearer, refuse};
use crate::options::PanbasicAuth;
use crate::state::State as SandboxState;
use crate::tokens::Standing;
use crate::{Provider, jwt};

pub(crate) fn routes() -> Router<Context> {
    Router::new()
        .route("/v1/authorize", post(authorize))
        .route("/v1/verification/panbasic", get(panbasic))
}

/// The plan's limits count all requests of the account.
pub(crate) fn limit(
    state: &mut SandboxState,
    _path: &str,
    now: DateTime<Utc>,
) -> Result<(), Box<Response>> {
    let (second, minute, day) = state.plan.limits();
    let account = state.account(Provider::Deepvue);
    let windows = account.windows.entry(String::new()).or_default();
    let spans = [(TimeDelta::seconds(1), second), (TimeDelta::minutes(1), minute)];
    if windows.hit(now, &spans).is_err() || !account.day.hit(now, day) {
        return Err(Box::new(refuse(StatusCode::TOO_MANY_REQUESTS, "Rate limit exceeded")));
    }
    Ok(())
}

async fn authorize(
    State(context): State<Context>,
    Extension(twist): Extension<Twist>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let Ok(form) = form else { return incomplete() };
    let Some((client_id, client_secret)) = read(form).await else {
        return incomplete();
    };
    let mut state = context.shared.lock();
    let right_id = state.client_ids.get(&client_secret) == Some(&client_id);
    if !right_id || !state.account(context.provider).accepts(&client_secret) {
        return refuse(StatusCode::UNAUTHORIZED, "Incorrect client_id or client_secret");
    }
    let now = state.now();
    let end = now + TimeDelta::hours(24);
    let (told, exp) = match twist {
        Twist::None if state.options.deepvue_expiry_at_midnight => {
            (Some(next_midnight(now)), Some(end))
        }
        Twist::None => (Some(end), Some(end)),
        Twist::NoExpiry => (None, None),
        Twist::ExpiryInPast => (Some(now - TimeDelta::hours(1)), Some(now - TimeDelta::hours(1))),
    };
    let id = state.draw.hexadecimal(16);
    let claims = jwt::Claims { subject: &client_id, id: &id, issued_at: now, expires_at: exp };
    let token = jwt::sign(&state.signing_key, &claims);
    state.tokens.add((context.provider, context.place), token.clone(), end);
    let mut body = json!({"access_token": token, "token_type": "bearer"});
    if let Some(told) = told {
        body["expiry"] = told.format("%Y-%m-%dT%H:%M:%SZ").to_string().into();
    }
    Json(body).into_response()
}

async fn read(mut form: Multipart) -> Option<(String, String)> {
    let (mut client_id, mut client_secret) = (None, None);
    while let Some(field) = form.next_field().await.ok()? {
        let name = field.name().unwrap_or_default().to_owned();
        let value = field.text().await.ok()?;
        match name.as_str() {
            "client_id" => client_id = Some(value),
            "client_secret" => client_secret = Some(value),
            _ => {}
        }
    }
    Some((client_id?, client_secret?))
}

fn incomplete() -> Response {
    let reason = "client_id and client_secret are required as multipart/form-data";
    refuse(StatusCode::UNPROCESSABLE_ENTITY, reason)
}

/// The midnight of UTC that comes next, at most 24 hours away.
fn next_midnight(now: DateTime<Utc>) -> DateTime<Utc> {
    let tomorrow = now.date_naive().checked_add_days(Days::new(1)).unwrap_or(now.date_naive());
    tomorrow.and_time(NaiveTime::MIN).and_utc()
}

#[derive(Deserialize)]
struct Panbasic {
    pan_number: Option<String>,
}

async fn panbasic(
    State(context): State<Context>,
    headers: HeaderMap,
    Query(query): Query<Panbasic>,
) -> Response {
    let mut state = context.shared.lock();
    if let Err(refused) = authenticate(&mut state, &context, &headers) {
        return *refused;
    }
    let Some(pan) = query.pan_number else {
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, "pan_number is required");
    };
    let id = state.draw.hexadecimal(16);
    Json(json!({
        "code": 200,
        "transaction_id": id,
        "message": "PAN verified",
        "data": {"pan_number": pan, "full_name": "SANDBOX PERSON", "category": "person"},
    }))
    .into_response()
}

fn authenticate(
    state: &mut SandboxState,
    context: &Context,
    headers: &HeaderMap,
) -> Result<(), Box<Response>> {
    let refused = |status, text: &str| Err(Box::new(refuse(status, text)));
    let (token, key) = (bearer(headers), api_key(headers));
    let enough = match state.panbasic_auth {
        PanbasicAuth::Either => token.is_some() || key.is_some(),
        PanbasicAuth::Both => token.is_some() && key.is_some(),
    };
    if !enough {
        return refused(StatusCode::UNAUTHORIZED, "Not authenticated");
    }
    let now = state.now();
    if let Some(token) = token
        && state.tokens.standing((context.provider, context.place), token, now) != Standing::Valid
    {
        return refused(StatusCode::FORBIDDEN, "Not a valid token");
    }
    let account = state.account(context.provider);
    if account.forbidden || key.is_some_and(|key| !account.accepts(key)) {
        return refused(StatusCode::FORBIDDEN, "Access forbidden");
    }
    Ok(())
}
