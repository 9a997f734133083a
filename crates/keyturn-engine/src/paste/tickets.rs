//! Pasted secrets between their recognition and their use: each suggestion's under a ticket of its own.
//!
//! They are wiped on use, on lock and after five minutes, and the oldest where there are many. A ticket
//! counts for the provider that it was made for alone.

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::{PasteTicket, ProviderId, SecretFields};

use super::{FromPaste, PasteError};

/// So long values are kept.
const LONGEST: TimeDelta = TimeDelta::minutes(5);

/// So many suggestions are kept.
const MOST: usize = 100;

/// The secrets of one suggestion.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) ticket: PasteTicket,
    /// The paste that it belongs to.
    pub(super) paste: u64,
    /// Whether its values are nobody else's; others of the paste are readings of the same ones.
    pub(super) alone: bool,
    pub(super) provider: ProviderId,
    pub(super) secrets: SecretFields,
    pub(super) since: DateTime<Utc>,
}

/// All that is kept, the oldest first.
#[derive(Debug, Default)]
pub(crate) struct Tickets {
    held: Vec<Held>,
    pastes: u64,
}

impl Tickets {
    /// The number of a new paste.
    pub(super) fn next_paste(&mut self) -> u64 {
        self.pastes += 1;
        self.pastes
    }

    pub(super) fn keep(&mut self, held: Held) {
        self.forget_old(held.since);
        if self.held.len() >= MOST {
            drop(self.held.remove(0));
        }
        self.held.push(held);
    }

    /// The secrets that a ticket stands for.
    pub(super) fn secrets(
        &mut self,
        from: &FromPaste,
        provider: &ProviderId,
        now: DateTime<Utc>,
    ) -> Result<SecretFields, PasteError> {
        self.forget_old(now);
        let held = self.held.iter().find(|held| held.ticket == from.ticket);
        let held = held.ok_or(PasteError::Gone)?;
        if held.provider != *provider {
            return Err(PasteError::OtherProvider);
        }
        let taken = held.secrets.iter().filter(|(name, _)| from.fields.contains(name));
        Ok(taken.map(|(name, secret)| (name.clone(), secret.duplicate())).collect())
    }

    /// Forgets a ticket that was used, with all other readings of its values.
    pub(super) fn forget(&mut self, ticket: &PasteTicket) {
        let used = self.held.iter().find(|held| held.ticket == *ticket);
        let Some((paste, alone)) = used.map(|held| (held.paste, held.alone)) else { return };
        self.held.retain(|held| held.ticket != *ticket && (alone || held.paste != paste));
    }

    /// Forgets what is old; where the clock was set back, nobody knows how old anything is.
    pub(super) fn forget_old(&mut self, now: DateTime<Utc>) {
        self.held.retain(|held| held.since <= now && now - held.since < LONGEST);
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.held.clear();
    }

    pub(super) const fn len(&self) -> usize {
        self.held.len()
    }
}
