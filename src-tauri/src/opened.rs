//! The credential that the window was opened for: `keyturn-desktop --open PROVIDER/NAME`, as a
//! notification's Open does.

use std::sync::{Mutex, PoisonError};

use keyturn_core::CredentialRef;

/// The flag before the credential.
const FLAG: &str = "--open";

/// What waits to be shown; taken once.
#[derive(Debug, Default)]
pub(crate) struct OpenedFor(Mutex<Option<CredentialRef>>);

impl OpenedFor {
    /// Reads the program's arguments. What is no credential's name opens the window all the same.
    pub(crate) fn of_arguments(mut arguments: impl Iterator<Item = String>) -> Self {
        let named = arguments.find(|word| word == FLAG).and_then(|_| arguments.next());
        Self(Mutex::new(named.and_then(|name| name.parse().ok())))
    }

    /// Hands it over, once: to the page, or to the window that is open already.
    pub(crate) fn take(&self) -> Option<CredentialRef> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(words: &[&str]) -> Option<String> {
        let words = words.iter().map(|word| (*word).to_owned());
        OpenedFor::of_arguments(words).take().map(|reference| reference.to_string())
    }

    #[test]
    fn the_credential_behind_the_flag_is_shown_once() {
        assert_eq!(opened(&["x", "--open", "acme/main"]).as_deref(), Some("acme/main"));
        let words = ["--open".to_owned(), "acme/main".to_owned()];
        let opened = OpenedFor::of_arguments(words.into_iter());
        assert!(opened.take().is_some() && opened.take().is_none());
    }

    #[test]
    fn without_a_credential_the_window_opens_as_it_was() {
        assert_eq!(opened(&["x"]), None);
        assert_eq!(opened(&["x", "--open"]), None);
        assert_eq!(opened(&["x", "--open", "no name"]), None);
    }
}
