//! The desktop shell: one window around the web UI, and the commands that the UI may call.
//!
//! The Rust backend is not here. It is the agent, `crates/keyturn-agent`: a process of its own that
//! holds the unlocked vault, the schedule and the network, is started by the app when none runs, and
//! goes on when the window is closed. This shell is one of its clients, as the command line is.
//!
//! It refuses to hold a key, to open the vault's file and to speak to the network.
//!
//! Where to look next: [`windows`] for the window, [`commands`] for what the UI may ask.

pub mod automation;
pub mod commands;
pub mod windows;

#[cfg(test)]
mod tests;

/// Runs the desktop program until its last window is closed.
pub fn run() -> tauri::Result<()> {
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![commands::about::app_version])
        .setup(|app| {
            windows::open_main(app.handle())?;
            Ok(())
        })
        .run(tauri::generate_context!())
}
