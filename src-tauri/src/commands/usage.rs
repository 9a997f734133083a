//! How a credential is used: its code forms, and what its token says of itself. No secret comes along.

use keyturn_core::CredentialRef;
use keyturn_protocol::calls::{
    CredentialDetail, DecodeToken, DecodedToken, SetTokenEnd, ShowUsage, UsageView,
};
use tauri::State;

use crate::agent::Agent;
use crate::commands::Answer;
use crate::input::Input;

/// Tells how a credential is used.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn show_usage(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
) -> Answer<UsageView> {
    agent.call(ShowUsage { reference: reference.0 }).await
}

/// Decodes the stored token, without its signature.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn decode_token(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
) -> Answer<DecodedToken> {
    agent.call(DecodeToken { reference: reference.0 }).await
}

/// Notes when the stored token ends, where nobody else says.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn set_token_end(
    agent: State<'_, Agent>,
    call: Input<SetTokenEnd>,
) -> Answer<CredentialDetail> {
    agent.call(call.0).await
}
