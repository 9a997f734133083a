//! Reminders: which keys have come due and nobody was told yet. Works while the vault is locked,
//! from names and dates alone.

use std::collections::HashMap;

use chrono::NaiveDate;
use keyturn_core::rotation::Due;
use keyturn_core::{Credential, CredentialId, CredentialRef};
use keyturn_vault::Batch;

use crate::engine::guard;
use crate::{Engine, EngineError};

/// A key that has come due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// The credential.
    pub credential: CredentialId,
    /// How the user names it.
    pub reference: CredentialRef,
    /// The day, and why.
    pub due: Due,
}

/// Names and dates of what may come due; all that is kept of a vault while it is locked.
#[derive(Debug, Default)]
pub(crate) struct ReminderBook {
    entries: Vec<(Reminder, Option<NaiveDate>)>,
    /// Told while the vault was locked; written to it at the next chance.
    told: HashMap<CredentialId, NaiveDate>,
}

impl ReminderBook {
    /// Reckons anew from the vault's credentials.
    pub(crate) fn reckon<'a>(&mut self, credentials: impl Iterator<Item = &'a Credential>) {
        self.entries = credentials
            .filter(|credential| credential.removed_at.is_none())
            .filter_map(|credential| {
                let reminder = Reminder {
                    credential: credential.id,
                    reference: credential.reference(),
                    due: credential.due()?,
                };
                Some((reminder, credential.reminded_of))
            })
            .collect();
    }

    fn due(&self, today: NaiveDate) -> Vec<Reminder> {
        let untold = self.entries.iter().filter(|(reminder, reminded_of)| {
            let on = reminder.due.on;
            let told = *reminded_of == Some(on) || self.told.get(&reminder.credential) == Some(&on);
            on <= today && !told
        });
        untold.map(|(reminder, _)| reminder.clone()).collect()
    }
}

impl Engine {
    /// The keys that have come due and that the user was not told of, open or locked.
    pub fn untold_reminders(&self) -> Vec<Reminder> {
        guard(&self.reminders).due(self.today())
    }

    /// Notes that the user was told, so that it happens once, also after a restart.
    pub fn told(&self, reminder: &Reminder) -> Result<(), EngineError> {
        guard(&self.reminders).told.insert(reminder.credential, reminder.due.on);
        self.write_told()
    }

    /// Writes what was told while the vault was locked; does nothing while it still is.
    pub fn write_told(&self) -> Result<(), EngineError> {
        if !self.is_unlocked() || guard(&self.reminders).told.is_empty() {
            return Ok(());
        }
        let told = guard(&self.reminders).told.clone();
        self.write(|vault| {
            let mut batch = Batch::new();
            for (id, day) in &told {
                if let Some(credential) = vault.credential(*id) {
                    let reminded_of = Some(*day);
                    batch.put_credential(Credential { reminded_of, ..credential.clone() });
                }
            }
            self.commit(vault, batch)
        })?;
        guard(&self.reminders).told.retain(|id, day| told.get(id) != Some(day));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use keyturn_core::rotation::DueReason;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn book(on: &str, reminded_of: Option<&str>) -> ReminderBook {
        let reminder = Reminder {
            credential: CredentialId::make_random(),
            reference: "deepidv/main".parse().unwrap(),
            due: Due { on: day(on), reason: DueReason::Interval },
        };
        let entries = vec![(reminder, reminded_of.map(day))];
        ReminderBook { entries, told: HashMap::default() }
    }

    #[test]
    fn a_key_is_told_from_its_day_on_and_not_before() {
        assert!(book("2026-06-15", None).due(day("2026-06-14")).is_empty());
        assert_eq!(book("2026-06-15", None).due(day("2026-06-15")).len(), 1);
        assert_eq!(book("2026-06-15", None).due(day("2026-07-01")).len(), 1);
    }

    #[test]
    fn what_was_told_is_not_told_again_until_a_new_day_is_due() {
        assert!(book("2026-06-15", Some("2026-06-15")).due(day("2026-06-20")).is_empty());
        assert_eq!(book("2026-09-15", Some("2026-06-15")).due(day("2026-09-15")).len(), 1);
    }

    #[test]
    fn what_was_told_while_locked_is_not_told_again() {
        let mut book = book("2026-06-15", None);
        let reminder = book.due(day("2026-06-15")).remove(0);
        book.told.insert(reminder.credential, reminder.due.on);
        assert!(book.due(day("2026-06-16")).is_empty());
    }
}
