//! Share-safe mode: while it is on, the tray and notifications name no credential, since somebody else may
//! be looking at the screen. Windows hide more, by themselves.
//!
//! It is kept here, since the tray outlives every window, and only while the agent runs: whoever starts
//! anew is shown their names. It is no protection of the vault: what may be done does not change.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use keyturn_core::CredentialRef;
use keyturn_protocol::Event;
use keyturn_protocol::tray::TrayView;

use crate::agent::Agent;

/// Whether names are hidden, and what stands in their place.
#[derive(Debug, Default)]
pub(crate) struct ShareSafe {
    on: AtomicBool,
    /// Their places are their numbers, so that one always has the same.
    known: Mutex<Vec<CredentialRef>>,
}

impl ShareSafe {
    /// Whether names are hidden.
    pub(crate) fn is_on(&self) -> bool {
        self.on.load(Ordering::Relaxed)
    }

    /// The text without the credential's name, where names are hidden.
    pub(crate) fn cover(&self, reference: &CredentialRef, text: &str) -> String {
        if !self.is_on() {
            return text.to_owned();
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let place = known.iter().position(|one| one == reference).unwrap_or_else(|| {
            known.push(reference.clone());
            known.len() - 1
        });
        let standing = format!("{} credential {}", reference.provider, place + 1);
        text.replace(&reference.to_string(), &standing)
    }

    /// The tray without names, where they are hidden.
    pub(crate) fn cover_tray(&self, mut view: TrayView) -> TrayView {
        for line in view.copies.iter_mut().chain(&mut view.expiring) {
            line.label = self.cover(&line.reference, &line.label);
        }
        view
    }
}

/// Switches it, and has everybody follow.
pub(crate) fn set(agent: &Agent, on: bool) -> bool {
    if agent.share_safe.on.swap(on, Ordering::Relaxed) != on {
        agent.tell(Event::ShareSafe(on));
    }
    on
}

#[cfg(test)]
mod tests {
    use keyturn_protocol::tray::TrayLine;

    use super::*;

    fn line(reference: &str, words: &str) -> TrayLine {
        let reference: CredentialRef = reference.parse().unwrap();
        TrayLine { label: format!("Copy {reference}{words}"), reference }
    }

    fn labels(share_safe: &ShareSafe) -> Vec<String> {
        let copies = vec![line("acme/canary", " · 5 h"), line("acme/other", "")];
        let expiring = vec![line("acme/canary", " · due today")];
        let view = share_safe.cover_tray(TrayView { copies, expiring, ..TrayView::default() });
        view.copies.into_iter().chain(view.expiring).map(|line| line.label).collect()
    }

    #[test]
    fn the_tray_names_nothing_while_it_is_on_and_the_same_number_is_the_same_credential() {
        let share_safe = ShareSafe::default();
        assert!(labels(&share_safe).concat().contains("canary"), "positive control: off");
        share_safe.on.store(true, Ordering::Relaxed);
        let expected = [
            "Copy acme credential 1 · 5 h",
            "Copy acme credential 2",
            "Copy acme credential 1 · due today",
        ];
        assert_eq!(labels(&share_safe), expected);
    }
}
