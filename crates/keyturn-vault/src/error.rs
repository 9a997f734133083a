//! What can go wrong with a vault, one enum per operation. No message carries a secret.

use std::path::{Path, PathBuf};

use keyturn_crypto::{KdfError, PassphraseError};
use thiserror::Error;

use crate::KeystoreError;

/// Says why a vault could not be created.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum CreateError {
    /// There is one already; it is never overwritten.
    #[error("there is a vault already at {}; it was left as it is", path.display())]
    Exists {
        /// Where it lies.
        path: PathBuf,
    },
    /// The chosen protection needs a passphrase.
    #[error("this protection needs a passphrase")]
    PassphraseMissing,
    /// A passphrase was given for a vault that only the keyring opens.
    #[error("a vault that the keyring alone opens has no passphrase")]
    PassphraseUnused,
    /// The passphrase protects too little.
    #[error(transparent)]
    Passphrase(PassphraseError),
    /// The cost is outside what any reader accepts, or memory is short.
    #[error(transparent)]
    Kdf(KdfError),
    /// The keyring did not take the secret.
    #[error("the system keyring cannot keep this vault's secret; choose a passphrase instead")]
    KeystoreUnavailable(#[source] KeystoreError),
    /// Another process holds the vault's lock.
    #[error("another keyturn process is using this vault; stop it and try again")]
    InUse,
    /// A folder or file is open to others.
    #[error("{} is open to other users (mode {mode:o}); run: chmod go-rwx {}", path.display(), path.display())]
    Exposed {
        /// What is open.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The disk is full.
    #[error("the disk is full; no vault was made")]
    DiskFull,
    /// The file system refused.
    #[error("cannot {doing} {}", path.display())]
    Io {
        /// What was tried.
        doing: &'static str,
        /// On which file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// SQLite refused.
    #[error("cannot write the new vault file")]
    Database(#[source] rusqlite::Error),
    /// The new vault could not be read back.
    #[error("the new vault could not be read back")]
    ReadBack(#[source] Box<OpenError>),
}

/// Says why a vault did not open.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// There is none.
    #[error("there is no vault at {}; make one with: keyturn init", path.display())]
    Absent {
        /// Where none lies.
        path: PathBuf,
    },
    /// What was brought does not open it; nothing more is said.
    #[error("that does not open the vault")]
    WrongKey,
    /// The vault has no such way in.
    #[error("this vault is not opened that way; it is protected by {protection}")]
    NotOffered {
        /// What opens it: `keyring`, `passphrase` or `both`.
        protection: &'static str,
    },
    /// The keyring is needed and does not answer.
    #[error(
        "the system keyring is needed and does not give this vault's secret; unlock it and try again, or use the recovery key"
    )]
    KeystoreUnavailable(#[source] KeystoreError),
    /// The file is not what a vault looks like.
    #[error("the vault file is damaged: {what}; restore a backup")]
    Damaged {
        /// What is wrong.
        what: &'static str,
    },
    /// The file was changed by something that does not have the key.
    #[error("the vault file was tampered with: {what}; restore a backup")]
    Tampered {
        /// What does not fit.
        what: &'static str,
    },
    /// A newer version of Keyturn wrote it; it was left untouched.
    #[error(
        "the vault has format {format}, this keyturn reads up to {}; install a newer keyturn",
        keyturn_crypto::FORMAT
    )]
    Newer {
        /// The format it has, or asks for.
        format: u16,
    },
    /// Another process uses it.
    #[error("another keyturn process is using this vault; stop it and try again")]
    InUse,
    /// A folder or file is open to others.
    #[error("{} is open to other users (mode {mode:o}); run: chmod go-rwx {}", path.display(), path.display())]
    Exposed {
        /// What is open.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// There is not enough memory to stretch the passphrase.
    #[error(transparent)]
    Kdf(KdfError),
    /// The file system refused.
    #[error("cannot {doing} {}", path.display())]
    Io {
        /// What was tried.
        doing: &'static str,
        /// On which file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// SQLite could not read the file.
    #[error("cannot read the vault file")]
    Database(#[source] rusqlite::Error),
}

/// Says why a record could not be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The vault knows no such credential.
    #[error("the vault has no such credential")]
    NotFound,
    /// The record is not the one that the vault was opened with.
    #[error(
        "a record of the vault was changed behind its back: {what}; lock, then restore a backup"
    )]
    Tampered {
        /// What does not fit.
        what: &'static str,
    },
    /// SQLite could not read the file.
    #[error("cannot read the vault file")]
    Database(#[source] rusqlite::Error),
    /// The vault lost its file; only locking and unlocking helps.
    #[error("the vault file went away while it was in use; lock and unlock the vault")]
    Lost,
}

/// Says why changes were not saved. The old state stands, on disk and in memory, unless said otherwise.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SaveError {
    /// The disk is full.
    #[error("the disk is full; nothing was changed: free some space and try again")]
    DiskFull,
    /// The vault is read-only until the user decides about a file that was put back.
    #[error("the vault is read-only: its file is older than the last one saved here; decide first")]
    Quarantined,
    /// A change names a credential that does not exist.
    #[error("the vault has no such credential; nothing was changed")]
    NotFound,
    /// A record would be larger than any secret is.
    #[error("a value is too large for the vault; nothing was changed")]
    TooLarge,
    /// A record that has to be extended could not be read.
    #[error("nothing was changed")]
    Read(#[from] ReadError),
    /// SQLite could not write; the old state stands.
    #[error("cannot write the vault file; nothing was changed")]
    Database(#[source] rusqlite::Error),
    /// The file system refused; the old state stands.
    #[error("cannot {doing} {}; nothing was changed", path.display())]
    Io {
        /// What was tried.
        doing: &'static str,
        /// On which file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The disk failed at the very end: whether the change lasts cannot be told.
    #[error(
        "the disk failed while saving and the change cannot be confirmed; lock and unlock the vault to see what stands"
    )]
    Unconfirmed,
    /// What was read back is not what was saved.
    #[error("the saved value could not be read back; keep the original where it is")]
    ReadBack(#[source] Option<Box<OpenError>>),
}

/// Says why no backup was made.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum BackupError {
    /// The disk is full.
    #[error("the disk is full; no backup was made")]
    DiskFull,
    /// The copy does not equal the vault.
    #[error("the backup could not be verified and was discarded")]
    NotVerified(#[source] Box<OpenError>),
    /// The backup folder is open to others.
    #[error("{} is open to other users (mode {mode:o}); run: chmod go-rwx {}", path.display(), path.display())]
    Exposed {
        /// What is open.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file system refused.
    #[error("cannot {doing} {}; no backup was made", path.display())]
    Io {
        /// What was tried.
        doing: &'static str,
        /// On which file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// SQLite could not copy the file.
    #[error("cannot copy the vault file; no backup was made")]
    Database(#[source] rusqlite::Error),
    /// The vault lost its file.
    #[error("the vault file went away while it was in use; lock and unlock the vault")]
    Lost,
}

/// What a step on a file can fail of; each operation's error takes it over.
#[derive(Debug)]
pub(crate) enum FileFailure {
    Exposed { path: PathBuf, mode: u32 },
    Io { doing: &'static str, path: PathBuf, source: std::io::Error },
}

impl FileFailure {
    pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { doing, path, source }
    }
}

impl From<FileFailure> for OpenError {
    fn from(failure: FileFailure) -> Self {
        match failure {
            FileFailure::Exposed { path, mode } => Self::Exposed { path, mode },
            FileFailure::Io { doing, path, source } => Self::Io { doing, path, source },
        }
    }
}

impl From<FileFailure> for CreateError {
    fn from(failure: FileFailure) -> Self {
        match failure {
            FileFailure::Exposed { path, mode } => Self::Exposed { path, mode },
            FileFailure::Io { source, .. } if is_full(&source) => Self::DiskFull,
            FileFailure::Io { doing, path, source } => Self::Io { doing, path, source },
        }
    }
}

impl From<FileFailure> for BackupError {
    fn from(failure: FileFailure) -> Self {
        match failure {
            FileFailure::Exposed { path, mode } => Self::Exposed { path, mode },
            FileFailure::Io { source, .. } if is_full(&source) => Self::DiskFull,
            FileFailure::Io { doing, path, source } => Self::Io { doing, path, source },
        }
    }
}

impl From<rusqlite::Error> for CreateError {
    fn from(source: rusqlite::Error) -> Self {
        if is_database_full(&source) { Self::DiskFull } else { Self::Database(source) }
    }
}

impl From<rusqlite::Error> for BackupError {
    fn from(source: rusqlite::Error) -> Self {
        if is_database_full(&source) { Self::DiskFull } else { Self::Database(source) }
    }
}

impl From<rusqlite::Error> for SaveError {
    fn from(source: rusqlite::Error) -> Self {
        if is_database_full(&source) { Self::DiskFull } else { Self::Database(source) }
    }
}

impl From<rusqlite::Error> for OpenError {
    fn from(source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match source.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::InUse,
            Some(Code::NotADatabase) => Self::Damaged { what: "it is no vault file" },
            Some(Code::DatabaseCorrupt) => Self::Damaged { what: "its pages do not fit together" },
            None => Self::Damaged { what: "a column has the wrong type" },
            Some(_) => Self::Database(source),
        }
    }
}

fn is_full(source: &std::io::Error) -> bool {
    matches!(
        source.kind(),
        std::io::ErrorKind::StorageFull
            | std::io::ErrorKind::QuotaExceeded
            | std::io::ErrorKind::FileTooLarge
    )
}

fn is_database_full(source: &rusqlite::Error) -> bool {
    source.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
}
