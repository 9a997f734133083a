//! The desktop shell: the windows around the web UI, and the commands that the UI may call.
//!
//! The Rust backend is not here. It is the agent, `crates/keyturn-agent`: a process of its own that
//! holds the unlocked vault, the schedule and the network, is started by the app when none runs, and
//! goes on when the window is closed. This shell is one of its clients, as the command line is.
//!
//! It refuses to hold a key, to open the vault's file and to speak to the network.
//!
//! Where to look next: `windows` for the windows, `commands/` for what the UI may ask, `agent` for the
//! way to the agent, `notice` for what the UI is told without asking, `prompt` for the process that asks
//! for consent and shows a secret.

mod agent;
mod annotation;
mod appearance;
pub mod automation;
mod autostart;
#[cfg(test)]
mod bindings;
mod closing;
mod commands;
mod documents;
mod input;
mod notice;
mod only;
mod opened;
mod placement;
mod preferences;
mod prompt;
mod recovery;
mod rendering;
mod tester;
#[cfg(test)]
mod tests;
mod windows;

use commands::{
    about, autostart as login, body, capture, closing as end, credential, draft, exchange, history,
    journal, paste, preferences as wanted, provider, provider_rules, recovery as key, reminder,
    request, reveal as show, rotation, settings, share_safe, shortcut, tester as tester_calls,
    token, trash, usage, vault,
};
use keyturn_protocol::calls::OpenWindow;

/// Runs the desktop program until its last window is closed; as a prompt where the agent started it so.
pub fn run() -> tauri::Result<()> {
    if prompt::is_asked_for(std::env::args().skip(1)) {
        return prompt::run();
    }
    let agent = agent::Agent::of_user()?;
    let opened = opened::OpenedFor::of_arguments(std::env::args().skip(1));
    let only = agent.home().map_or_else(|| Some(only::Only::default()), only::Only::claim);
    let Some(only) = only else {
        // The window that is open does the rest, also where it cannot be told: it is there.
        let opened::Opening { reference, palette } = opened.take();
        let told = agent.call(OpenWindow { reference, palette });
        drop(tauri::async_runtime::block_on(told));
        return Ok(());
    };
    tauri::Builder::default()
        .manage(agent.clone())
        .manage(only)
        .manage(closing::Closing::default())
        .manage(recovery::PendingRecovery::default())
        .manage(opened)
        .manage(tester::Bodies::default())
        .manage(tester::Turns::default())
        .invoke_handler(tauri::generate_handler![
            about::app_info,
            about::opened_for,
            wanted::show_preferences,
            wanted::set_preferences,
            shortcut::show_shortcut,
            shortcut::set_shortcut,
            share_safe::show_share_safe,
            share_safe::set_share_safe,
            login::show_autostart,
            login::set_autostart,
            end::close_window,
            end::quit,
            vault::show_status,
            vault::init_vault,
            vault::unlock_vault,
            vault::lock_vault,
            key::save_recovery_key,
            key::copy_recovery_key,
            key::show_recovery_key,
            key::confirm_recovery_key,
            provider::list_providers,
            provider::show_provider,
            credential::list_credentials,
            credential::show_credential,
            credential::list_due,
            credential::add_credential,
            paste::recognize_paste,
            credential::annotate_credential,
            credential::edit_credential,
            credential::find_credentials,
            capture::check_capture,
            capture::capture_key,
            capture::test_key,
            credential::remove_credential,
            trash::list_trash,
            trash::restore_credential,
            trash::empty_trash,
            history::show_history,
            history::restore_version,
            journal::list_journal,
            journal::verify_journal,
            draft::show_draft,
            draft::keep_draft,
            settings::show_settings,
            settings::set_settings,
            token::copy_secret,
            token::clear_clipboard,
            token::revoke_token,
            usage::show_usage,
            usage::decode_token,
            usage::set_token_end,
            token::copy_text,
            token::renew_token,
            rotation::show_rotation,
            rotation::advance_rotation,
            rotation::show_consumers,
            rotation::edit_consumers,
            provider_rules::show_allow_list,
            provider_rules::edit_allow_list,
            provider_rules::show_checklist,
            provider_rules::tick_checklist,
            reminder::list_reminders,
            reminder::snooze_reminder,
            reminder::acknowledge_reminder,
            reminder::show_inbox,
            reminder::mark_inbox_read,
            reminder::show_reminder_settings,
            reminder::set_reminder_settings,
            reminder::export_calendar,
            reminder::show_timeline,
            reminder::show_health,
            request::send_request,
            request::explain_answer,
            tester_calls::tester_send,
            tester_calls::tester_cancel,
            tester_calls::tester_preview,
            tester_calls::follow_redirect,
            tester_calls::run_checks,
            tester_calls::import_curl,
            tester_calls::import_document,
            tester_calls::request_code,
            tester_calls::request_variables,
            body::body_lines,
            body::body_fold,
            body::body_search,
            body::body_show,
            body::body_image,
            body::body_save,
            body::body_copy,
            body::compare_answers,
            exchange::list_exchanges,
            exchange::forget_exchanges,
            exchange::show_kept,
            exchange::list_saved,
            exchange::save_request,
            exchange::save_requests,
            exchange::remove_saved,
            show::open_reveal,
        ])
        .setup(|app| {
            windows::open_main(app.handle())?;
            notice::forward(app.handle().clone(), agent)?;
            Ok(())
        })
        .run(context())
}

/// What is built into the program: its pages, its configuration and what each window may call.
fn context<R: tauri::Runtime>() -> tauri::Context<R> {
    tauri::generate_context!()
}
