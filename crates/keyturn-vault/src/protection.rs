//! How a vault is protected and what a user brings to open it.

use keyturn_core::SecretString;
use keyturn_crypto::SlotKind;
use serde::{Deserialize, Serialize};

/// What opens a vault day by day; every vault has a recovery key beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    /// The OS keyring alone: as strong as the login.
    Keyring,
    /// A passphrase alone.
    Passphrase,
    /// A passphrase and the OS keyring's secret together; the recommended one.
    Both,
}

/// What a user brings to open a vault.
#[derive(Debug, Clone, Copy)]
pub enum Unlock<'a> {
    /// Nothing: the keyring opens it.
    Keyring,
    /// The passphrase; where the vault is protected by both, the keyring is asked too.
    Passphrase(&'a SecretString),
    /// The recovery key as written down.
    Recovery(&'a SecretString),
}

impl Protection {
    /// The kind of slot that it stands for.
    pub(crate) const fn slot_kind(self) -> SlotKind {
        match self {
            Self::Keyring => SlotKind::Keyring,
            Self::Passphrase => SlotKind::Passphrase,
            Self::Both => SlotKind::Both,
        }
    }

    /// What a vault with these slots is protected by; `None` without any such slot.
    pub(crate) fn of(kinds: &[SlotKind]) -> Option<Self> {
        [Self::Both, Self::Passphrase, Self::Keyring]
            .into_iter()
            .find(|protection| kinds.contains(&protection.slot_kind()))
    }
}
