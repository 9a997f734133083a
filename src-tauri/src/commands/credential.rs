//! Credentials. Secrets come in here; none goes out.

use keyturn_core::CredentialRef;
use keyturn_protocol::calls::{
    AddCredential, CredentialDetail, CredentialView, DueItem, EditCredential, FindCredentials,
    FoundCredential, ListCredentials, ListDue, RemoveCredential, ShowCredential,
};
use tauri::State;

use crate::agent::Agent;
use crate::annotation::Annotation;
use crate::commands::Answer;
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

/// Changes what a credential is annotated with; its values and where they go stay as they are.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn annotate_credential(
    agent: State<'_, Agent>,
    call: Input<Annotation>,
) -> Answer<CredentialDetail> {
    agent.call(call.0.into_edit()).await
}

/// Changes a credential. Where stored secrets would go to another host than before, it needs a yes.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn edit_credential(
    agent: State<'_, Agent>,
    call: Input<EditCredential>,
) -> Answer<CredentialDetail> {
    agent.call(call.0).await
}

/// Finds credentials by their words, or the last four characters of a key.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn find_credentials(
    agent: State<'_, Agent>,
    text: Input<String>,
) -> Answer<Vec<FoundCredential>> {
    agent.call(FindCredentials { text: text.0 }).await
}

/// Moves a credential to the trash.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn remove_credential(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
) -> Answer<()> {
    agent.call(RemoveCredential { reference: reference.0 }).await.map(|_| ())
}
