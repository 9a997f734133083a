//! The end of the window, and of everything.

use tauri::{AppHandle, State};

use crate::agent::Agent;
use crate::closing;
use crate::commands::Answer;

/// Closes the window, which the page explains the first time; the agent and the tray go on.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn close_window(app: AppHandle) -> Answer<()> {
    closing::close(&app);
    Ok(())
}

/// Ends the window, the agent and the tray; the vault locks.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn quit(app: AppHandle, agent: State<'_, Agent>) -> Answer<()> {
    closing::quit(&app, &agent).await
}
