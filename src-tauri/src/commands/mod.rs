//! What the web UI may ask of the shell: one file an area, each command at most a few lines.
//!
//! A command translates and passes on; work is done by the agent. Each has a permission of its own in
//! `src-tauri/permissions/`, granted to a window in `src-tauri/capabilities/`: a command that is
//! missing there cannot be called from any window.

pub mod about;
