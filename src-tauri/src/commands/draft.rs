//! What the user is writing in the window, for after a lock.

use keyturn_protocol::SecretOnWire;
use keyturn_protocol::calls::{DraftView, KeepDraft, ShowDraft};
use tauri::State;

use crate::agent::Agent;
use crate::commands::Answer;
use crate::input::Input;

/// Shows what was kept.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn show_draft(agent: State<'_, Agent>) -> Answer<DraftView> {
    agent.call(ShowDraft {}).await
}

/// Keeps what is being written, or forgets it.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn keep_draft(
    agent: State<'_, Agent>,
    text: Input<Option<SecretOnWire>>,
) -> Answer<()> {
    agent.call(KeepDraft { text: text.0 }).await.map(|_| ())
}
