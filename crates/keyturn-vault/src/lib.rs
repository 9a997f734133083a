//! The vault file: SQLite underneath, encrypted records inside, and everything that keeps it honest:
//! manifest, anchor, backups, keystores.
//!
//! This is the only crate that names `rusqlite` and `keyring`. It never prints, never looks up home or
//! the environment (callers choose [`VaultPaths`]), and hands out a secret only where one is asked for
//! by name ([`Vault::secrets`], [`Vault::token`]). It knows nothing of providers or of the network.
//!
//! Where to look next: [`Vault`] for what can be done, [`Batch`] for how anything is changed,
//! [`Keystore`] for the operating system's keyring; docs/vault-format.md has every byte of the file.

mod anchor;
mod backup;
mod batch;
mod catalog;
mod codec;
mod error;
mod exchange;
mod file;
mod files;
mod header;
mod journal;
mod kept;
mod keystore;
mod manifest;
mod observations;
mod paths;
mod protection;
mod record;
mod schedule;
mod settings;
mod slot;
mod vault;

pub use backup::Backup;
pub use batch::Batch;
pub use error::{BackupError, CreateError, OpenError, ReadError, SaveError};
pub use exchange::NotedExchange;
pub use journal::JournalEntry;
pub use kept::{KeptExchange, KeptMeaning, KeptTls};
pub use keystore::{Keystore, KeystoreError, MemoryKeystore, OsKeystore, Purpose};
pub use keyturn_crypto::{KdfCost, PassphraseError, RecoveryKey, SlotKind};
pub use observations::{CheckFailure, ClockSkew, DayCount, LearnedLifetime, Observations};
pub use paths::VaultPaths;
pub use protection::{Protection, Unlock};
pub use schedule::{ScheduleError, ScheduleFile};
pub use settings::{AcceptedProfile, OwnEnvironment, Settings};
pub use slot::SecretSlot;
pub use vault::{JournalFlaw, JournalProof, Peek, Vault};
