//! The recovery key of a vault that was made a moment ago, until its user has proved to have it.
//!
//! It never goes to the main window: it is written to a file, shown in the reveal window, or copied by the
//! agent.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use keyturn_core::SecretString;
use keyturn_protocol::{ApiError, ErrorCode};

use crate::documents;

/// How much of its end the user types back.
const TAIL: usize = 6;

/// The key that waits to be confirmed.
#[derive(Debug, Default)]
pub(crate) struct PendingRecovery(Mutex<Option<SecretString>>);

impl PendingRecovery {
    /// Holds the key of the vault that was just made.
    pub(crate) fn hold(&self, key: SecretString) {
        *self.key() = Some(key);
    }

    /// Writes the key to a new file that only the user can read, and says where it is.
    pub(crate) fn save(&self, folder: &Path) -> Result<PathBuf, ApiError> {
        let key = self.key();
        let key = key.as_ref().ok_or_else(nothing_pending)?;
        write(folder, key).map_err(|error| {
            let message = format!("the recovery key cannot be saved: {error}");
            ApiError::new(ErrorCode::NotSaved, message).hint("Show it instead, and write it down.")
        })
    }

    /// A copy for the reveal window and the clipboard.
    pub(crate) fn duplicate(&self) -> Result<SecretString, ApiError> {
        self.key().as_ref().map(SecretString::duplicate).ok_or_else(nothing_pending)
    }

    /// Whether the key ends so; then it is wiped here. Case, spaces and dashes do not count.
    pub(crate) fn confirm(&self, tail: &str) -> Result<bool, ApiError> {
        let mut key = self.key();
        let held = key.as_ref().ok_or_else(nothing_pending)?;
        let right = reversed(tail).eq(reversed(held.expose()).take(TAIL));
        if right {
            *key = None;
        }
        Ok(right)
    }

    fn key(&self) -> MutexGuard<'_, Option<SecretString>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The letters and digits from the end.
fn reversed(text: &str) -> impl Iterator<Item = char> {
    text.chars().rev().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase())
}

fn write(folder: &Path, key: &SecretString) -> io::Result<PathBuf> {
    let (path, mut file) = documents::create(folder, "keyturn-recovery-key", "txt")?;
    file.write_all(key.expose().as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()?;
    Ok(path)
}

fn nothing_pending() -> ApiError {
    ApiError::new(ErrorCode::NotFound, "there is no recovery key that waits to be confirmed")
        .hint("It is told once, when a vault is made.")
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn pending() -> PendingRecovery {
        let pending = PendingRecovery::default();
        pending.hold(SecretString::new("KT1ABCD-EFGH23-456XYZ".to_owned()));
        pending
    }

    #[test]
    fn the_right_tail_confirms_and_wipes_the_key() {
        let pending = pending();
        assert_eq!(pending.confirm("456xya"), Ok(false));
        assert_eq!(pending.confirm("56XYZ"), Ok(false), "all six are asked for");
        assert_eq!(pending.confirm(""), Ok(false));
        assert_eq!(pending.confirm(" 456-xyz "), Ok(true));
        assert_eq!(pending.confirm("456xyz").unwrap_err().code, ErrorCode::NotFound);
    }

    #[test]
    fn a_saved_key_is_private_and_overwrites_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let pending = pending();
        let first = pending.save(folder.path()).unwrap();
        let second = pending.save(folder.path()).unwrap();
        assert_ne!(first, second);
        assert_eq!(std::fs::metadata(&first).unwrap().permissions().mode() & 0o777, 0o600);
        let text = std::fs::read_to_string(second).unwrap();
        assert_eq!(text, "KT1ABCD-EFGH23-456XYZ\n");
    }

    #[test]
    fn a_key_that_cannot_be_saved_is_an_error_that_names_the_other_way() {
        let error = pending().save(Path::new("/nonexistent")).unwrap_err();
        assert_eq!(error.code, ErrorCode::NotSaved);
        assert!(error.hint.unwrap().contains("Show it"));
    }
}
