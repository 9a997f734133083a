//! What the app says of itself.

use keyturn_core::CredentialRef;
use serde::Serialize;
use tauri::State;

use crate::commands::Answer;
use crate::opened::OpenedFor;

/// The running app.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct AppInfo {
    /// The version of the package, as `1.2.3`.
    pub(crate) version: &'static str,
    /// The operating system: `linux`, `macos` or `windows`.
    pub(crate) platform: &'static str,
}

/// Tells what runs.
#[tauri::command]
pub(crate) fn app_info() -> AppInfo {
    AppInfo { version: env!("CARGO_PKG_VERSION"), platform: std::env::consts::OS }
}

/// Tells which credential the window was opened for; once.
#[tauri::command]
pub(crate) async fn opened_for(opened: State<'_, OpenedFor>) -> Answer<Option<CredentialRef>> {
    Ok(opened.take())
}
