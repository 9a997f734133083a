//! What became of a credential: the versions of its key, and what was done to it. Never a value.

use keyturn_core::CredentialRef;
use keyturn_protocol::calls::{HistoryView, RestoreVersion, ShowHistory};
use tauri::State;

use crate::agent::Agent;
use crate::commands::Answer;
use crate::input::Input;

/// Shows a credential's history.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn show_history(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
) -> Answer<HistoryView> {
    agent.call(ShowHistory { reference: reference.0 }).await
}

/// Puts an earlier version of a key in use again; it needs a yes.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn restore_version(
    agent: State<'_, Agent>,
    call: Input<RestoreVersion>,
) -> Answer<HistoryView> {
    agent.call(call.0).await
}
