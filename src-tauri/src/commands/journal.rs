//! The audit journal. No entry holds a secret, a query or a body.

use keyturn_protocol::calls::{JournalPage, JournalProof, ListJournal, VerifyJournal};
use tauri::State;

use crate::agent::Agent;
use crate::commands::Answer;
use crate::input::Input;

/// Lists a page of the journal, the newest entry first.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn list_journal(
    agent: State<'_, Agent>,
    call: Input<ListJournal>,
) -> Answer<JournalPage> {
    agent.call(call.0).await
}

/// Proves the journal's chain.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn verify_journal(agent: State<'_, Agent>) -> Answer<JournalProof> {
    agent.call(VerifyJournal {}).await
}
