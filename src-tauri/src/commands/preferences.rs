//! How the user wants the window to be.

use tauri::{AppHandle, State};

use crate::agent::Agent;
use crate::commands::Answer;
use crate::input::Input;
use crate::preferences::{self, Preferences, PreferencesView};

/// Shows the preferences, and what is wrong with their file.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn show_preferences(agent: State<'_, Agent>) -> Answer<PreferencesView> {
    agent.config_file().map(|file| preferences::show(&file))
}

/// Keeps the preferences, all of them.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn set_preferences(
    app: AppHandle,
    agent: State<'_, Agent>,
    preferences: Input<Preferences>,
) -> Answer<PreferencesView> {
    let file = agent.config_file()?;
    preferences::set(&file, &preferences.0)?;
    app.set_theme(preferences.0.theme.forced());
    Ok(preferences::show(&file))
}
