//! The trash.

use keyturn_protocol::calls::{
    CredentialDetail, EmptiedTrash, EmptyTrash, ListTrash, RestoreCredential, TrashedView,
};
use tauri::State;

use crate::agent::Agent;
use crate::commands::Answer;
use crate::input::Input;

/// Lists what was removed.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn list_trash(agent: State<'_, Agent>) -> Answer<Vec<TrashedView>> {
    agent.call(ListTrash {}).await
}

/// Takes a credential out of the trash.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn restore_credential(
    agent: State<'_, Agent>,
    call: Input<RestoreCredential>,
) -> Answer<CredentialDetail> {
    agent.call(call.0).await
}

/// Deletes what is in the trash for good; it needs a yes.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn empty_trash(
    agent: State<'_, Agent>,
    call: Input<EmptyTrash>,
) -> Answer<EmptiedTrash> {
    agent.call(call.0).await
}
