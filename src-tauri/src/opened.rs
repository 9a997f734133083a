//! What the window was opened for: a credential (`keyturn-desktop --open PROVIDER/NAME`, as a
//! notification's Open does), or the palette (`keyturn-desktop --palette`, as the shortcut does).

use std::sync::{Mutex, PoisonError};

use keyturn_core::CredentialRef;
use serde::Serialize;

/// The flag before the credential.
const OPEN: &str = "--open";
/// The flag of the palette; also for a desktop's own settings of keys, where nothing else works.
const PALETTE: &str = "--palette";

/// What is to be shown first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct Opening {
    /// The credential.
    pub(crate) reference: Option<CredentialRef>,
    /// Whether the palette is.
    pub(crate) palette: bool,
}

/// What waits to be shown; taken once.
#[derive(Debug, Default)]
pub(crate) struct OpenedFor(Mutex<Opening>);

impl OpenedFor {
    /// Reads the program's arguments. What is no credential's name opens the window all the same.
    pub(crate) fn of_arguments(arguments: impl Iterator<Item = String>) -> Self {
        let mut opening = Opening::default();
        let mut arguments = arguments;
        while let Some(word) = arguments.next() {
            match &*word {
                OPEN => opening.reference = arguments.next().and_then(|name| name.parse().ok()),
                PALETTE => opening.palette = true,
                _ => {}
            }
        }
        Self(Mutex::new(opening))
    }

    /// Hands it over, once: to the page, or to the window that is open already.
    pub(crate) fn take(&self) -> Opening {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(words: &[&str]) -> Opening {
        let words = words.iter().map(|word| (*word).to_owned());
        OpenedFor::of_arguments(words).take()
    }

    fn reference(words: &[&str]) -> Option<String> {
        opened(words).reference.map(|reference| reference.to_string())
    }

    #[test]
    fn the_credential_behind_the_flag_is_shown_once() {
        assert_eq!(reference(&["x", "--open", "acme/main"]).as_deref(), Some("acme/main"));
        let words = ["--open".to_owned(), "acme/main".to_owned()];
        let opened = OpenedFor::of_arguments(words.into_iter());
        assert!(opened.take().reference.is_some());
        assert_eq!(opened.take(), Opening::default());
    }

    #[test]
    fn without_a_credential_the_window_opens_as_it_was() {
        for words in [&["x"][..], &["x", "--open"], &["x", "--open", "no name"]] {
            assert_eq!(opened(words), Opening::default());
        }
    }

    #[test]
    fn the_palette_is_asked_for_by_its_flag() {
        assert!(opened(&["--palette"]).palette);
        assert!(!opened(&["--open", "--palette"]).palette, "there it is no flag");
    }
}
