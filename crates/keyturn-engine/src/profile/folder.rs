//! The folder with the user's own profiles: `ID.toml` each, readable by the user alone.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::PathBuf;

use keyturn_core::ProviderId;
use keyturn_providers::LARGEST_PROFILE;

/// The folder; it need not exist.
pub(super) struct Folder(pub(super) PathBuf);

/// What changes whenever a file does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    device: u64,
    inode: u64,
    size: u64,
    changed_at: (i64, i64),
}

/// A file that was written beside its place and is not there yet; it goes with its owner.
pub(super) struct Staged {
    temporary: PathBuf,
    place: PathBuf,
    installed: bool,
}

impl Folder {
    /// The file of a provider.
    pub(super) fn path(&self, id: &ProviderId) -> PathBuf {
        self.0.join(format!("{id}.toml"))
    }

    /// The identifiers that the files are named after.
    pub(super) fn ids(&self) -> Vec<ProviderId> {
        let entries = fs::read_dir(&self.0).into_iter().flatten().flatten();
        let mut ids: Vec<ProviderId> = entries
            .filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".toml")?.parse().ok())
            .collect();
        ids.sort();
        ids
    }

    /// The state of a provider's file; `None` where there is no file to read.
    pub(super) fn stamp(&self, id: &ProviderId) -> Option<Stamp> {
        // A pipe or a device would be waited for without end.
        let metadata = fs::metadata(self.path(id)).ok().filter(fs::Metadata::is_file)?;
        Some(Stamp {
            device: metadata.dev(),
            inode: metadata.ino(),
            size: metadata.size(),
            changed_at: (metadata.ctime(), metadata.ctime_nsec()),
        })
    }

    /// The text of a provider's file; `None` where there is none.
    pub(super) fn text(&self, id: &ProviderId) -> io::Result<Option<String>> {
        if self.stamp(id).is_none() {
            return Ok(None);
        }
        let mut text = String::new();
        // One byte more than a profile may have shows that there is more.
        let most = LARGEST_PROFILE as u64 + 1;
        match File::open(self.path(id)).and_then(|file| file.take(most).read_to_string(&mut text)) {
            Ok(_) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes a profile beside its place.
    pub(super) fn stage(&self, id: &ProviderId, text: &str) -> io::Result<Staged> {
        DirBuilder::new().recursive(true).mode(0o700).create(&self.0)?;
        let temporary = self.0.join(format!(".{id}.new"));
        match fs::remove_file(&temporary) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut options = OpenOptions::new();
        let mut file = options.write(true).create_new(true).mode(0o600).open(&temporary)?;
        let staged = Staged { temporary, place: self.path(id), installed: false };
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        Ok(staged)
    }

    /// Removes a provider's file, if there is one.
    pub(super) fn remove(&self, id: &ProviderId) -> io::Result<()> {
        match fs::remove_file(self.path(id)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

impl Staged {
    /// Puts the file in its place at once.
    pub(super) fn install(mut self) -> io::Result<()> {
        fs::rename(&self.temporary, &self.place)?;
        self.installed = true;
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.installed {
            // What is left behind is overwritten by the next one.
            drop(fs::remove_file(&self.temporary));
        }
    }
}
