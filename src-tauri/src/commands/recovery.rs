//! The recovery key of a new vault: to a file or to the reveal window, never to this page.

use std::path::PathBuf;

use keyturn_protocol::SecretOnWire;
use keyturn_protocol::calls::{CopiedFor, CopyRecoveryKey, ShowRecoveryKey};
use serde::Serialize;
use tauri::{AppHandle, State};

use crate::agent::Agent;
use crate::commands::{Answer, display};
use crate::documents;
use crate::input::Input;
use crate::recovery::PendingRecovery;

/// Where the recovery key was written.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct SavedRecovery {
    path: PathBuf,
}

/// Writes the recovery key to a new file in the user's documents.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn save_recovery_key(
    app: AppHandle,
    recovery: State<'_, PendingRecovery>,
) -> Answer<SavedRecovery> {
    recovery.save(&documents::folder(&app)).map(|path| SavedRecovery { path })
}

/// Has the agent show the recovery key in the reveal window, perhaps as a kit to be printed from there.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn show_recovery_key(
    agent: State<'_, Agent>,
    recovery: State<'_, PendingRecovery>,
    to_print: Input<bool>,
) -> Answer<()> {
    let key = SecretOnWire(recovery.duplicate()?);
    agent.call(ShowRecoveryKey { key, to_print: to_print.0 }).await.map(|_| ())
}

/// Has the agent copy the recovery key; it is cleared as every other secret.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn copy_recovery_key(
    agent: State<'_, Agent>,
    recovery: State<'_, PendingRecovery>,
) -> Answer<CopiedFor> {
    let key = SecretOnWire(recovery.duplicate()?);
    agent.call(CopyRecoveryKey { key, display: display() }).await
}

/// Compares the end of the recovery key; where it is right, the key is forgotten.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn confirm_recovery_key(
    recovery: State<'_, PendingRecovery>,
    tail: Input<String>,
) -> Answer<bool> {
    recovery.confirm(&tail.0)
}
