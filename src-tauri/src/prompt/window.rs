//! The prompt's one window, and what ends it.

use std::sync::atomic::{AtomicBool, Ordering};

use tauri::{AppHandle, Runtime, WindowEvent};

use super::end;
use crate::windows;

/// The label of the window that asks for consent.
pub(crate) const CONSENT: &str = "consent";
/// The label of the window that shows one secret.
pub(crate) const REVEAL: &str = "reveal";

/// Opens the window of that label before the user. One that shows a secret closes when it loses the
/// focus, unless it is to be printed; one that asks stays, since whoever looks up what it says comes back
/// to it.
pub(super) fn open<R: Runtime>(
    app: &AppHandle<R>,
    label: &str,
    ends_unfocused: bool,
) -> tauri::Result<()> {
    let window = windows::open(app, label)?;
    let had_focus = AtomicBool::new(false);
    let owner = app.clone();
    window.on_window_event(move |event| match event {
        WindowEvent::Focused(true) => had_focus.store(true, Ordering::Relaxed),
        // Some systems report the focus of others first, before a new window has it.
        WindowEvent::Focused(false) if ends_unfocused && had_focus.load(Ordering::Relaxed) => {
            end(&owner);
        }
        WindowEvent::Destroyed => end(&owner),
        _ => {}
    });
    window.set_focus()
}
