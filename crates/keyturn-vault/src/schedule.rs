//! The schedule: a small file of its own, read and written while the vault is locked, so that reminders
//! come after a restart and can be put off before anybody unlocked anything.
//!
//! It holds names, dates and states, and never a value or a piece of one. Its key lies in the keyring
//! and does not come from the vault's key. It is a copy that is made anew: one that does not open, of
//! another vault, or of a form that this version does not know, counts as missing. An older one that was
//! put back is joined with what the vault knows, which repeats nothing that the vault knows as told.

use std::fs;
use std::io::{self, Read};
use std::path::PathBuf;

use keyturn_core::VaultId;
use keyturn_core::reminder::Schedule;
use keyturn_crypto::{FORMAT, ScheduleKey};
use thiserror::Error;

use crate::codec::{decode_json, encode_json};
use crate::error::FileFailure;
use crate::files;
use crate::{Keystore, KeystoreError, Purpose, VaultPaths};

const MAGIC: &[u8; 8] = b"KTSCHED\0";
const HEAD_LEN: usize = 8 + 2 + 16;
/// The body's size tells no more than a multiple of this.
const STEP: usize = 4_096;
/// No schedule of ours is longer.
const LONGEST: u64 = 64 * 1024 * 1024;

/// Says why a schedule was not read or written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ScheduleError {
    /// The keyring does not give its key, or does not take one.
    #[error("the keyring does not keep the schedule's key: {0}")]
    Keystore(#[from] KeystoreError),
    /// It is not the schedule of this vault, or not one of ours.
    #[error("the schedule {} {what}; it is passed over, and made anew when the vault is unlocked", path.display())]
    PassedOver {
        /// Where it lies.
        path: PathBuf,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The file system refused.
    #[error("cannot {doing} {}", path.display())]
    Io {
        /// What was tried.
        doing: &'static str,
        /// On which file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
}

impl From<FileFailure> for ScheduleError {
    fn from(failure: FileFailure) -> Self {
        match failure {
            FileFailure::Io { doing, path, source } => Self::Io { doing, path, source },
            FileFailure::Exposed { path, .. } => {
                Self::PassedOver { path, what: "is open to other users" }
            }
        }
    }
}

/// The schedule's file of one vault.
#[derive(Debug)]
pub struct ScheduleFile {
    path: PathBuf,
    vault: VaultId,
    key: Option<ScheduleKey>,
}

impl ScheduleFile {
    /// Names the file; nothing is read yet.
    #[must_use]
    pub fn new(paths: &VaultPaths, vault: VaultId) -> Self {
        Self { path: paths.schedule(), vault, key: None }
    }

    /// Which vault's it is.
    pub const fn vault(&self) -> VaultId {
        self.vault
    }

    /// Reads it; `None` where there is none. May wait for the keyring.
    pub fn read(&mut self, keystore: &dyn Keystore) -> Result<Option<Schedule>, ScheduleError> {
        let Some(bytes) = self.bytes()? else {
            return Ok(None);
        };
        let sealed = self.sealed(&bytes).map_err(|what| self.passed_over(what))?;
        let Some(key) = self.load_key(keystore)? else {
            return Err(self.passed_over("has no key in the keyring"));
        };
        let body = key
            .open(sealed)
            .map_err(|_| self.passed_over("does not open with this vault's key for it"))?;
        let schedule = decode_json(&body)
            .map_err(|_| self.passed_over("has a form that this version does not know"))?;
        Ok(Some(schedule))
    }

    /// Replaces it at once; makes its key where there is none. May wait for the keyring.
    pub fn write(
        &mut self,
        keystore: &dyn Keystore,
        schedule: &Schedule,
    ) -> Result<(), ScheduleError> {
        let mut body = encode_json(schedule);
        // White space behind JSON means nothing.
        body.resize(body.len().next_multiple_of(STEP), b' ');
        let key = if let Some(key) = self.load_key(keystore)? {
            key
        } else {
            let key = ScheduleKey::make_random(self.vault);
            keystore.put(self.vault, Purpose::Schedule, key.expose_bytes())?;
            self.key.insert(key)
        };
        let sealed = key.seal(&body);
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&FORMAT.to_be_bytes());
        bytes.extend_from_slice(self.vault.as_bytes());
        bytes.extend_from_slice(&sealed);
        files::private_folder(files::folder_of(&self.path))?;
        Ok(files::replace(&self.path, &bytes)?)
    }

    /// Its key; the keyring is asked for it once. `None` where there is none: one of another form is as
    /// good as that.
    fn load_key(&mut self, keystore: &dyn Keystore) -> Result<Option<&ScheduleKey>, KeystoreError> {
        if self.key.is_none() {
            self.key = match keystore.get(self.vault, Purpose::Schedule) {
                Ok(bytes) => ScheduleKey::from_bytes(self.vault, bytes.expose()),
                Err(KeystoreError::Absent | KeystoreError::WrongBytes) => None,
                Err(error) => return Err(error),
            };
        }
        Ok(self.key.as_ref())
    }

    fn bytes(&self) -> Result<Option<Vec<u8>>, ScheduleError> {
        let failed = |source| FileFailure::io("read", &self.path)(source);
        let file = match fs::File::open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file.map_err(failed)?,
        };
        let mut bytes = Vec::new();
        file.take(LONGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > LONGEST {
            return Err(self.passed_over("is longer than any of ours"));
        }
        Ok(Some(bytes))
    }

    /// magic(8) ‖ format(2) ‖ vault id(16) ‖ box.
    fn sealed<'a>(&self, bytes: &'a [u8]) -> Result<&'a [u8], &'static str> {
        let (head, sealed) = bytes.split_at_checked(HEAD_LEN).ok_or("is cut short")?;
        let (magic, rest) = head.split_at(MAGIC.len());
        let (format, vault) = rest.split_at(2);
        if magic != MAGIC {
            return Err("is no schedule of Keyturn");
        }
        if format != FORMAT.to_be_bytes() {
            return Err("has another format");
        }
        if vault != self.vault.as_bytes() {
            return Err("belongs to another vault");
        }
        Ok(sealed)
    }

    fn passed_over(&self, what: &'static str) -> ScheduleError {
        ScheduleError::PassedOver { path: self.path.clone(), what }
    }
}
