//! Files and folders that are nobody else's: private modes, atomic replacement, the lock file.
//!
//! Never for the vault file while it is open: closing any descriptor of it would drop `SQLite`'s lock.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::FileFailure;

/// Makes a folder private to the user, or checks that it is; answers its real path.
///
/// An existing folder is tightened only while it is empty: what else lies in it is not ours to judge.
pub(crate) fn private_folder(path: &Path) -> Result<PathBuf, FileFailure> {
    make_folder(path)?;
    let real = fs::canonicalize(path).map_err(FileFailure::io("resolve", path))?;
    if let Err(exposed) = check_private(&real) {
        let mut content = fs::read_dir(&real).map_err(FileFailure::io("read", &real))?;
        if content.next().is_some() {
            return Err(exposed);
        }
        os::tighten_folder(&real).map_err(FileFailure::io("make private", &real))?;
    }
    Ok(real)
}

/// Makes a folder and its parents, readable by the user alone, if it is missing.
pub(crate) fn make_folder(path: &Path) -> Result<(), FileFailure> {
    os::make_folder(path).map_err(FileFailure::io("make the folder", path))
}

/// The folder of a file; the current one where the path names none.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Refuses a file or folder that is another user's or that others may touch.
pub(crate) fn check_private(path: &Path) -> Result<(), FileFailure> {
    let metadata = fs::metadata(path).map_err(FileFailure::io("look at", path))?;
    match os::exposed_mode(&metadata) {
        None => Ok(()),
        Some(mode) => Err(FileFailure::Exposed { path: path.to_owned(), mode }),
    }
}

/// Creates a new file with mode 0600, never through a link.
pub(crate) fn create_private(path: &Path) -> Result<File, FileFailure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    os::private(&mut options).open(path).map_err(FileFailure::io("create", path))
}

/// Replaces a small file at once: a reader, or the next start after a crash, sees old or new.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), FileFailure> {
    let temporary = beside(path, ".new");
    remove_if_there(&temporary)?;
    let mut file = create_private(&temporary)?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&temporary, path))
        .map_err(FileFailure::io("write", path))
}

/// Makes what happened in a folder last.
pub(crate) fn sync_folder(path: &Path) -> Result<(), FileFailure> {
    os::sync_folder(path).map_err(FileFailure::io("sync the folder", path))
}

/// Removes a file that may be missing.
pub(crate) fn remove_if_there(path: &Path) -> Result<(), FileFailure> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(FileFailure::io("remove", path)(error))
        }
        _ => Ok(()),
    }
}

/// The path with something behind its name.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// How long somebody else may have the lock before it is theirs. A child that is just being started
/// holds every file of its parent until it runs its own program, this lock among them.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long to wait between two tries.
const PAUSE: Duration = Duration::from_millis(10);

/// Keeps every other process of the user out for as long as it lives.
#[derive(Debug)]
pub(crate) struct LockFile(#[expect(dead_code, reason = "held for its lock")] File);

impl LockFile {
    /// Takes the lock; `None` where another process keeps it. The file stays: removing it would let two
    /// processes lock two files of one name.
    pub(crate) fn take(path: &Path) -> Result<Option<Self>, FileFailure> {
        make_folder(folder_of(path))?;
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        let file =
            os::private(&mut options).open(path).map_err(FileFailure::io("open the lock", path))?;
        let begun = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Some(Self(file))),
                Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => {
                    return Err(FileFailure::io("lock", path)(error));
                }
            }
        }
    }
}

#[cfg(unix)]
mod os {
    use std::fs::{self, DirBuilder, Metadata, OpenOptions, Permissions};
    use std::io;
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
    use std::path::Path;

    use rustix::fs::OFlags;

    pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
        let nofollow = i32::try_from(OFlags::NOFOLLOW.bits()).expect("open flags fit an int");
        options.mode(0o600).custom_flags(nofollow)
    }

    pub(super) fn make_folder(path: &Path) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(path)
    }

    pub(super) fn tighten_folder(path: &Path) -> io::Result<()> {
        fs::set_permissions(path, Permissions::from_mode(0o700))
    }

    pub(super) fn exposed_mode(metadata: &Metadata) -> Option<u32> {
        let mode = metadata.permissions().mode() & 0o7777;
        let own = metadata.uid() == rustix::process::geteuid().as_raw();
        (mode & 0o077 != 0 || !own).then_some(mode)
    }

    pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
        fs::File::open(path)?.sync_all()
    }
}

/// Never compiled so far: on Windows the profile folder's access list stands for the modes.
#[cfg(not(unix))]
mod os {
    use std::fs::{self, Metadata, OpenOptions};
    use std::io;
    use std::path::Path;

    pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
        options
    }

    pub(super) fn make_folder(path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    pub(super) fn tighten_folder(_path: &Path) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn exposed_mode(_metadata: &Metadata) -> Option<u32> {
        None
    }

    pub(super) fn sync_folder(_path: &Path) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn folders_are_made_private_and_loose_ones_are_tightened_only_while_empty() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("a/b");
        private_folder(&folder).unwrap();
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(folder.parent().unwrap()), 0o700);
        set_mode(&folder, 0o755);
        private_folder(&folder).unwrap();
        assert_eq!(mode(&folder), 0o700, "an empty folder is tightened");
        fs::write(folder.join("file"), "").unwrap();
        set_mode(&folder, 0o755);
        let refused = private_folder(&folder).unwrap_err();
        assert!(matches!(refused, FileFailure::Exposed { mode: 0o755, .. }), "{refused:?}");
    }

    #[test]
    fn a_replaced_file_is_private_and_leaves_nothing_beside_it() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("anchor");
        replace(&path, b"old").unwrap();
        replace(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(mode(&path), 0o600);
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_lock_is_taken_once_and_not_through_a_link() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("lock");
        let held = LockFile::take(&path).unwrap();
        assert!(held.is_some());
        assert!(LockFile::take(&path).unwrap().is_none(), "a second taker is refused");
        drop(held);
        assert!(LockFile::take(&path).unwrap().is_some(), "and let in afterwards");
        let link = root.path().join("link");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        assert!(LockFile::take(&link).is_err());
    }
}
