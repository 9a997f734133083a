//! Showing one stored secret, in a process of its own: the main window asks for it and never has it.

use keyturn_core::TargetRef;
use keyturn_protocol::SecretOnWire;
use keyturn_protocol::calls::RevealSecret;
use tauri::{AppHandle, State};

use crate::agent::Agent;
use crate::commands::Answer;
use crate::input::Input;
use crate::prompt::{self, Reveal, Revealed};

/// Has the agent show one field; a key that its provider shows once needs a second yes, and where the user
/// wants it so each needs the passphrase.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn open_reveal(
    agent: State<'_, Agent>,
    target: Input<TargetRef>,
    confirmed: Input<bool>,
    passphrase: Input<Option<SecretOnWire>>,
) -> Answer<()> {
    let call = RevealSecret { target: target.0, confirmed: confirmed.0, passphrase: passphrase.0 };
    agent.call(call).await.map(|_| ())
}

/// Hands the secret to the reveal window, once.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn take_reveal(app: AppHandle, reveal: State<'_, Reveal>) -> Answer<Revealed> {
    reveal.take(&app)
}

/// Closes the reveal window.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn close_reveal(app: AppHandle) -> Answer<()> {
    prompt::end(&app);
    Ok(())
}
