//! Whether the agent starts when the user logs in.

use tauri::State;

use crate::agent::{Agent, blocking};
use crate::autostart::{self, AutostartView};
use crate::commands::Answer;
use crate::input::Input;

/// Shows whether it starts.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn show_autostart(agent: State<'_, Agent>) -> Answer<AutostartView> {
    let agent = Agent::clone(&agent);
    blocking(move || autostart::show(agent.program())).await
}

/// Has it start, or no longer.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn set_autostart(
    agent: State<'_, Agent>,
    on: Input<bool>,
) -> Answer<AutostartView> {
    let agent = Agent::clone(&agent);
    blocking(move || autostart::set(agent.program(), on.0)).await
}
