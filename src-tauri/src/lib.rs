//! The desktop shell: the windows around the web UI, and the commands that the UI may call.
//!
//! The Rust backend is not here. It is the agent, `crates/keyturn-agent`: a process of its own that
//! holds the unlocked vault, the schedule and the network, is started by the app when none runs, and
//! goes on when the window is closed. This shell is one of its clients, as the command line is.
//!
//! It refuses to hold a key, to open the vault's file and to speak to the network.
//!
//! Where to look next: `windows` for the windows, `commands/` for what the UI may ask, `agent` for the
//! way to the agent, `notice` for what the UI is told without asking.

mod agent;
pub mod automation;
#[cfg(test)]
mod bindings;
mod commands;
mod input;
mod notice;
mod recovery;
mod rendering;
mod reveal;
#[cfg(test)]
mod tests;
mod windows;

use commands::{
    about, credential, provider, recovery as key, request, reveal as show, token, vault,
};

/// Runs the desktop program until its last window is closed.
pub fn run() -> tauri::Result<()> {
    let agent = agent::Agent::of_user()?;
    tauri::Builder::default()
        .manage(agent.clone())
        .manage(recovery::PendingRecovery::default())
        .manage(reveal::Reveal::default())
        .invoke_handler(tauri::generate_handler![
            about::app_info,
            vault::show_status,
            vault::init_vault,
            vault::unlock_vault,
            vault::lock_vault,
            key::save_recovery_key,
            key::show_recovery_key,
            key::confirm_recovery_key,
            provider::list_providers,
            provider::show_provider,
            credential::list_credentials,
            credential::show_credential,
            credential::list_due,
            credential::add_credential,
            credential::capture_key,
            credential::remove_credential,
            token::copy_secret,
            token::renew_token,
            request::send_request,
            show::open_reveal,
            show::take_reveal,
            show::close_reveal,
        ])
        .setup(|app| {
            windows::open_main(app.handle())?;
            notice::forward(app.handle().clone(), agent)?;
            Ok(())
        })
        .run(tauri::generate_context!())
}
