//! DeepCurrent: an API key that never expires, or a login for a JWT that does.
//!
//! | documented | here |
//! |---|---|
//! | "Every request … must include an Authorization header" with the key or the JWT as bearer | the same |
//! | POST `/api/v1/login/access-token`, urlencoded, `username` is the e-mail; "standard OAuth2 password grant fields" | the same; a `grant_type` other than `password` gets 422 |
//! | `{"access_token", "token_type": "bearer"}` | the same; a JWT signed with HS256 |
//! | "JWT tokens expire after a fixed period" | [`crate::SandboxOptions::deepcurrent_token_minutes`], told by `exp` |
//! | 401 "No credentials provided, or the API key / token is invalid" | also for a wrong login and an expired JWT |
//! | 403 "Credentials are valid but your account does not have access" | when [`crate::Admin::forbid`] says so |
//! | "Your full API key is displayed exactly once" | [`crate::Admin::reveal_key`] |
//! | "Your old key continues to work until the new one is issued and confirmed" | [`crate::Admin::issue_key`], then [`crate::Admin::confirm_key`]; that both work in between is this sandbox's choice |
//!
//! Not documented, chosen here: the texts of `detail`, and what `users/me` says (other pages of
//! DeepCurrent name `api_key_last_four` and a `referral_code` that starts with `dc_` too).

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::json;

use crate::fault::Twist;
use crate::gate::{Context, bearer, refuse};
use crate::jwt;
use crate::state::State as SandboxState;
use crate::tokens::Standing;

pub(crate) fn routes() -> Router<Context> {
    Router::new()
        .route("/api/v1/login/access-token", post(login))
        .route("/api/v1/users/me", get(me))
}

/// No limits are documented.
#[expect(clippy::unnecessary_wraps, reason = "the shape of every provider's limit")]
pub(crate) fn limit(
    _state: &mut SandboxState,
    _path: &str,
    _now: DateTime<Utc>,
) -> Result<(), Box<Response>> {
    Ok(())
}

/// What stays visible of a key.
pub(crate) fn last_four(key: &str) -> String {
    key.chars().skip(key.chars().count().saturating_sub(4)).collect()
}

#[derive(Deserialize)]
struct Login {
    username: String,
    password: String,
    grant_type: Option<String>,
}

async fn login(
    State(context): State<Context>,
    Extension(twist): Extension<Twist>,
    form: Result<Form<Login>, FormRejection>,
) -> Response {
    let Ok(Form(login)) = form else {
        let reason = "username and password are required as application/x-www-form-urlencoded";
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, reason);
    };
    if login.grant_type.is_some_and(|grant| !grant.is_empty() && grant != "password") {
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, "grant_type must be password");
    }
    let mut state = context.shared.lock();
    let known = &state.credentials.deepcurrent;
    if known.email != login.username || known.password != login.password {
        return refuse(StatusCode::UNAUTHORIZED, "Incorrect email or password");
    }
    let now = state.now();
    let end = now + TimeDelta::minutes(i64::from(state.options.deepcurrent_token_minutes));
    let exp = match twist {
        Twist::None => Some(end),
        Twist::NoExpiry => None,
        Twist::ExpiryInPast => Some(now - TimeDelta::hours(1)),
    };
    let id = state.draw.hexadecimal(16);
    let claims = jwt::Claims { subject: &login.username, id: &id, issued_at: now, expires_at: exp };
    let token = jwt::sign(&state.signing_key, &claims);
    state.tokens.add((context.provider, context.place), token.clone(), end);
    Json(json!({"access_token": token, "token_type": "bearer"})).into_response()
}

async fn me(State(context): State<Context>, headers: HeaderMap) -> Response {
    let Some(credential) = bearer(&headers) else {
        return refuse(StatusCode::UNAUTHORIZED, "Not authenticated");
    };
    let mut state = context.shared.lock();
    let now = state.now();
    let standing = state.tokens.standing((context.provider, context.place), credential, now);
    let account = state.account(context.provider);
    if standing != Standing::Valid && !account.accepts(credential) {
        return refuse(StatusCode::UNAUTHORIZED, "Could not validate credentials");
    }
    if account.forbidden {
        let reason = "Your account does not have access to the requested resource";
        return refuse(StatusCode::FORBIDDEN, reason);
    }
    let known = &state.credentials.deepcurrent;
    Json(json!({
        "id": 1,
        "email": known.email,
        "is_active": true,
        "api_key_last_four": last_four(&known.api_key),
        "referral_code": "dc_FRIEND42",
    }))
    .into_response()
}
