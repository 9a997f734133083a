//! Opening a vault, and looking at one without its key.

use keyturn_core::SecretString;
use keyturn_crypto::{KeyringSecret, RecoveryKey, SlotError, SlotKind, SlotSecret, VaultKey};

use super::load::load;
use super::{Peek, Vault};
use crate::anchor::Anchor;
use crate::file::{self, Access, VaultFile};
use crate::files::{self, LockFile};
use crate::header::{Header, RawHeader};
use crate::{Keystore, KeystoreError, OpenError, Protection, Purpose, Unlock, VaultPaths};

impl Vault {
    /// Tells what lies there, without a key. A vault in use by another process is
    /// [`OpenError::InUse`]; one of a newer format is [`OpenError::Newer`] and stays untouched.
    ///
    /// The file is only read, with one exception: if a process died while saving, the last whole state
    /// is brought back first.
    pub fn peek(paths: &VaultPaths) -> Result<Peek, OpenError> {
        let path = file::resolve(&paths.vault)?;
        let file = VaultFile::open(&path, Access::Look)?;
        let header = RawHeader::parse(file.header()?)?.header;
        Ok(Peek {
            vault_id: header.vault,
            format: header.format,
            protection: header.protection()?,
            slots: header.slot_kinds(),
        })
    }

    /// Opens a vault. A wrong passphrase costs one key derivation and says nothing more.
    pub fn open(
        paths: &VaultPaths,
        unlock: Unlock<'_>,
        keystore: &dyn Keystore,
    ) -> Result<Self, OpenError> {
        let path = file::resolve(&paths.vault)?;
        files::check_private(files::folder_of(&path))?;
        files::check_private(&path)?;
        let lock = LockFile::take(&paths.lock)?.ok_or(OpenError::InUse)?;
        let file = VaultFile::open(&path, Access::Own)?;
        let header = RawHeader::parse(file.header()?)?;
        let protection = header.header.protection()?;
        let key = unwrap_key(&header.header, protection, unlock, keystore)?;
        let mut vault = Self::assemble(paths.clone(), path, lock, file, header, key)?;
        vault.quarantined_by = vault.convicting_anchor(&unlock, keystore);
        if !vault.is_quarantined() {
            vault.write_anchor();
        }
        Ok(vault)
    }

    /// Proves that what a user brings opens this vault, without opening it anew; costs the same.
    pub fn prove(&self, unlock: Unlock<'_>, keystore: &dyn Keystore) -> Result<(), OpenError> {
        unwrap_key(&self.header.header, self.protection, unlock, keystore).map(drop)
    }

    /// Reads the whole file with its key.
    pub(super) fn assemble(
        paths: VaultPaths,
        path: std::path::PathBuf,
        lock: LockFile,
        file: VaultFile,
        header: RawHeader,
        key: VaultKey,
    ) -> Result<Self, OpenError> {
        let state = load(&file, &header, &key)?;
        let protection = header.header.protection()?;
        let file = Some(file);
        Ok(Self {
            paths,
            path,
            file,
            key,
            header,
            protection,
            state,
            quarantined_by: None,
            _lock: lock,
        })
    }

    /// The newest anchor, if the file is older than it. The keystore is asked where it answered just
    /// now, or where the state folder's anchor is gone.
    fn convicting_anchor(&self, unlock: &Unlock<'_>, keystore: &dyn Keystore) -> Option<Anchor> {
        let here = Anchor::read(&self.paths.anchor, &self.key);
        let answered = match (self.protection, unlock) {
            (_, Unlock::Recovery(_)) | (Protection::Passphrase, _) => false,
            (Protection::Keyring | Protection::Both, _) => true,
        };
        let there = (answered || here.is_none())
            .then(|| keystore.get(self.vault_id(), Purpose::Anchor).ok())
            .flatten()
            .and_then(|bytes| Anchor::open(bytes.expose(), &self.key));
        [here, there]
            .into_iter()
            .flatten()
            .filter(|anchor| anchor.convicts(&self.state.manifest))
            .max_by_key(|anchor| anchor.generation)
    }
}

/// Opens the slot that fits what the user brought.
fn unwrap_key(
    header: &Header,
    protection: Protection,
    unlock: Unlock<'_>,
    keystore: &dyn Keystore,
) -> Result<VaultKey, OpenError> {
    match (unlock, protection) {
        (Unlock::Keyring, Protection::Keyring) => {
            let secret = keyring_secret(header, keystore)?;
            open_slot(header, SlotSecret::Keyring(&secret))
        }
        (Unlock::Passphrase(passphrase), Protection::Passphrase) => {
            open_slot(header, SlotSecret::Passphrase(passphrase))
        }
        (Unlock::Passphrase(passphrase), Protection::Both) => {
            let secret = keyring_secret(header, keystore)?;
            open_slot(header, SlotSecret::Both(passphrase, &secret))
        }
        (Unlock::Recovery(text), _) => open_slot(header, SlotSecret::Recovery(&recovery(text)?)),
        (Unlock::Keyring, Protection::Passphrase) => not_offered("a passphrase"),
        (Unlock::Keyring, Protection::Both) => not_offered("a passphrase and the system keyring"),
        (Unlock::Passphrase(_), Protection::Keyring) => not_offered("the system keyring"),
    }
}

const fn not_offered<T>(protection: &'static str) -> Result<T, OpenError> {
    Err(OpenError::NotOffered { protection })
}

fn recovery(text: &SecretString) -> Result<RecoveryKey, OpenError> {
    RecoveryKey::parse(text).map_err(|_| OpenError::WrongKey)
}

fn keyring_secret(header: &Header, keystore: &dyn Keystore) -> Result<KeyringSecret, OpenError> {
    let bytes =
        keystore.get(header.vault, Purpose::Slot).map_err(OpenError::KeystoreUnavailable)?;
    KeyringSecret::from_bytes(bytes.expose())
        .ok_or(OpenError::KeystoreUnavailable(KeystoreError::WrongBytes))
}

fn open_slot(header: &Header, secret: SlotSecret<'_>) -> Result<VaultKey, OpenError> {
    let kind: SlotKind = secret.kind();
    let slot = header.slots.iter().find(|slot| slot.kind() == kind).ok_or(OpenError::WrongKey)?;
    slot.open(header.vault, header.epoch, secret).map_err(|error| match error {
        SlotError::Kdf(error) => OpenError::Kdf(error),
        SlotError::WrongKey | SlotError::Malformed | SlotError::Passphrase(_) => {
            OpenError::WrongKey
        }
    })
}
