//! Pasted text. It comes in here once; its values stay in the agent, and the page gets a ticket.

use keyturn_protocol::SecretOnWire;
use keyturn_protocol::calls::{PasteView, RecognizePaste};
use tauri::State;

use crate::agent::Agent;
use crate::commands::{Answer, display};
use crate::input::Input;

/// Says what a pasted text is, and to which providers its values could belong.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn recognize_paste(
    agent: State<'_, Agent>,
    text: Input<SecretOnWire>,
) -> Answer<PasteView> {
    agent.call(RecognizePaste { text: Some(text.0), display: display() }).await
}
