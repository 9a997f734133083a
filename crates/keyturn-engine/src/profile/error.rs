//! What can go wrong with the user's own profiles.

use std::io;
use std::path::PathBuf;

use keyturn_core::ProviderId;
use thiserror::Error;

use super::folder::Folder;

/// Why a profile of the user's own was not used, added or removed.
#[derive(Debug, Error)]
pub enum ProfileError {
    /// The file is not what was accepted.
    #[error("the profile of {provider} was changed after you accepted it; nothing is sent with it")]
    Changed {
        /// The provider.
        provider: ProviderId,
        /// The file.
        file: PathBuf,
    },
    /// The file is gone.
    #[error("the profile of {provider} is gone; nothing is sent without it")]
    Missing {
        /// The provider.
        provider: ProviderId,
        /// The file.
        file: PathBuf,
    },
    /// The file was put there without being accepted.
    #[error("the profile of {provider} was never accepted; nothing is sent with it")]
    NotAccepted {
        /// The provider.
        provider: ProviderId,
        /// The file.
        file: PathBuf,
    },
    /// A built-in profile has that identifier.
    #[error("Keyturn has a profile called '{provider}' of its own")]
    Taken {
        /// The identifier.
        provider: ProviderId,
    },
    /// A built-in profile cannot be removed.
    #[error("the profile of {provider} belongs to Keyturn and cannot be removed")]
    BuiltIn {
        /// The provider.
        provider: ProviderId,
    },
    /// Credentials use it.
    #[error("the profile of {provider} is in use: {}", .references.join(", "))]
    InUse {
        /// The provider.
        provider: ProviderId,
        /// By whom.
        references: Vec<String>,
    },
    /// Its file could not be written or removed.
    #[error("the file of the profile could not be {doing}: {error}")]
    File {
        /// What was tried.
        doing: &'static str,
        /// Why not.
        error: io::Error,
    },
}

impl ProfileError {
    pub(super) fn changed(provider: &ProviderId, folder: &Folder) -> Self {
        Self::Changed { provider: provider.clone(), file: folder.path(provider) }
    }

    pub(super) fn missing(provider: &ProviderId, folder: &Folder) -> Self {
        Self::Missing { provider: provider.clone(), file: folder.path(provider) }
    }

    pub(super) fn not_accepted(provider: &ProviderId, folder: &Folder) -> Self {
        Self::NotAccepted { provider: provider.clone(), file: folder.path(provider) }
    }
}
