//! Handing out tokens and fields, and the clipboard.

use std::sync::Arc;

use chrono::TimeDelta;
use keyturn_core::reminder::CarriedHow;
use keyturn_core::{SecretString, Target, TargetRef, TokenFormat};
use keyturn_engine::{RenderToken, RenderedToken, TokenRequest};
use keyturn_protocol::calls::{
    CopiedFor, CopyAnswer, CopyRecoveryKey, CopySecret, CopyText, Done, GetFields, GetToken,
    Rendered, TokenAnswer,
};
use keyturn_protocol::{ApiError, ErrorCode, Event, SecretOnWire};

use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

/// The longest text that is copied.
const LONGEST_TEXT: usize = 1024 * 1024;
/// The longest that a secret stays on the clipboard.
const LONGEST_COPY_S: u64 = 3_600;

pub(super) async fn token(
    agent: &Arc<Agent>,
    caller: &Caller,
    call: &GetToken,
) -> Result<TokenAnswer, ApiError> {
    check_with_key(call.with_key, call.format)?;
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
    // Asked before anything is sent.
    if call.shown {
        let checked = agent.engine.check_token_shown(&request, call.confirmed);
        checked.map_err(|error| to_api(&error))?;
    }
    let token = rendered(agent, caller, &request).await?;
    carried(agent, &request, &token, CarriedHow::Fetched);
    agent.recent().used(&request.token.reference);
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
    let (engine, caller) = (&agent.engine, caller.to_string());
    let text = if call.shown {
        engine.reveal(&call.target, call.format, call.confirmed, &caller)
    } else {
        engine.get(&call.target, call.format, "get", &caller)
    };
    let text = text.map_err(|error| to_api(&error))?;
    agent.recent().used(&call.target.credential);
    Ok(Rendered { rendered: SecretOnWire(text) })
}

pub(crate) async fn copy(
    agent: &Arc<Agent>,
    caller: &Caller,
    call: &CopySecret,
) -> Result<CopyAnswer, ApiError> {
    check_with_key(call.with_key, call.format)?;
    let clears_in_s = match call.clear_after_s {
        Some(seconds) => seconds.clamp(1, LONGEST_COPY_S),
        None => chosen_seconds(agent)?,
    };
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
                with_key: call.with_key,
            };
            let mut token = rendered(agent, caller, &request).await?;
            carried(agent, &request, &token, CarriedHow::Copied);
            if call.with_key {
                token.warnings.insert(0, WITH_KEY.to_owned());
            }
            (token.text, token.expiry.at, token.warnings)
        }
        (_, Some(format)) => {
            let target = TargetRef { credential: reference.clone(), target: target.clone() };
            let text = agent
                .engine
                .get(&target, format, "copy", &caller.to_string())
                .map_err(|error| to_api(&error))?;
            let warnings = agent.engine.copy_warnings(&target).map_err(|error| to_api(&error))?;
            (text, None, warnings)
        }
        (_, None) => return Err(no_such_form(call.format)),
    };
    agent.clipboard.copy(&text, clears_in_s, &call.display).await?;
    agent.recent().used(reference);
    let copied = TargetRef { credential: reference.clone(), target };
    Ok(CopyAnswer { copied, clears_in_s, expires_at, warnings })
}

/// What comes with a copy that a long-lived secret is in.
const WITH_KEY: &str =
    "A long-lived secret is in it: keep it out of chats, tickets and shell histories.";

fn check_with_key(with_key: bool, format: TokenFormat) -> Result<(), ApiError> {
    if !with_key || matches!(format, TokenFormat::Header | TokenFormat::Curl) {
        return Ok(());
    }
    Err(ApiError::new(
        ErrorCode::InvalidInput,
        "only the forms header and curl can carry the key beside the token",
    )
    .hint("Leave --with-key out, or take the key with `keyturn get`."))
}

/// After how many seconds the user wants the clipboard cleared.
fn chosen_seconds(agent: &Agent) -> Result<u64, ApiError> {
    let security = agent.engine.security().map_err(|error| to_api(&error))?;
    Ok(u64::from(security.clear_clipboard_after_s))
}

/// Clears the clipboard, and waits until that is done.
pub(super) async fn clear_clipboard(agent: &Agent) -> Done {
    agent.clipboard.clear().await;
    Done {}
}

/// How long a text without a secret stays on the clipboard.
const TEXT_STAYS_S: u64 = 600;

/// Puts the recovery key that the caller has on the clipboard.
pub(super) async fn copy_recovery_key(
    agent: &Agent,
    call: CopyRecoveryKey,
) -> Result<CopiedFor, ApiError> {
    let clears_in_s = chosen_seconds(agent)?;
    agent.clipboard.copy(&call.key.0, clears_in_s, &call.display).await?;
    Ok(CopiedFor { clears_in_s })
}

/// Puts a text of the caller's own on the clipboard.
pub(super) async fn copy_text(agent: &Agent, call: CopyText) -> Result<Done, ApiError> {
    if call.text.len() > LONGEST_TEXT {
        return Err(ApiError::new(ErrorCode::InvalidInput, "the text is longer than 1 MB"));
    }
    agent.clipboard.copy(&SecretString::new(call.text), TEXT_STAYS_S, &call.display).await?;
    Ok(Done {})
}

/// Notes that a token leaves Keyturn: a renewal here does not cure the copy. The code forms read it
/// from the environment and hold none.
fn carried(agent: &Agent, request: &RenderToken, token: &RenderedToken, how: CarriedHow) {
    use TokenFormat::{Curl, Dotenv, Env, Header, Json, Powershell, Raw};
    if matches!(request.format, Raw | Header | Curl | Env | Dotenv | Powershell | Json) {
        let reference = &request.token.reference;
        agent.engine.carried(reference, &token.environment, how, token.expiry.at);
    }
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
