//! The engine's state, and how operations get at it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use keyturn_core::{Chance, Clock, Credential, CredentialRef};
use keyturn_http::Transport;
use keyturn_providers::Catalogue;
use keyturn_vault::{
    Batch, JournalEntry, KdfCost, Keystore, OpenError, Peek, Protection, SaveError, Vault,
    VaultPaths,
};
use std::collections::VecDeque;
use tokio::sync::Notify;

use crate::EngineError;
use crate::exchange::Exchanges;
use crate::limit::Gates;
use crate::observed::Observed;
use crate::paste::Tickets;
use crate::profile::OwnProfiles;
use crate::redirect::Leads;
use crate::remind::Reminding;
use crate::token::{Flights, Wire};

/// So many journal entries wait at most, where the vault takes none: the oldest go.
const MOST_PENDING: usize = 1_000;

/// What the engine needs of the world outside.
pub struct Ports {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Draws how long to wait before trying again.
    pub chance: Arc<dyn Chance>,
    /// Sends requests.
    pub transport: Arc<dyn Transport>,
    /// Keeps the keyring's half of the vault's protection.
    pub keystore: Arc<dyn Keystore>,
    /// The providers that are known.
    pub catalogue: Catalogue,
    /// The folder of the user's own profiles.
    pub own_profiles: PathBuf,
    /// The vault's files.
    pub paths: VaultPaths,
    /// What a new vault's passphrase shall cost to try.
    pub kdf_cost: KdfCost,
}

/// The use cases over one vault. Shared between tasks behind an [`Arc`].
pub struct Engine {
    pub(crate) ports: Ports,
    vault: Mutex<Option<Vault>>,
    /// Journal entries that may still wait for company; see [`Engine::flush_journal`].
    pending_journal: Mutex<VecDeque<JournalEntry>>,
    /// Rung when something waits that is to be written.
    pub(crate) unwritten: Notify,
    pub(crate) wire: Arc<Wire>,
    pub(crate) flights: Flights,
    pub(crate) remind: Reminding,
    pub(crate) gates: Gates,
    pub(crate) observed: Mutex<Observed>,
    /// What was asked and is not written yet.
    pub(crate) exchanges: Mutex<Exchanges>,
    pub(crate) own_profiles: OwnProfiles,
    /// Where answers led.
    pub(crate) leads: Mutex<Leads>,
    /// Pasted values between their recognition and their use.
    pub(crate) pastes: Mutex<Tickets>,
}

/// How things stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The vault.
    pub vault: VaultStatus,
    /// What opens it; `None` where there is none.
    pub protection: Option<Protection>,
}

/// How the vault stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VaultStatus {
    /// There is none.
    Absent,
    /// It is locked.
    Locked,
    /// It is open.
    Unlocked {
        /// How many credentials it holds, without those in the trash.
        credentials: usize,
        /// How often it was written.
        generation: u64,
        /// Whether it is open for reading only, because the file is older than it should be.
        quarantined: bool,
    },
}

pub(crate) fn guard<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Engine {
    /// Starts over a vault that is absent or locked.
    #[must_use]
    pub fn new(ports: Ports) -> Self {
        Self {
            own_profiles: OwnProfiles::new(ports.own_profiles.clone()),
            ports,
            vault: Mutex::new(None),
            pending_journal: Mutex::default(),
            unwritten: Notify::new(),
            wire: Arc::default(),
            flights: Flights::default(),
            remind: Reminding::default(),
            gates: Gates::default(),
            observed: Mutex::default(),
            exchanges: Mutex::default(),
            pastes: Mutex::default(),
            leads: Mutex::default(),
        }
    }

    /// Tells how things stand; needs no key.
    pub fn status(&self) -> Result<Status, EngineError> {
        // Held while the file is looked at: nobody opens it meanwhile, who would find it in use.
        let slot = guard(&self.vault);
        if let Some(vault) = &*slot {
            return Ok(Status {
                vault: VaultStatus::Unlocked {
                    credentials: vault.live_credentials().count(),
                    generation: vault.generation(),
                    quarantined: vault.is_quarantined(),
                },
                protection: Some(vault.protection()),
            });
        }
        match Vault::peek(&self.ports.paths) {
            Err(OpenError::Absent { .. }) => {
                Ok(Status { vault: VaultStatus::Absent, protection: None })
            }
            Err(error) => Err(error.into()),
            Ok(Peek { protection, .. }) => {
                Ok(Status { vault: VaultStatus::Locked, protection: Some(protection) })
            }
        }
    }

    /// Whether the vault is open.
    pub fn is_unlocked(&self) -> bool {
        guard(&self.vault).is_some()
    }

    /// The providers that are known.
    pub fn catalogue(&self) -> &Catalogue {
        &self.ports.catalogue
    }

    /// The time by the injected clock.
    pub fn now(&self) -> DateTime<Utc> {
        self.ports.clock.now()
    }

    /// Today's date by the injected clock.
    pub fn today(&self) -> NaiveDate {
        self.ports.clock.today()
    }

    /// What the user's clock shows at a time.
    pub fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        self.ports.clock.local(at)
    }

    /// Says what is in the way where the vault is not open.
    pub fn check_open(&self) -> Result<(), EngineError> {
        self.read(|_| Ok(()))
    }

    pub(crate) fn vault_slot(&self) -> MutexGuard<'_, Option<Vault>> {
        guard(&self.vault)
    }

    /// Reads from the open vault.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Vault) -> Result<T, EngineError>,
    ) -> Result<T, EngineError> {
        let slot = guard(&self.vault);
        if let Some(vault) = &*slot {
            return work(vault);
        }
        // `closed` looks at the slot itself.
        drop(slot);
        Err(self.closed())
    }

    /// Changes the open vault; the reminders are reckoned anew afterwards.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&mut Vault) -> Result<T, EngineError>,
    ) -> Result<T, EngineError> {
        let mut slot = guard(&self.vault);
        let Some(vault) = &mut *slot else {
            drop(slot);
            return Err(self.closed());
        };
        let before = vault.generation();
        let done = work(vault)?;
        if vault.generation() != before {
            self.reckon(vault);
        }
        Ok(done)
    }

    /// Commits a batch together with the journal entries that wait, and what was seen since.
    pub(crate) fn commit(&self, vault: &mut Vault, mut batch: Batch) -> Result<(), EngineError> {
        let pending = std::mem::take(&mut *guard(&self.pending_journal));
        if !pending.is_empty() {
            batch.append_journal(pending.iter().cloned().collect());
        }
        let exchanges = self.write_exchanges(vault, &mut batch);
        let mut observed = self.observed();
        let unwritten = std::mem::take(&mut observed.unwritten);
        if unwritten {
            batch.put_observations(observed.seen.clone());
        }
        let mut reminding = self.reminding();
        let log_unwritten = std::mem::take(&mut reminding.log_unwritten);
        if log_unwritten {
            batch.put_reminders(reminding.book.log());
        }
        drop(reminding);
        vault.commit(batch).map_err(|error| {
            // Where nobody knows whether it was written, once is enough.
            if !matches!(error, SaveError::Unconfirmed) {
                let mut waiting = guard(&self.pending_journal);
                let newer = std::mem::replace(&mut *waiting, pending);
                waiting.extend(newer);
                bound(&mut waiting);
                self.exchanges_wait(exchanges);
                observed.unwritten |= unwritten;
                self.reminding().log_unwritten |= log_unwritten;
            }
            error.into()
        })
    }

    /// Writes an entry soon; while the vault is closed, when it opens.
    pub(crate) fn note_later(&self, entry: JournalEntry) {
        let mut waiting = guard(&self.pending_journal);
        waiting.push_back(entry);
        bound(&mut waiting);
        drop(waiting);
        self.unwritten.notify_one();
    }

    /// Waits until something waits that is to be written: see [`Engine::flush_journal`].
    pub async fn journal_waits(&self) {
        self.unwritten.notified().await;
    }

    /// Writes what was put off, journal entries, exchanges and what was seen of providers, so that uses of a
    /// token need no disk of their own. The agent calls it within a second of such a use.
    pub fn flush_journal(&self) -> Result<(), EngineError> {
        let mut slot = guard(&self.vault);
        slot.as_mut().map_or(Ok(()), |vault| self.flush(vault))
    }

    /// The same for a vault that is held. One that takes no changes is left alone.
    pub(crate) fn flush(&self, vault: &mut Vault) -> Result<(), EngineError> {
        let nothing = guard(&self.pending_journal).is_empty()
            && !self.observed().unwritten
            && !self.reminding().log_unwritten
            && !self.has_waiting_exchanges();
        if nothing || vault.is_quarantined() {
            return Ok(());
        }
        self.commit(vault, Batch::new())
    }

    /// Forgets the entries that no vault takes.
    pub(crate) fn forget_pending(&self) {
        guard(&self.pending_journal).clear();
        self.forget_waiting_exchanges();
    }

    pub(crate) fn has_pending(&self) -> bool {
        !guard(&self.pending_journal).is_empty() || self.has_waiting_exchanges()
    }

    /// The whole journal, oldest entry first, with what is not written yet.
    pub(crate) fn whole_journal(&self, vault: &Vault) -> Result<Vec<JournalEntry>, EngineError> {
        let mut journal = vault.journal()?;
        journal.extend(guard(&self.pending_journal).iter().cloned());
        Ok(journal)
    }

    /// The error for a vault that is not open.
    fn closed(&self) -> EngineError {
        match self.status() {
            Ok(Status { vault: VaultStatus::Absent, .. }) => EngineError::VaultAbsent,
            Ok(_) => EngineError::VaultLocked,
            Err(error) => error,
        }
    }
}

fn bound(waiting: &mut VecDeque<JournalEntry>) {
    let excess = waiting.len().saturating_sub(MOST_PENDING);
    waiting.drain(..excess);
}

/// Finds the credential that is called so and not in the trash.
pub(crate) fn find<'vault>(
    vault: &'vault Vault,
    reference: &CredentialRef,
) -> Result<&'vault Credential, EngineError> {
    let named = |credential: &&Credential| {
        credential.provider == reference.provider && credential.name == reference.name
    };
    vault
        .live_credentials()
        .find(named)
        .ok_or_else(|| EngineError::NoCredential { reference: reference.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_that_no_vault_takes_do_not_grow_for_ever_and_the_newest_stay() {
        let entry = |action: &str| JournalEntry::new(DateTime::UNIX_EPOCH, "test", action);
        let mut waiting = VecDeque::new();
        for number in 0..=MOST_PENDING {
            waiting.push_back(entry(&number.to_string()));
            bound(&mut waiting);
        }
        assert_eq!(waiting.len(), MOST_PENDING);
        let newest = waiting.back().map(|entry| entry.action.clone());
        assert_eq!(newest, Some(MOST_PENDING.to_string()));
    }
}
