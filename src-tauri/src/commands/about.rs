//! What the app says of itself.

use serde::Serialize;

/// The version of the running app.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct AppVersion {
    /// The version of the package, as `1.2.3`.
    pub version: &'static str,
}

/// Tells the version of the running app.
#[tauri::command]
pub fn app_version() -> AppVersion {
    AppVersion { version: env!("CARGO_PKG_VERSION") }
}
