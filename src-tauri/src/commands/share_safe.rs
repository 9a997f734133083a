//! Share-safe mode: names are hidden while somebody else looks at the screen.

use keyturn_protocol::calls::{SetShareSafe, ShowShareSafe};
use tauri::State;

use crate::agent::Agent;
use crate::commands::Answer;
use crate::input::Input;

/// Says whether it is on.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn show_share_safe(agent: State<'_, Agent>) -> Answer<bool> {
    agent.call(ShowShareSafe {}).await
}

/// Switches it, for the tray and notifications as well.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn set_share_safe(agent: State<'_, Agent>, on: Input<bool>) -> Answer<bool> {
    agent.call(SetShareSafe { on: on.0 }).await
}
