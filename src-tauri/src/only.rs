//! One window a vault. A second start has the first one come to the front, at the credential it was asked
//! for, and ends.
//!
//! A lock on a file in the state folder tells who is first; it ends with the process that holds it, however
//! that ends, so that no stale one is ever in the way.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use keyturn_protocol::Home;

/// The claim to be the only window.
#[derive(Debug, Default)]
pub(crate) struct Only(Mutex<Option<File>>);

impl Only {
    /// Claims to be the only one; `None` where another process is. Where no lock can be had, two windows
    /// are better than none.
    pub(crate) fn claim(home: &Home) -> Option<Self> {
        match lock(&home.state) {
            Ok(Some(file)) => Some(Self(Mutex::new(Some(file)))),
            Ok(None) => None,
            Err(_) => Some(Self::default()),
        }
    }

    /// Lets the next one be first: this window is closing.
    pub(crate) fn release(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

fn lock(folder: &Path) -> io::Result<Option<File>> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    {
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    builder.create(folder)?;
    let file = options.open(folder.join("window.lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(folder: &Path) -> Home {
        Home::resolve(Some(folder.to_owned()), 1, |_| None).unwrap()
    }

    #[test]
    fn a_second_window_of_a_vault_finds_the_first_until_that_closes() {
        let folder = tempfile::tempdir().unwrap();
        let first = Only::claim(&home(folder.path())).unwrap();
        assert!(Only::claim(&home(folder.path())).is_none());
        first.release();
        assert!(Only::claim(&home(folder.path())).is_some());
    }

    #[test]
    fn windows_of_two_vaults_do_not_meet() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let first = Only::claim(&home(one.path()));
        assert!(first.is_some() && Only::claim(&home(two.path())).is_some());
    }

    #[test]
    fn where_no_lock_can_be_had_the_window_opens_all_the_same() {
        assert!(Only::claim(&home(Path::new("/proc/nowhere"))).is_some());
    }
}
