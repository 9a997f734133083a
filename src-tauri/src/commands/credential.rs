//! Credentials. Secrets come in here; none goes out.

use keyturn_core::CredentialRef;
use keyturn_protocol::SecretOnWire;
use keyturn_protocol::calls::{
    AddCredential, Capture, CaptureAnswer, CredentialDetail, CredentialView, DueItem,
    ListCredentials, ListDue, RemoveCredential, ShowCredential,
};
use tauri::State;

use crate::agent::Agent;
use crate::commands::{Answer, display};
use crate::input::Input;

/// Lists all credentials.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn list_credentials(agent: State<'_, Agent>) -> Answer<Vec<CredentialView>> {
    agent.call(ListCredentials::default()).await
}

/// Shows one credential.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn show_credential(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
) -> Answer<CredentialDetail> {
    agent.call(ShowCredential { reference: reference.0 }).await
}

/// Lists what is due.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn list_due(
    agent: State<'_, Agent>,
    within_days: Input<i64>,
) -> Answer<Vec<DueItem>> {
    agent.call(ListDue { within_days: within_days.0 }).await
}

/// Adds a credential.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn add_credential(
    agent: State<'_, Agent>,
    call: Input<AddCredential>,
) -> Answer<CredentialDetail> {
    agent.call(call.0).await
}

/// Stores a reveal-once key; without a value the agent takes it from the clipboard.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn capture_key(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
    value: Input<Option<SecretOnWire>>,
) -> Answer<CaptureAnswer> {
    let (reference, value, display) = (reference.0, value.0, display());
    agent.call(Capture { reference, field: None, value, display }).await
}

/// Moves a credential to the trash.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn remove_credential(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
) -> Answer<()> {
    agent.call(RemoveCredential { reference: reference.0 }).await.map(|_| ())
}
