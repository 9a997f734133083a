//! Where a vault's files lie. Callers choose; this crate looks up no home.

use std::path::PathBuf;

/// The files and folders of one vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultPaths {
    /// The vault file, e.g. `vault.kyt`; its folder is private to the user.
    pub vault: PathBuf,
    /// The folder of its backups.
    pub backups: PathBuf,
    /// The anchor file, in the state folder: it tells a vault file that was put back.
    pub anchor: PathBuf,
    /// The lock file that keeps other processes out.
    pub lock: PathBuf,
}

impl VaultPaths {
    /// The schedule, beside the vault file: what reminders need while the vault is locked.
    #[must_use]
    pub fn schedule(&self) -> PathBuf {
        self.vault.with_file_name("schedule.kyt")
    }
}
