//! Making a vault. Until the very last step, a rename, there is none.

use std::path::Path;

use keyturn_core::{Clock, RecordId, SecretString, VaultId};
use keyturn_crypto::{
    FORMAT, KdfCost, KdfParameters, KeyringSecret, PassphraseError, RecordAddress, RecoveryKey,
    Slot, SlotError, SlotSecret, VaultKey, check_strength, sha256,
};

use super::Vault;
use crate::catalog::{Catalog, Place};
use crate::codec::encode_json;
use crate::error::FileFailure;
use crate::file::{Access, VaultFile};
use crate::files::{self, LockFile};
use crate::header::{Header, RawHeader};
use crate::journal::{BEGINNING, Segment};
use crate::manifest::{Hashes, Manifest};
use crate::record::RecordKind;
use crate::{
    CreateError, JournalEntry, Keystore, KeystoreError, Protection, Purpose, Settings, VaultPaths,
};

impl Vault {
    /// Makes a vault and its recovery key, and leaves the vault open. Refuses where one exists.
    ///
    /// `KdfCost::Calibrate` takes a few seconds. The audit journal begins with this, dated by the clock.
    pub fn create(
        paths: &VaultPaths,
        protection: Protection,
        passphrase: Option<&SecretString>,
        keystore: &dyn Keystore,
        cost: KdfCost,
        clock: &dyn Clock,
    ) -> Result<(Self, RecoveryKey), CreateError> {
        check_passphrase(protection, passphrase)?;
        let folder = files::private_folder(files::folder_of(&paths.vault))?;
        let name = paths.vault.file_name().unwrap_or_default();
        let path = folder.join(name);
        let lock = LockFile::take(&paths.lock)?.ok_or(CreateError::InUse)?;
        if path.symlink_metadata().is_ok() {
            return Err(CreateError::Exists { path });
        }
        let cost = match protection {
            Protection::Keyring => KdfParameters::from_cost(KdfCost::CHEAPEST),
            Protection::Passphrase | Protection::Both => KdfParameters::from_cost(cost),
        };
        let cost = cost.map_err(CreateError::Kdf)?;

        let key = VaultKey::make_random(VaultId::make_random(), 1);
        let recovery = RecoveryKey::make_random();
        let keyring = match protection {
            Protection::Passphrase => None,
            Protection::Keyring | Protection::Both => Some(stored_secret(&key, keystore)?),
        };
        let made = slots(&key, passphrase, keyring.as_ref(), &recovery, cost)
            .and_then(|slots| write(&folder, &path, &key, slots, &beginning(clock)));
        if made.is_err() && keyring.is_some() {
            // Nothing may be left behind in the keyring of a vault that never was.
            let _ = keystore.delete(key.vault(), Purpose::Slot);
        }
        made?;

        let read_back = |error| CreateError::ReadBack(Box::new(error));
        let file = VaultFile::open(&path, Access::Own).map_err(read_back)?;
        let header = file.header().and_then(RawHeader::parse).map_err(read_back)?;
        let vault =
            Self::assemble(paths.clone(), path, lock, file, header, key).map_err(read_back)?;
        vault.write_anchor();
        Ok((vault, recovery))
    }
}

fn check_passphrase(
    protection: Protection,
    passphrase: Option<&SecretString>,
) -> Result<(), CreateError> {
    match (protection, passphrase) {
        (Protection::Keyring, Some(_)) => Err(CreateError::PassphraseUnused),
        (Protection::Passphrase | Protection::Both, None) => Err(CreateError::PassphraseMissing),
        (Protection::Passphrase, Some(text)) => {
            check_strength(text).map_err(CreateError::Passphrase)
        }
        (Protection::Both, Some(text)) if text.is_empty() => {
            Err(CreateError::Passphrase(PassphraseError::Empty))
        }
        (Protection::Keyring, None) | (Protection::Both, Some(_)) => Ok(()),
    }
}

/// Draws the keyring's secret, stores it and reads it back: a keyring that forgets would lock the user
/// out.
fn stored_secret(key: &VaultKey, keystore: &dyn Keystore) -> Result<KeyringSecret, CreateError> {
    let secret = KeyringSecret::make_random();
    keystore
        .put(key.vault(), Purpose::Slot, secret.expose_bytes())
        .map_err(CreateError::KeystoreUnavailable)?;
    match keystore.get(key.vault(), Purpose::Slot) {
        Ok(read) if read.expose().as_slice() == secret.expose_bytes() => Ok(secret),
        Ok(_) => Err(CreateError::KeystoreUnavailable(KeystoreError::WrongBytes)),
        Err(error) => Err(CreateError::KeystoreUnavailable(error)),
    }
}

fn slots(
    key: &VaultKey,
    passphrase: Option<&SecretString>,
    keyring: Option<&KeyringSecret>,
    recovery: &RecoveryKey,
    cost: KdfParameters,
) -> Result<Vec<Slot>, CreateError> {
    let daily = match (passphrase, keyring) {
        (Some(passphrase), Some(keyring)) => SlotSecret::Both(passphrase, keyring),
        (Some(passphrase), None) => SlotSecret::Passphrase(passphrase),
        (None, Some(keyring)) => SlotSecret::Keyring(keyring),
        (None, None) => return Err(CreateError::PassphraseMissing),
    };
    [daily, SlotSecret::Recovery(recovery)]
        .into_iter()
        .map(|secret| Slot::make(key, secret, cost).map_err(slot_failure))
        .collect()
}

fn slot_failure(error: SlotError) -> CreateError {
    match error {
        SlotError::Kdf(error) => CreateError::Kdf(error),
        SlotError::Passphrase(error) => CreateError::Passphrase(error),
        SlotError::WrongKey | SlotError::Malformed => {
            CreateError::Passphrase(PassphraseError::Empty)
        }
    }
}

/// The journal's first entry: that the vault was made.
fn beginning(clock: &dyn Clock) -> Segment {
    let mut segment = Segment::after(BEGINNING);
    let entry = JournalEntry::new(clock.now(), "keyturn", "init");
    segment.append(&entry).expect("the entry is short");
    segment
}

/// Writes the first state beside the path and renames it.
fn write(
    folder: &Path,
    path: &Path,
    key: &VaultKey,
    slots: Vec<Slot>,
    journal: &Segment,
) -> Result<(), CreateError> {
    let header = Header { format: FORMAT, vault: key.vault(), epoch: key.epoch(), slots }.seal(key);
    let mut catalog = Catalog::default();
    let settings = catalog.get_or_insert(Place::settings());
    let first_segment = catalog.get_or_insert(Place::journal(0));
    let catalog_id = RecordId::make_random();
    let seal = |record, kind, body: &[u8]| {
        key.seal_record(RecordAddress { record, kind: kind as u16 }, body)
    };
    let listed = catalog.encode().expect("a catalog of two records is short");
    let records = [
        (settings, seal(settings, RecordKind::Settings, &encode_json(&Settings::default()))),
        (first_segment, seal(first_segment, RecordKind::Journal, journal.body())),
        (catalog_id, seal(catalog_id, RecordKind::Catalog, &listed)),
    ];
    let hashes: Hashes = records.iter().map(|(id, sealed)| (*id, sha256(&[sealed]))).collect();
    let manifest = Manifest::of(1, &header, &hashes, catalog_id);
    let manifest = key.seal_manifest(&manifest.encode());

    let temporary = files::beside(path, ".new");
    files::remove_if_there(&files::beside(&temporary, "-journal"))?;
    files::remove_if_there(&temporary)?;
    drop(files::create_private(&temporary)?);
    let written = VaultFile::create(&temporary, &header, &manifest, &records)
        .map_err(CreateError::from)
        .and_then(|()| {
            let renamed = std::fs::rename(&temporary, path);
            renamed.map_err(FileFailure::io("create", path)).map_err(CreateError::from)
        })
        .and_then(|()| files::sync_folder(folder).map_err(CreateError::from));
    if written.is_err() {
        drop(files::remove_if_there(&temporary));
    }
    written
}
