//! What the app says of itself.

use std::path::PathBuf;

use keyturn_protocol::config_file::ConfigFile;
use keyturn_protocol::{Home, PROTOCOL_VERSION};
use serde::Serialize;
use tauri::{AppHandle, State};

use crate::agent::{Agent, blocking};
use crate::commands::Answer;
use crate::opened::{OpenedFor, Opening};

/// The running app.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct AppInfo {
    /// The version of the package, as `1.2.3`.
    pub(crate) version: &'static str,
    /// The operating system: `linux`, `macos` or `windows`.
    pub(crate) platform: &'static str,
    /// What kind of processor it was built for.
    architecture: &'static str,
    /// The name by which the desktop knows the app.
    id: String,
    /// The version of the agent that answers; `None` where none does.
    agent: Option<String>,
    /// The version of the protocol between window and agent.
    protocol: u32,
    /// The version of Tauri, which holds the window.
    tauri: &'static str,
    /// The version of the web view that draws it; `None` where it does not say.
    webview: Option<String>,
    /// Where its files lie; `None` where the folders cannot be told.
    paths: Option<AppPaths>,
}

/// Where Keyturn's files lie.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct AppPaths {
    /// The vault.
    vault: PathBuf,
    /// The folder of its backups.
    backups: PathBuf,
    /// The user's preferences.
    preferences: PathBuf,
    /// The folder of the user's own providers.
    profiles: PathBuf,
}

impl AppPaths {
    fn of(home: &Home) -> Self {
        Self {
            vault: home.vault(),
            backups: home.backups(),
            preferences: ConfigFile::of(home).path().to_owned(),
            profiles: home.profiles(),
        }
    }
}

/// Tells what runs. An agent that does not answer has no version: that is told elsewhere.
#[tauri::command]
pub(crate) async fn app_info(app: AppHandle, agent: State<'_, Agent>) -> Answer<AppInfo> {
    let asked = Agent::clone(&agent);
    let version = blocking(move || Ok(asked.connect()?.welcome()?.version.clone())).await;
    Ok(info(app.config().identifier.clone(), version.ok(), agent.home()))
}

pub(crate) fn info(id: String, agent: Option<String>, home: Option<&Home>) -> AppInfo {
    AppInfo {
        version: env!("CARGO_PKG_VERSION"),
        platform: std::env::consts::OS,
        architecture: std::env::consts::ARCH,
        id,
        agent,
        protocol: PROTOCOL_VERSION,
        tauri: tauri::VERSION,
        webview: tauri::webview_version().ok(),
        paths: home.map(AppPaths::of),
    }
}

/// Tells what the window was opened for; once.
#[tauri::command]
pub(crate) async fn opened_for(opened: State<'_, OpenedFor>) -> Answer<Opening> {
    Ok(opened.take())
}
