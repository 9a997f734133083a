//! Keystores: where a vault's keyring secret lives. The operating system's, or memory for tests.
//!
//! A keystore answers within five seconds, whatever the keyring behind it does, and never asks the user
//! anything: a locked keyring is an answer. It keeps 32 bytes for opening the vault, the anchor that tells
//! a vault file that was put back, and the key of the schedule.

mod memory;
mod os;
#[cfg(target_os = "linux")]
mod secret_service;

use keyturn_core::{SecretBytes, VaultId};
use thiserror::Error;

pub use memory::MemoryKeystore;
pub use os::OsKeystore;

/// What a keystore keeps a value for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// The 32 bytes that open a keyring slot.
    Slot,
    /// The newest generation and root of the vault.
    Anchor,
    /// The key of the schedule, which is read while the vault is locked.
    Schedule,
}

/// Says why a keystore did not answer as asked; never what it holds.
#[derive(Debug, Clone, Copy, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeystoreError {
    /// It has no such value.
    #[error("the keyring has no value for this vault")]
    Absent,
    /// It is locked.
    #[error("the keyring is locked; unlock it by logging in or in its own program")]
    Locked,
    /// It did not answer within five seconds.
    #[error("the keyring did not answer within five seconds")]
    TimedOut,
    /// What it holds is not what was stored.
    #[error("the keyring's value for this vault has the wrong form")]
    WrongBytes,
    /// There is no keyring here.
    #[error("no keyring answers in this session")]
    Unavailable,
}

/// Keeps small secrets by vault and purpose.
pub trait Keystore: Send + Sync {
    /// Stores a value, replacing an older one.
    fn put(&self, vault: VaultId, purpose: Purpose, value: &[u8]) -> Result<(), KeystoreError>;

    /// Reads a value.
    fn get(&self, vault: VaultId, purpose: Purpose) -> Result<SecretBytes, KeystoreError>;

    /// Deletes a value; an absent one is [`KeystoreError::Absent`].
    fn delete(&self, vault: VaultId, purpose: Purpose) -> Result<(), KeystoreError>;

    /// Whether it would take a value now, without asking the user anything.
    fn available(&self) -> bool;
}

impl Purpose {
    /// Its name among the keyring's attributes.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Slot => "slot",
            Self::Anchor => "anchor",
            Self::Schedule => "schedule",
        }
    }
}
