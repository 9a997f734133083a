//! Slots: the ways to the vault's key. Each wraps the same key under a secret of its own.
//!
//! | slot | its secret |
//! |---|---|
//! | keyring | 32 random bytes in the OS keyring |
//! | passphrase | Argon2id of the NFKC passphrase |
//! | both | Argon2id output ‖ the keyring's 32 bytes |
//! | recovery | the 32 bytes of the recovery key |
//!
//! A slot has 399 bytes whatever its kind. Its box is bound to its id, kind and all KDF parameters, so
//! none of them can be changed without breaking it. A wrong secret and a changed slot look the same.

use keyturn_core::{SecretBytes, SecretString, VaultId};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::aad::{KeyAddress, concatenate};
use crate::aead_box;
use crate::kdf::{KDF_SALT_LEN, KdfError, KdfParameters};
use crate::passphrase::{self, PassphraseError};
use crate::primitives::{self, KEY_LEN};
use crate::recovery::RecoveryKey;
use crate::vault_key::{self, VaultKey};

/// Bytes of an encoded slot.
pub const SLOT_LEN: usize = SLOT_HEADER_LEN + WRAPPED_LEN;

const SLOT_HEADER_LEN: usize = 62;
const WRAPPED_LEN: usize = aead_box::sealed_len(KEY_LEN);
const KDF_NONE: u8 = 0;
const KDF_ARGON2ID: u8 = 1;
/// Boxes of slots are of this kind; no record is.
const SLOT_BOX_KIND: u16 = 0xFFFF;

/// What opens a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum SlotKind {
    /// The OS keyring's secret.
    Keyring = 1,
    /// The passphrase.
    Passphrase = 2,
    /// The passphrase and the OS keyring's secret together.
    Both = 3,
    /// The recovery key.
    Recovery = 4,
}

/// Says why a slot cannot be made, read or opened.
#[derive(Debug, Error)]
pub enum SlotError {
    /// The secret is wrong, or the slot was changed: that looks the same.
    #[error("the key does not open this vault")]
    WrongKey,
    /// The bytes are no slot of this format.
    #[error("a key slot is malformed")]
    Malformed,
    /// The passphrase cannot protect anything.
    #[error(transparent)]
    Passphrase(#[from] PassphraseError),
    /// The passphrase could not be stretched.
    #[error(transparent)]
    Kdf(#[from] KdfError),
}

/// The 32 random bytes that the OS keyring keeps for a vault. On the heap, so that moving it copies
/// nothing.
#[derive(Debug)]
pub struct KeyringSecret(SecretBytes);

impl KeyringSecret {
    /// Draws a new one.
    ///
    /// # Panics
    /// When the operating system has no random source.
    #[must_use]
    pub fn make_random() -> Self {
        let mut bytes = vec![0; KEY_LEN];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        Self(SecretBytes::new(bytes))
    }

    /// Takes what a keyring returned; `None` for anything but 32 bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        (bytes.len() == KEY_LEN).then(|| Self(SecretBytes::new(bytes.to_vec())))
    }

    /// The bytes to hand to the keyring.
    ///
    /// # Panics
    /// Never: there are always 32 bytes.
    #[must_use]
    pub fn expose_bytes(&self) -> &[u8; KEY_LEN] {
        self.0.expose().first_chunk().expect("a keyring secret has 32 bytes")
    }
}

/// The secret that makes or opens a slot.
#[derive(Debug, Clone, Copy)]
pub enum SlotSecret<'a> {
    /// For a keyring slot.
    Keyring(&'a KeyringSecret),
    /// For a passphrase slot.
    Passphrase(&'a SecretString),
    /// For a slot of both.
    Both(&'a SecretString, &'a KeyringSecret),
    /// For the recovery slot.
    Recovery(&'a RecoveryKey),
}

impl SlotSecret<'_> {
    /// The kind of slot that it opens.
    pub const fn kind(&self) -> SlotKind {
        match self {
            Self::Keyring(_) => SlotKind::Keyring,
            Self::Passphrase(_) => SlotKind::Passphrase,
            Self::Both(..) => SlotKind::Both,
            Self::Recovery(_) => SlotKind::Recovery,
        }
    }

    const fn passphrase(&self) -> Option<&SecretString> {
        match self {
            Self::Passphrase(text) | Self::Both(text, _) => Some(text),
            Self::Keyring(_) | Self::Recovery(_) => None,
        }
    }
}

/// Everything of a slot but its box; all of it is bound by the box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SlotHeader {
    pub(crate) id: [u8; 16],
    pub(crate) kind: SlotKind,
    pub(crate) kdf: Option<(KdfParameters, [u8; KDF_SALT_LEN])>,
}

impl SlotHeader {
    /// id ‖ kind ‖ kdf ‖ memory ‖ passes ‖ lanes ‖ salt; zeros where there is no KDF.
    pub(crate) fn to_bytes(&self) -> [u8; SLOT_HEADER_LEN] {
        let (algorithm, [memory, passes, lanes], salt) = match &self.kdf {
            None => (KDF_NONE, [0; 3], [0; KDF_SALT_LEN]),
            Some((cost, salt)) => {
                (KDF_ARGON2ID, [cost.memory_kib(), cost.passes(), cost.lanes()], *salt)
            }
        };
        concatenate(&[
            &self.id,
            &[self.kind as u8, algorithm],
            &memory.to_be_bytes(),
            &passes.to_be_bytes(),
            &lanes.to_be_bytes(),
            &salt,
        ])
    }

    fn from_bytes(bytes: &[u8; SLOT_HEADER_LEN]) -> Result<Self, SlotError> {
        let split = || {
            let (id, rest) = bytes.split_first_chunk::<16>()?;
            let (&[kind, algorithm], rest) = rest.split_first_chunk::<2>()?;
            let (memory, rest) = rest.split_first_chunk::<4>()?;
            let (passes, rest) = rest.split_first_chunk::<4>()?;
            let (lanes, salt) = rest.split_first_chunk::<4>()?;
            let cost = [memory, passes, lanes].map(|number| u32::from_be_bytes(*number));
            Some((*id, kind, algorithm, cost, *salt.first_chunk()?))
        };
        let (id, kind, algorithm, cost, salt) = split().ok_or(SlotError::Malformed)?;
        let kind = match kind {
            1 => SlotKind::Keyring,
            2 => SlotKind::Passphrase,
            3 => SlotKind::Both,
            4 => SlotKind::Recovery,
            _ => return Err(SlotError::Malformed),
        };
        let stretched = matches!(kind, SlotKind::Passphrase | SlotKind::Both);
        let kdf = match (algorithm, cost) {
            (KDF_NONE, [0, 0, 0]) if !stretched && salt == [0; KDF_SALT_LEN] => None,
            (KDF_ARGON2ID, [memory, passes, lanes]) if stretched => {
                Some((KdfParameters::new(memory, passes, lanes)?, salt))
            }
            _ => return Err(SlotError::Malformed),
        };
        Ok(Self { id, kind, kdf })
    }
}

/// One way to the vault's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    header: SlotHeader,
    wrapped: [u8; WRAPPED_LEN],
}

impl Slot {
    /// Wraps the vault's key under a secret; `cost` counts where the secret has a passphrase.
    ///
    /// # Panics
    /// When the operating system has no random source.
    pub fn make(
        key: &VaultKey,
        secret: SlotSecret<'_>,
        cost: KdfParameters,
    ) -> Result<Self, SlotError> {
        let mut random = [0; 16 + KDF_SALT_LEN + 32];
        getrandom::fill(&mut random).expect("the operating system gives random bytes");
        Self::make_with(key, secret, cost, &random)
    }

    /// Makes a slot from given random bytes: id ‖ KDF salt ‖ box salt.
    pub(crate) fn make_with(
        key: &VaultKey,
        secret: SlotSecret<'_>,
        cost: KdfParameters,
        random: &[u8; 80],
    ) -> Result<Self, SlotError> {
        let (id, rest) = random.split_first_chunk().expect("the id comes first");
        let (kdf_salt, rest) = rest.split_first_chunk().expect("the KDF salt follows");
        let box_salt = rest.first_chunk().expect("the box salt comes last");
        let kdf = secret.passphrase().map(|_| (cost, *kdf_salt));
        let header = SlotHeader { id: *id, kind: secret.kind(), kdf };
        let address = key.address();
        let wrapping = header.wrapping_key(address.vault, secret)?;
        let aad = address.slot_aad(&header);
        let sealed = aead_box::seal_with_salt(&wrapping, SLOT_BOX_KIND, &aad, key.root(), box_salt);
        let wrapped = sealed.try_into().map_err(|_| SlotError::Malformed)?;
        Ok(Self { header, wrapped })
    }

    /// What opens it.
    pub const fn kind(&self) -> SlotKind {
        self.header.kind
    }

    /// The cost of a guess at its passphrase, if it has one.
    pub fn cost(&self) -> Option<KdfParameters> {
        self.header.kdf.as_ref().map(|(cost, _)| *cost)
    }

    /// Unwraps the key of the vault and epoch that the header names.
    pub fn open(
        &self,
        vault: VaultId,
        epoch: u32,
        secret: SlotSecret<'_>,
    ) -> Result<VaultKey, SlotError> {
        if secret.kind() != self.header.kind {
            return Err(SlotError::WrongKey);
        }
        let address = KeyAddress { vault, epoch };
        let wrapping = self.header.wrapping_key(vault, secret)?;
        let aad = address.slot_aad(&self.header);
        let opened = aead_box::open(&wrapping, SLOT_BOX_KIND, &aad, &self.wrapped)
            .map_err(|_| SlotError::WrongKey)?;
        let root = vault_key::root_from(&opened).ok_or(SlotError::WrongKey)?;
        Ok(VaultKey::from_root(address, &root))
    }

    /// The slot's 399 bytes.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; SLOT_LEN] {
        concatenate(&[&self.header.to_bytes(), &self.wrapped])
    }

    /// Reads a slot; KDF parameters outside the bounds are refused here, before any use.
    pub fn from_bytes(bytes: &[u8; SLOT_LEN]) -> Result<Self, SlotError> {
        let (header, wrapped) = bytes.split_first_chunk().ok_or(SlotError::Malformed)?;
        let header = SlotHeader::from_bytes(header)?;
        let wrapped = wrapped.try_into().map_err(|_| SlotError::Malformed)?;
        Ok(Self { header, wrapped })
    }
}

impl SlotHeader {
    /// Derives the key that wraps: HKDF-SHA-512(salt vault id, secret, `keyturn/1/slot` ‖ kind).
    fn wrapping_key(
        &self,
        vault: VaultId,
        secret: SlotSecret<'_>,
    ) -> Result<Zeroizing<[u8; KEY_LEN]>, SlotError> {
        let mut material = Zeroizing::new([0_u8; 2 * KEY_LEN]);
        let (first, second) = material.split_at_mut(KEY_LEN);
        let length = match secret {
            SlotSecret::Keyring(keyring) => {
                first.copy_from_slice(keyring.expose_bytes());
                KEY_LEN
            }
            SlotSecret::Recovery(recovery) => {
                first.copy_from_slice(recovery.bytes());
                KEY_LEN
            }
            SlotSecret::Passphrase(text) => {
                first.copy_from_slice(self.stretch(text)?.as_slice());
                KEY_LEN
            }
            SlotSecret::Both(text, keyring) => {
                first.copy_from_slice(self.stretch(text)?.as_slice());
                second.copy_from_slice(keyring.expose_bytes());
                2 * KEY_LEN
            }
        };
        let mut wrapping = Zeroizing::new([0; KEY_LEN]);
        let info: [&[u8]; 2] = [b"keyturn/1/slot", &[self.kind as u8]];
        let (material, _) = material.split_at(length);
        primitives::hkdf_sha512(vault.as_bytes(), material, &info, wrapping.as_mut_slice());
        Ok(wrapping)
    }

    fn stretch(&self, text: &SecretString) -> Result<Zeroizing<[u8; KEY_LEN]>, SlotError> {
        passphrase::check_not_empty(text)?;
        let (cost, salt) = self.kdf.as_ref().ok_or(SlotError::Malformed)?;
        Ok(cost.derive(passphrase::normalised(text).as_bytes(), salt)?)
    }
}

#[cfg(test)]
mod tests;
