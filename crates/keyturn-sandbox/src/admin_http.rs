//! The admin's JSON over plain HTTP on loopback; the crate's documentation lists it.

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::json;

use crate::{Admin, Command, Provider};

pub(crate) fn router(admin: Admin) -> Router {
    Router::new()
        .route("/state", get(state))
        .route("/requests/{provider}", get(requests))
        .route("/control", post(control))
        .with_state(admin)
}

async fn state(State(admin): State<Admin>) -> Response {
    Json(json!({
        "now": admin.now(),
        "credentials": admin.credentials(),
        "counts": admin.counts(),
        "last_tokens": admin.last_tokens(),
    }))
    .into_response()
}

async fn requests(State(admin): State<Admin>, Path(provider): Path<String>) -> Response {
    match provider.parse::<Provider>() {
        Ok(provider) => Json(admin.requests(provider)).into_response(),
        Err(()) => failed(StatusCode::NOT_FOUND, "no such provider"),
    }
}

async fn control(
    State(admin): State<Admin>,
    command: Result<Json<Command>, JsonRejection>,
) -> Response {
    match command {
        Ok(Json(command)) => match command.run(&admin) {
            Ok(None) => Json(json!({"ok": true})).into_response(),
            Ok(Some(key)) => Json(json!({"ok": true, "key": key})).into_response(),
            Err(error) => failed(StatusCode::BAD_REQUEST, &error.to_string()),
        },
        Err(rejection) => failed(rejection.status(), &rejection.body_text()),
    }
}

fn failed(status: StatusCode, reason: &str) -> Response {
    (status, Json(json!({"ok": false, "error": reason}))).into_response()
}
