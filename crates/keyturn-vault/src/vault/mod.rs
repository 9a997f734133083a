//! The open vault: what it holds in memory, and the way to the rest.
//!
//! Metadata, token summaries and settings are decrypted once; secrets and tokens on each use. Nothing
//! changes but through [`Vault::commit`]: the file first, memory after it. One thread uses a vault at a
//! time; its owner keeps it behind a lock.

mod backup;
mod commit;
mod create;
mod load;
mod open;
mod proof;
mod read;

#[cfg(test)]
mod tests;

pub use proof::{JournalFlaw, JournalProof};

use std::collections::BTreeMap;

use keyturn_core::reminder::ReminderLog;
use keyturn_core::{Credential, CredentialId, EnvironmentName, TokenSummary, VaultId};
use keyturn_crypto::{SlotKind, VaultKey};

use crate::anchor::Anchor;
use crate::catalog::Catalog;
use crate::file::VaultFile;
use crate::files::LockFile;
use crate::header::RawHeader;
use crate::manifest::{Hashes, Manifest};
use crate::{Keystore, Observations, Protection, Purpose, Settings, VaultPaths};

/// An unlocked vault. Dropping it wipes its key and forgets its metadata.
pub struct Vault {
    paths: VaultPaths,
    /// Resolved; what SQLite opens.
    path: std::path::PathBuf,
    /// `None` after the file went away; then only locking helps.
    file: Option<VaultFile>,
    key: VaultKey,
    header: RawHeader,
    protection: Protection,
    state: State,
    quarantined_by: Option<Anchor>,
    // Dropped last: nobody else opens the file before it is closed here.
    _lock: LockFile,
}

/// What a vault knows of its file without asking it.
#[derive(Debug)]
struct State {
    manifest: Manifest,
    hashes: Hashes,
    catalog: Catalog,
    credentials: BTreeMap<CredentialId, Credential>,
    tokens: BTreeMap<CredentialId, BTreeMap<EnvironmentName, TokenSummary>>,
    settings: Settings,
    observations: Observations,
    reminders: ReminderLog,
    /// Counts up with every change of a credential or a setting.
    revision: u64,
}

/// What can be told of a vault without its key. None of it is proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peek {
    /// Which vault it is.
    pub vault_id: VaultId,
    /// The format it is written in.
    pub format: u16,
    /// What opens it day by day.
    pub protection: Protection,
    /// All ways to open it.
    pub slots: Vec<SlotKind>,
}

impl Vault {
    /// What opens it day by day.
    pub const fn protection(&self) -> Protection {
        self.protection
    }

    /// Which vault it is.
    pub const fn vault_id(&self) -> VaultId {
        self.key.vault()
    }

    /// Counts up with every commit.
    pub const fn generation(&self) -> u64 {
        self.state.manifest.generation
    }

    /// Whether its file is older than the last one saved here, and so read-only until the user decides.
    pub const fn is_quarantined(&self) -> bool {
        self.quarantined_by.is_some()
    }

    /// Whether the kernel keeps its key out of swap.
    pub const fn is_key_in_locked_memory(&self) -> bool {
        self.key.is_memory_locked()
    }

    /// All credentials, removed ones included, in no particular order.
    pub fn credentials(&self) -> impl Iterator<Item = &Credential> {
        self.state.credentials.values()
    }

    /// The credentials that were not removed, in no particular order.
    pub fn live_credentials(&self) -> impl Iterator<Item = &Credential> {
        self.credentials().filter(|credential| credential.removed_at.is_none())
    }

    /// The credential with this id, removed or not.
    pub fn credential(&self, id: CredentialId) -> Option<&Credential> {
        self.state.credentials.get(&id)
    }

    /// What may be said of a credential's token in an environment.
    pub fn token_summary(
        &self,
        id: CredentialId,
        environment: &EnvironmentName,
    ) -> Option<&TokenSummary> {
        self.state.tokens.get(&id)?.get(environment)
    }

    /// The settings.
    pub const fn settings(&self) -> &Settings {
        &self.state.settings
    }

    /// What was seen of providers.
    pub const fn observations(&self) -> &Observations {
        &self.state.observations
    }

    /// What was told, snoozed and seen to of reminders.
    pub const fn reminders(&self) -> &ReminderLog {
        &self.state.reminders
    }

    /// Counts up with every change of a credential or of the settings, for as long as it is open.
    pub const fn revision(&self) -> u64 {
        self.state.revision
    }

    /// Locks it: the key is wiped and the file closed at once, then the anchor goes to the keystore as
    /// far as that answers.
    pub fn lock(self, keystore: &dyn Keystore) {
        let vault = self.vault_id();
        let anchor =
            (!self.is_quarantined()).then(|| Anchor::of(&self.state.manifest).seal(&self.key));
        drop(self);
        if let Some(anchor) = anchor {
            // Best effort: the anchor in the state folder is the one that counts day by day.
            let _ = keystore.put(vault, Purpose::Anchor, &anchor);
        }
    }

    /// Puts the anchor into the state folder. Best effort: a missing one is noticed at no time, an older
    /// one convicts nobody wrongly, and the change itself is saved already.
    fn write_anchor(&self) {
        drop(Anchor::of(&self.state.manifest).write(&self.paths.anchor, &self.key));
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Vault")
            .field("vault", &self.vault_id())
            .field("generation", &self.generation())
            .finish_non_exhaustive()
    }
}
