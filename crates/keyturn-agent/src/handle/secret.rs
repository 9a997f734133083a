//! Handing out tokens and fields, the clipboard, and catching a reveal-once key.

use std::sync::Arc;

use chrono::TimeDelta;
use keyturn_core::{SecretString, Target, TargetRef, TokenFormat};
use keyturn_engine::{CaptureKey, RenderToken, RenderedToken, TokenRequest};
use keyturn_protocol::calls::{
    Capture, CaptureAnswer, CopyAnswer, CopySecret, GetFields, GetToken, Rendered, TokenAnswer,
};
use keyturn_protocol::{ApiError, ErrorCode, Event, SecretOnWire};

use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

/// The longest that a secret stays on the clipboard.
const LONGEST_COPY_S: u64 = 3_600;

pub(super) async fn token(
    agent: &Arc<Agent>,
    caller: &Caller,
    call: &GetToken,
) -> Result<TokenAnswer, ApiError> {
    if call.with_key && !matches!(call.format, TokenFormat::Header | TokenFormat::Curl) {
        return Err(ApiError::new(
            ErrorCode::InvalidInput,
            "only the forms header and curl can carry the key beside the token",
        )
        .hint("Leave --with-key out, or take the key with `keyturn get`."));
    }
    let request = RenderToken {
        token: TokenRequest {
            min_ttl: TimeDelta::try_seconds(call.min_ttl_s.max(0)).unwrap_or(TimeDelta::MAX),
            renew: call.renew,
            no_wait: call.no_wait,
            ..TokenRequest::usable(call.reference.clone(), call.environment.clone())
        },
        format: call.format,
        with_key: call.with_key,
    };
    let token = rendered(agent, caller, &request).await?;
    Ok(TokenAnswer {
        rendered: SecretOnWire(token.text),
        expires_at: token.expiry.at,
        source: token.expiry.source,
        reused: token.reused,
        long_lived: token.long_lived,
        warnings: token.warnings,
    })
}

pub(super) fn get(agent: &Agent, caller: &Caller, call: &GetFields) -> Result<Rendered, ApiError> {
    let text = agent
        .engine
        .get(&call.target, call.format, "get", &caller.to_string())
        .map_err(|error| to_api(&error))?;
    Ok(Rendered { rendered: SecretOnWire(text) })
}

pub(super) async fn copy(
    agent: &Arc<Agent>,
    caller: &Caller,
    call: &CopySecret,
) -> Result<CopyAnswer, ApiError> {
    let clears_in_s = call.clear_after_s.clamp(1, LONGEST_COPY_S);
    let reference = &call.target.credential;
    // The forms that only a token has say that the token is meant.
    let target = match (&call.target.target, call.format.for_fields()) {
        (Target::Whole, Some(_)) => {
            agent.engine.primary(reference).map_err(|error| to_api(&error))?
        }
        (Target::Whole, None) => Target::Token,
        (named, _) => named.clone(),
    };
    let (text, expires_at, warnings) = match (&target, call.format.for_fields()) {
        (Target::Token, _) => {
            let request = RenderToken {
                token: TokenRequest::usable(reference.clone(), None),
                format: call.format,
                with_key: false,
            };
            let token = rendered(agent, caller, &request).await?;
            (token.text, token.expiry.at, token.warnings)
        }
        (_, Some(format)) => {
            let target = TargetRef { credential: reference.clone(), target: target.clone() };
            let text = agent
                .engine
                .get(&target, format, "copy", &caller.to_string())
                .map_err(|error| to_api(&error))?;
            (text, None, Vec::new())
        }
        (_, None) => return Err(no_such_form(call.format)),
    };
    agent.clipboard.copy(&text, clears_in_s, &call.display).await?;
    let copied = TargetRef { credential: reference.clone(), target };
    Ok(CopyAnswer { copied, clears_in_s, expires_at, warnings })
}

pub(super) async fn capture(
    agent: &Arc<Agent>,
    caller: &Caller,
    call: Capture,
) -> Result<CaptureAnswer, ApiError> {
    let value: SecretString = match call.value {
        Some(value) => value.0,
        None => agent.clipboard.read(&call.display).await?,
    };
    let request = CaptureKey { reference: call.reference, field: call.field, value };
    let captured =
        agent.engine.capture(&request, &caller.to_string()).map_err(|error| to_api(&error))?;
    agent.tell(Event::CredentialChanged(captured.stored.credential.clone()));
    Ok(CaptureAnswer {
        stored: captured.stored,
        last_four: captured.last_four,
        safe_to_close: true,
    })
}

async fn rendered(
    agent: &Arc<Agent>,
    caller: &Caller,
    request: &RenderToken,
) -> Result<RenderedToken, ApiError> {
    let token = agent
        .engine
        .render_token(request, &caller.to_string())
        .await
        .map_err(|error| to_api(&error))?;
    if !token.reused {
        agent.tell(Event::CredentialChanged(request.token.reference.clone()));
    }
    Ok(token)
}

fn no_such_form(format: TokenFormat) -> ApiError {
    let name = serde_json::to_value(format).unwrap_or_default();
    let name = name.as_str().unwrap_or_default().to_owned();
    ApiError::new(ErrorCode::InvalidInput, format!("a stored field has no form '{name}'")).hint(
        "Fields come as raw, env, dotenv, powershell or json; the other forms are the token's.",
    )
}
