//! Everything that encrypts: the AEAD box, key derivation, the vault's key and the slots that wrap it.
//!
//! This is the only crate that names `aes-gcm` and `argon2`. It knows nothing of files: callers store
//! the bytes it makes. It never hands out a key; a [`VaultKey`] seals, opens and authenticates.
//!
//! Where to look next: [`VaultKey`] for what a key does, [`Slot`] for how a passphrase, the keyring or
//! a recovery key leads to it, [`KdfCost`] for what a guess costs. docs/vault-format.md has every byte.

mod aad;
mod aead_box;
mod kdf;
mod locked;
mod passphrase;
mod primitives;
mod recovery;
mod schedule_key;
mod slot;
mod vault_key;

#[cfg(test)]
mod frozen;

pub use aad::RecordAddress;
pub use aead_box::{BOX_OVERHEAD, BoxError, Plaintext};
pub use kdf::{KdfCost, KdfError, KdfParameters};
pub use passphrase::{PassphraseError, check_strength};
pub use primitives::sha256;
pub use recovery::{RecoveryKey, RecoveryKeyError};
pub use schedule_key::ScheduleKey;
pub use slot::{KeyringSecret, SLOT_LEN, Slot, SlotError, SlotKind, SlotSecret};
pub use vault_key::{FINGERPRINT_LEN, TAG_LEN, VaultKey};

/// The version of the format that this build writes.
pub const FORMAT: u16 = 1;

/// The one cipher suite: HKDF-SHA-512, AES-256-GCM with a 32-byte key commitment, HMAC-SHA-256.
pub const SUITE: u8 = 1;
