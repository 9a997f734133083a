//! The request tester: sending, taking back, and what a request is without sending it.

use keyturn_core::CredentialRef;
use keyturn_protocol::calls::{CheckedView, FollowRedirect, RunChecks, SendRequestAnswer};
use keyturn_protocol::{RequestCode, RequestCodeForm};
use keyturn_request::{Request, variables_of};
use tauri::State;

use crate::agent::{Agent, blocking};
use crate::commands::Answer;
use crate::input::Input;
use crate::tester::{
    Bodies, ImportedDocument, ImportedView, TesterAnswer, TesterRequest, Turns, import, send,
    written,
};

/// Sends one request. Its answer's body stays in the shell.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn tester_send(
    agent: State<'_, Agent>,
    bodies: State<'_, Bodies>,
    turns: State<'_, Turns>,
    call: Input<TesterRequest>,
) -> Answer<TesterAnswer> {
    send::send(&agent, &bodies, &turns, call.0).await
}

/// Takes a request back that is on its way.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn tester_cancel(turns: State<'_, Turns>, turn: Input<u64>) -> Answer<()> {
    turns.inner().clone().cancelled(turn.0).await
}

/// Shows what would be sent, secrets masked. Nothing is sent, and no token bought.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn tester_preview(
    agent: State<'_, Agent>,
    call: Input<TesterRequest>,
) -> Answer<SendRequestAnswer> {
    send::preview(&agent, call.0).await
}

/// Goes where an answer leads, without the credential.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn follow_redirect(
    agent: State<'_, Agent>,
    bodies: State<'_, Bodies>,
    turns: State<'_, Turns>,
    reference: Input<CredentialRef>,
    ticket: Input<u64>,
    turn: Input<u64>,
) -> Answer<TesterAnswer> {
    let call = FollowRedirect { reference: reference.0, ticket: ticket.0 };
    send::answered(&agent, &bodies, &turns, turn.0, call).await
}

/// Runs the saved checks of a credential, or of all.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn run_checks(
    agent: State<'_, Agent>,
    reference: Input<Option<CredentialRef>>,
    confirmed: Input<bool>,
) -> Answer<Vec<CheckedView>> {
    agent.call(RunChecks { reference: reference.0, confirmed: confirmed.0 }).await
}

/// Reads a curl command.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn import_curl(text: Input<String>) -> Answer<ImportedView> {
    import::curl(text.0).await
}

/// Reads an `OpenAPI` document or a Postman collection.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn import_document(
    text: Input<String>,
    base: Input<Option<String>>,
) -> Answer<ImportedDocument> {
    import::document(text.0, base.0).await
}

/// Writes a request as code, without a secret.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn request_code(
    agent: State<'_, Agent>,
    call: Input<TesterRequest>,
    form: Input<RequestCodeForm>,
) -> Answer<RequestCode> {
    written::code(&agent, call.0, form.0).await
}

/// Names the variables of a request.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn request_variables(request: Input<Request>) -> Answer<Vec<String>> {
    blocking(move || Ok(variables_of(&request.0).into_iter().collect())).await
}
