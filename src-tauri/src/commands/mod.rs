//! What the web UI may ask of the shell: one file an area, each command at most five lines.
//!
//! A command translates and passes on; work is done by the agent. Each has a permission of its own in
//! `src-tauri/permissions/`, granted to a window in `src-tauri/capabilities/`: a command that is
//! missing there cannot be called from any window. Arguments come as [`crate::input::Input`], answers
//! go as [`Answer`]; `ui/src/bindings` is generated from both.

pub(crate) mod about;
pub(crate) mod autostart;
pub(crate) mod body;
pub(crate) mod capture;
pub(crate) mod closing;
pub(crate) mod consent;
pub(crate) mod credential;
pub(crate) mod draft;
pub(crate) mod exchange;
pub(crate) mod history;
pub(crate) mod journal;
pub(crate) mod paste;
pub(crate) mod preferences;
pub(crate) mod provider;
pub(crate) mod provider_rules;
pub(crate) mod recovery;
pub(crate) mod reminder;
pub(crate) mod request;
pub(crate) mod reveal;
pub(crate) mod rotation;
pub(crate) mod settings;
pub(crate) mod share_safe;
pub(crate) mod shortcut;
pub(crate) mod tester;
pub(crate) mod token;
pub(crate) mod trash;
pub(crate) mod usage;
pub(crate) mod vault;

use keyturn_protocol::calls::DisplayVariables;
use keyturn_protocol::{ApiError, environment};

/// What a command answers.
pub(crate) type Answer<T> = Result<T, ApiError>;

/// Where this window's screen and clipboard are.
fn display() -> DisplayVariables {
    let set = |name: &str| Some((name.to_owned(), std::env::var(name).ok()?));
    environment::DISPLAY.iter().filter_map(|name| set(name)).collect()
}
