//! Taking a backup of an open vault.

use keyturn_core::Clock;

use super::Vault;
use super::load::load;
use crate::backup::{Backup, keep, name, rotate};
use crate::error::FileFailure;
use crate::file::{Access, VaultFile};
use crate::{BackupError, OpenError, files};

impl Vault {
    /// Copies the vault into the backup folder, reads the copy back as if it were opened, keeps it, and
    /// removes all but the last five.
    pub fn backup(&self, clock: &dyn Clock) -> Result<Backup, BackupError> {
        let file = self.file.as_ref().ok_or(BackupError::Lost)?;
        let folder = files::private_folder(&self.paths.backups)?;
        let path = folder.join(name(self.generation(), clock));
        let temporary = folder.join(".unfinished");
        files::remove_if_there(&temporary)?;
        drop(files::create_private(&temporary)?);
        let made = file
            .copy_to(&temporary)
            .map_err(BackupError::from)
            .and_then(|()| self.verify(&temporary).map_err(not_verified))
            .and_then(|()| keep(&temporary, &path).map_err(BackupError::from));
        if made.is_err() {
            drop(files::remove_if_there(&temporary));
        }
        made?;
        rotate(&folder)?;
        Ok(Backup { path, generation: self.generation() })
    }

    fn verify(&self, copy: &std::path::Path) -> Result<(), OpenError> {
        let file = VaultFile::open(copy, Access::Look)?;
        let same_header = file.header()? == self.header.bytes;
        let state = load(&file, &self.header, &self.key)?;
        if same_header && state.manifest == self.state.manifest {
            Ok(())
        } else {
            Err(OpenError::Damaged { what: "the copy differs from the vault" })
        }
    }
}

fn not_verified(error: OpenError) -> BackupError {
    match error {
        OpenError::Io { doing, path, source } => FileFailure::Io { doing, path, source }.into(),
        other => BackupError::NotVerified(Box::new(other)),
    }
}
