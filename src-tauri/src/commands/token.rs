//! Tokens and the clipboard. Copying happens in the agent: no page ever holds what is copied.

use chrono::{DateTime, Utc};
use keyturn_core::{CredentialRef, ExpirySource, TargetRef, TokenFormat};
use keyturn_protocol::calls::{CopyAnswer, CopySecret, CopyText, GetToken, TokenAnswer};
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
    clear_after_s: Input<u64>,
) -> Answer<CopyAnswer> {
    let (target, format, clear_after_s) = (target.0, format.0, clear_after_s.0);
    agent.call(CopySecret { target, format, clear_after_s, display: display() }).await
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
