//! Backups: whole copies of the vault file, encrypted as it is. Copied by SQLite, read back, made to
//! last, and only then given their name; the last five are kept.

use std::path::{Path, PathBuf};

use keyturn_core::Clock;

use crate::error::FileFailure;
use crate::{BackupError, files};

/// How many backups stay.
pub(crate) const KEPT: usize = 5;

const PREFIX: &str = "vault-";
const SUFFIX: &str = ".kyt";

/// A backup that was made and verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Where it lies.
    pub path: PathBuf,
    /// The generation of the vault that it holds.
    pub generation: u64,
}

/// The backup's name: its time sorts it, the generation tells two of one second apart.
pub(crate) fn name(generation: u64, clock: &dyn Clock) -> String {
    let now = clock.now().format("%Y%m%dT%H%M%SZ");
    format!("{PREFIX}{now}-{generation:020}{SUFFIX}")
}

/// Gives a verified copy its name for good.
pub(crate) fn keep(temporary: &Path, path: &Path) -> Result<(), FileFailure> {
    let file = std::fs::File::open(temporary).map_err(FileFailure::io("open", temporary))?;
    file.sync_all()
        .and_then(|()| std::fs::rename(temporary, path))
        .map_err(FileFailure::io("write", path))?;
    files::sync_folder(files::folder_of(path))
}

/// Removes all but the newest backups; other files in the folder are none of ours.
pub(crate) fn rotate(folder: &Path) -> Result<(), BackupError> {
    let entries = std::fs::read_dir(folder).map_err(FileFailure::io("read", folder))?;
    let mut backups: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.starts_with(PREFIX) && name.ends_with(SUFFIX)
        })
        .map(|entry| entry.path())
        .collect();
    backups.sort_unstable();
    let superfluous = backups.len().saturating_sub(KEPT);
    for old in backups.iter().take(superfluous) {
        files::remove_if_there(old)?;
    }
    Ok(())
}
