//! The one secret that this process was started to show: taken once by the reveal window, gone with that
//! window. It never was in the process of the main window.

use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use keyturn_protocol::prompt::{RecoveryKit, RevealOrder};
use keyturn_protocol::{ApiError, ErrorCode, SecretOnWire};
use serde::Serialize;
use tauri::{AppHandle, Runtime};

use super::end;

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
    /// What is printed with it, where it is to be printed.
    kit: Option<RecoveryKit>,
}

/// The secret that waits for its window.
#[derive(Debug, Default)]
pub(crate) struct Reveal(Mutex<Option<RevealOrder>>);

impl Reveal {
    pub(super) fn of(order: RevealOrder) -> Self {
        Self(Mutex::new(Some(order)))
    }

    /// Hands the secret out, once, and lets its window end in time.
    pub(crate) fn take<R: Runtime>(&self, app: &AppHandle<R>) -> Result<Revealed, ApiError> {
        let revealed = self.taken()?;
        let (app, seconds) = (app.clone(), revealed.seconds);
        thread::spawn(move || {
            thread::sleep(Duration::from_secs(seconds));
            end(&app);
        });
        Ok(revealed)
    }

    /// Wipes the secret that waits.
    pub(crate) fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    fn taken(&self) -> Result<Revealed, ApiError> {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        let RevealOrder { title, value, seconds, kit } = waiting.ok_or_else(|| {
            ApiError::new(ErrorCode::NotFound, "there is nothing to reveal any more")
                .hint("Close this window and reveal it again.")
        })?;
        Ok(Revealed { title, value, seconds, kit })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting() -> Reveal {
        let value = SecretOnWire::new("canary");
        let title = "acme/main/api_key".to_owned();
        Reveal::of(RevealOrder { title, value, seconds: 15, kit: None })
    }

    #[test]
    fn a_secret_is_handed_out_once() {
        let reveal = waiting();
        assert_eq!(reveal.taken().unwrap().value.0.expose(), "canary");
        assert_eq!(reveal.taken().unwrap_err().code, ErrorCode::NotFound);
    }

    #[test]
    fn a_secret_that_was_forgotten_is_not_handed_out() {
        let reveal = waiting();
        reveal.forget();
        assert!(reveal.taken().is_err());
    }

    #[test]
    fn nothing_of_a_waiting_secret_is_in_debug() {
        assert!(!format!("{:?}", waiting()).contains("canary"));
    }
}
