//! The one secret that is being shown: taken once by the reveal window, gone with that window.
//!
//! The window ends after [`SECONDS`], when it loses the focus, with the vault's lock and with the main
//! window. Nothing else in the app holds a stored secret in a page.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use keyturn_core::SecretString;
use keyturn_protocol::{ApiError, ErrorCode, SecretOnWire};
use serde::Serialize;
use tauri::{AppHandle, Manager, Runtime};

use crate::windows;

/// How long a secret is shown.
const SECONDS: u64 = 15;

/// What the reveal window shows.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct Revealed {
    /// What it is.
    title: String,
    /// The secret itself; nowhere else does one go to a page.
    value: SecretOnWire,
    /// How long it is shown.
    seconds: u64,
}

/// The secret that waits for its window.
#[derive(Debug, Default)]
pub(crate) struct Reveal(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    waiting: Option<(String, SecretString)>,
    /// Counts openings, so that the end of one does not close the next.
    opening: u64,
}

impl Reveal {
    /// Opens the reveal window on a secret.
    pub(crate) fn open<R: Runtime>(
        &self,
        app: &AppHandle<R>,
        title: String,
        secret: SecretString,
    ) -> Result<(), ApiError> {
        self.wait_with(title, secret);
        windows::open_reveal(app).map_err(|error| {
            self.forget();
            ApiError::new(ErrorCode::Internal, format!("the window cannot be opened: {error}"))
        })
    }

    /// Hands the secret out, once, and lets its window end in time.
    pub(crate) fn take<R: Runtime>(&self, app: &AppHandle<R>) -> Result<Revealed, ApiError> {
        let (revealed, opening) = self.taken()?;
        let app = app.clone();
        thread::spawn(move || {
            thread::sleep(Duration::from_secs(SECONDS));
            if app.state::<Self>().state().opening == opening {
                windows::close_reveal(&app);
            }
        });
        Ok(revealed)
    }

    /// Ends the showing, whether it began or not.
    pub(crate) fn end<R: Runtime>(&self, app: &AppHandle<R>) {
        self.forget();
        windows::close_reveal(app);
    }

    /// Wipes the secret that waits.
    pub(crate) fn forget(&self) {
        self.state().waiting = None;
    }

    fn wait_with(&self, title: String, secret: SecretString) {
        let mut state = self.state();
        state.opening += 1;
        state.waiting = Some((title, secret));
    }

    fn taken(&self) -> Result<(Revealed, u64), ApiError> {
        let mut state = self.state();
        let (title, secret) = state.waiting.take().ok_or_else(|| {
            ApiError::new(ErrorCode::NotFound, "there is nothing to reveal any more")
                .hint("Close this window and reveal it again.")
        })?;
        let revealed = Revealed { title, value: SecretOnWire(secret), seconds: SECONDS };
        Ok((revealed, state.opening))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_handed_out_once() {
        let reveal = Reveal::default();
        reveal.wait_with("acme/main/api_key".to_owned(), SecretString::new("canary".to_owned()));
        let (first, _) = reveal.taken().unwrap();
        assert_eq!(first.value.0.expose(), "canary");
        assert_eq!(reveal.taken().unwrap_err().code, ErrorCode::NotFound);
    }

    #[test]
    fn the_end_of_one_opening_is_not_the_end_of_the_next() {
        let reveal = Reveal::default();
        let open = || {
            reveal.wait_with(String::new(), SecretString::new(String::new()));
            reveal.taken().unwrap().1
        };
        assert_ne!(open(), open());
    }

    #[test]
    fn nothing_of_a_waiting_secret_is_in_debug() {
        let reveal = Reveal::default();
        reveal.wait_with(String::new(), SecretString::new("canary".to_owned()));
        assert!(!format!("{reveal:?}").contains("canary"));
    }
}
