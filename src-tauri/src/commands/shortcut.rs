//! The shortcut that brings the palette up, whichever program has the focus.

use keyturn_protocol::calls::{SetShortcut, ShortcutView, ShowShortcut};
use tauri::State;

use crate::agent::Agent;
use crate::commands::Answer;
use crate::input::Input;

/// Shows which keys it has, and whether they work.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn show_shortcut(agent: State<'_, Agent>) -> Answer<ShortcutView> {
    agent.call(ShowShortcut {}).await
}

/// Changes its keys.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn set_shortcut(
    agent: State<'_, Agent>,
    keys: Input<String>,
) -> Answer<ShortcutView> {
    agent.call(SetShortcut { keys: keys.0 }).await
}
