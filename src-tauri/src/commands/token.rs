//! Tokens and the clipboard. Copying happens in the agent: no page ever holds what is copied.

use chrono::{DateTime, Utc};
use keyturn_core::{CredentialRef, ExpirySource, TargetRef, TokenFormat};
use keyturn_protocol::calls::{
    ClearClipboard, CopyAnswer, CopySecret, CopyText, GetToken, RevokeToken, TokenAnswer,
};
use serde::Serialize;
use tauri::State;

use crate::agent::Agent;
use crate::commands::{Answer, display};
use crate::input::Input;

/// A new token, without the token.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct RenewedToken {
    expires_at: Option<DateTime<Utc>>,
    source: ExpirySource,
    reused: bool,
}

impl From<TokenAnswer> for RenewedToken {
    fn from(answer: TokenAnswer) -> Self {
        Self { expires_at: answer.expires_at, source: answer.source, reused: answer.reused }
    }
}

/// Copies a token or a field to this screen's clipboard.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn copy_secret(
    agent: State<'_, Agent>,
    target: Input<TargetRef>,
    format: Input<TokenFormat>,
    with_key: Input<bool>,
) -> Answer<CopyAnswer> {
    let (target, format, with_key) = (target.0, format.0, with_key.0);
    let clear_after_s = None;
    agent.call(CopySecret { target, format, with_key, clear_after_s, display: display() }).await
}

/// Clears the clipboard now, if what Keyturn put there is still on it.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn clear_clipboard(agent: State<'_, Agent>) -> Answer<()> {
    agent.call(ClearClipboard {}).await.map(|_| ())
}

/// Revokes the live token at its provider, and forgets it.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn revoke_token(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
) -> Answer<()> {
    agent.call(RevokeToken { reference: reference.0, environment: None }).await.map(|_| ())
}

/// Copies a text without a secret.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn copy_text(agent: State<'_, Agent>, text: Input<String>) -> Answer<()> {
    agent.call(CopyText { text: text.0, display: display() }).await.map(|_| ())
}

/// Gets a new token whatever the old one is worth.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn renew_token(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
) -> Answer<RenewedToken> {
    agent.call(renewal(reference.0)).await.map(Into::into)
}

fn renewal(reference: CredentialRef) -> GetToken {
    let (format, renew) = (TokenFormat::Raw, true);
    GetToken {
        reference,
        environment: None,
        format,
        with_key: false,
        min_ttl_s: 0,
        renew,
        no_wait: false,
        shown: false,
        confirmed: false,
    }
}
