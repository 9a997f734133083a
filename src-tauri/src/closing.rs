//! How the window ends: alone, or with everything.
//!
//! The first close ever asks the page to say what goes on without a window; the user's word that they
//! know is a preference. A second close closes whatever the page does: nobody is kept in.

use std::sync::atomic::{AtomicBool, Ordering};

use keyturn_protocol::ApiError;
use tauri::{AppHandle, Manager, Runtime};

use crate::agent::Agent;
use crate::notice::{self, WindowNotice};
use crate::{placement, preferences, windows};

/// Whether the page was asked to explain what closing does.
#[derive(Debug, Default)]
pub(crate) struct Closing {
    asked: AtomicBool,
}

impl Closing {
    /// Whether the page has to explain first, which it is asked once.
    fn explains(&self, known: impl FnOnce() -> bool) -> bool {
        !self.asked.swap(true, Ordering::Relaxed) && !known()
    }
}

/// Whether a close that the user began has to wait, because the page says first what it means.
pub(crate) fn waits<R: Runtime>(app: &AppHandle<R>) -> bool {
    let known = || {
        // Where no preference can be kept, it would be said each time.
        let file = app.state::<Agent>().config_file();
        file.map_or(true, |file| preferences::current(&file).closing_explained)
    };
    let waits = app.state::<Closing>().explains(known);
    if waits {
        notice::tell_window(app, WindowNotice::Closing);
    }
    waits
}

/// Closes the main window, and with it this process; where the user may not know what that means, the
/// page says it first.
pub(crate) fn close<R: Runtime>(app: &AppHandle<R>) {
    if waits(app) {
        return;
    }
    placement::keep(app);
    if let Some(window) = app.get_webview_window(windows::MAIN) {
        // It fails only for a window that is closing already.
        drop(window.destroy());
    }
}

/// Ends the agent, with it the tray, and then this process. A vault that could not be locked in order is
/// an error, and the window stays; an agent that is gone is none.
pub(crate) async fn quit<R: Runtime>(app: &AppHandle<R>, agent: &Agent) -> Result<(), ApiError> {
    agent.stop().await?;
    leave(app);
    Ok(())
}

/// Ends this process; the agent is ending already.
pub(crate) fn leave<R: Runtime>(app: &AppHandle<R>) {
    placement::keep(app);
    app.exit(0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_close_is_explained_and_the_second_closes() {
        let closing = Closing::default();
        assert!(closing.explains(|| false));
        assert!(!closing.explains(|| false), "a page that says nothing keeps nobody in");
    }

    #[test]
    fn who_knows_is_told_nothing() {
        assert!(!Closing::default().explains(|| true));
    }
}
