//! Requests with a credential. The agent sends them and redacts what comes back.

use keyturn_protocol::calls::{ExplainAnswer, ExplainAnswerView, SendRequest, SendRequestAnswer};
use tauri::State;

use crate::agent::Agent;
use crate::commands::Answer;
use crate::input::Input;

/// Sends one request.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn send_request(
    agent: State<'_, Agent>,
    call: Input<SendRequest>,
) -> Answer<SendRequestAnswer> {
    agent.call(call.0).await
}

/// Says what an answer means that another program got.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn explain_answer(
    agent: State<'_, Agent>,
    call: Input<ExplainAnswer>,
) -> Answer<ExplainAnswerView> {
    agent.call(call.0).await
}
