//! The settings that are a matter of security; they lie inside the vault.

use keyturn_protocol::calls::{SetSettings, SettingsView, ShowSettings};
use tauri::State;

use crate::agent::Agent;
use crate::commands::Answer;
use crate::input::Input;

/// Shows the settings.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn show_settings(agent: State<'_, Agent>) -> Answer<SettingsView> {
    agent.call(ShowSettings {}).await
}

/// Changes the settings.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn set_settings(
    agent: State<'_, Agent>,
    call: Input<SetSettings>,
) -> Answer<SettingsView> {
    agent.call(call.0).await
}
