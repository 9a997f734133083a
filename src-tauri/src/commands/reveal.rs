//! Showing one stored secret, in a window of its own.

use keyturn_core::{SecretFormat, TargetRef};
use keyturn_protocol::calls::GetFields;
use tauri::{AppHandle, State};

use crate::agent::Agent;
use crate::commands::Answer;
use crate::input::Input;
use crate::reveal::{Reveal, Revealed};

/// Opens the reveal window on one field; a key that its provider shows once needs a second yes.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn open_reveal(
    app: AppHandle,
    agent: State<'_, Agent>,
    reveal: State<'_, Reveal>,
    target: Input<TargetRef>,
    confirmed: Input<bool>,
) -> Answer<()> {
    let title = target.0.to_string();
    let (target, confirmed) = (target.0, confirmed.0);
    let call = GetFields { target, format: SecretFormat::Raw, shown: true, confirmed };
    reveal.open(&app, title, agent.call(call).await?.rendered.0)
}

/// Hands the secret to the reveal window, once.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn take_reveal(app: AppHandle, reveal: State<'_, Reveal>) -> Answer<Revealed> {
    reveal.take(&app)
}

/// Closes the reveal window.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn close_reveal(app: AppHandle, reveal: State<'_, Reveal>) -> Answer<()> {
    reveal.end(&app);
    Ok(())
}
