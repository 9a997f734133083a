//! The profiles that are known: the built-in ones and the user's own.
//!
//! A profile of the user's own lies as a file in a folder that every program of the user can write.
//! It says where secrets go, so the vault keeps its text as the user accepted it, and a file that
//! differs from that is not used. What was accepted is known while the vault is open; until then such
//! a profile can be looked at and nothing more.

mod add;
mod error;
mod folder;
mod known;
mod remove;
mod shelf;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;

use keyturn_core::ProviderId;
use keyturn_providers::Profile;
use keyturn_vault::Settings;

use crate::engine::guard;
use crate::{Engine, EngineError};

pub use add::{AddProfile, AddedProfile, ProfileChange, ProfileOutcome};
pub use error::ProfileError;
pub use known::{KnownProfile, OwnState};

use folder::{Folder, Stamp};
use shelf::Shelf;

/// The user's own profiles.
pub(crate) struct OwnProfiles {
    folder: Folder,
    shelf: Shelf,
    /// What the open vault holds as accepted; `None` while it is closed.
    accepted: Mutex<Option<BTreeMap<ProviderId, Accepted>>>,
}

/// A profile as the user accepted it.
struct Accepted {
    text: String,
    /// The file as it was when it was last found to be this text.
    found_as: Option<Stamp>,
}

impl OwnProfiles {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder: Folder(folder), shelf: Shelf::default(), accepted: Mutex::default() }
    }

    /// Takes over what the vault that was opened, or changed, holds as accepted.
    pub(crate) fn take_over(&self, settings: &Settings) {
        let all = settings.profiles.iter().map(|profile| {
            (profile.id.clone(), Accepted { text: profile.text.clone(), found_as: None })
        });
        *guard(&self.accepted) = Some(all.collect());
    }

    /// Forgets what was accepted: the vault was closed.
    pub(crate) fn forget(&self) {
        *guard(&self.accepted) = None;
    }

    /// The accepted profile, if its file is still what was accepted.
    fn usable(&self, id: &ProviderId) -> Result<Option<&Profile>, EngineError> {
        let mut accepted = guard(&self.accepted);
        let Some(one) = accepted.as_mut().and_then(|all| all.get_mut(id)) else {
            return Ok(None);
        };
        // The stamp is older than the reading: a change in between is seen the next time.
        let stamp = self.folder.stamp(id);
        if stamp.is_none() || stamp != one.found_as {
            one.found_as = None;
            match self.folder.text(id) {
                Ok(Some(text)) if text == one.text => one.found_as = stamp,
                Ok(None) => return Err(ProfileError::missing(id, &self.folder).into()),
                _ => return Err(ProfileError::changed(id, &self.folder).into()),
            }
        }
        match self.shelf.profile(id, &one.text) {
            Some(profile) => Ok(Some(profile)),
            // This version of Keyturn reads profiles otherwise than the one that accepted it.
            None => Err(ProfileError::changed(id, &self.folder).into()),
        }
    }

    fn accepted_ids(&self) -> Vec<ProviderId> {
        guard(&self.accepted).iter().flat_map(BTreeMap::keys).cloned().collect()
    }
}

impl Engine {
    /// The providers whose profiles may be used, as far as one can tell without looking at files.
    pub(crate) fn known_ids(&self) -> Vec<ProviderId> {
        let builtin = self.ports.catalogue.iter().map(|profile| profile.id.clone());
        let mut ids: Vec<ProviderId> = builtin.chain(self.own_profiles.accepted_ids()).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    /// The profile of a provider, as it may be used.
    pub fn profile(&self, id: &ProviderId) -> Result<&Profile, EngineError> {
        // One that was accepted comes before a built-in one: a new version of Keyturn that brings a
        // profile of that name must not lead stored secrets elsewhere.
        if let Some(own) = self.own_profiles.usable(id)? {
            return Ok(own);
        }
        if let Some(builtin) = self.ports.catalogue.get(id) {
            return Ok(builtin);
        }
        let own = &self.own_profiles;
        if own.folder.stamp(id).is_some() {
            return Err(if guard(&own.accepted).is_some() {
                ProfileError::not_accepted(id, &own.folder).into()
            } else {
                EngineError::VaultLocked
            });
        }
        let builtin = self.ports.catalogue.iter().map(|profile| profile.id.to_string());
        let own = own.accepted_ids().into_iter().map(|id| id.to_string());
        Err(EngineError::NoProvider {
            provider: id.clone(),
            known: builtin.chain(own).collect(),
            nearest: self.ports.catalogue.nearest(id.as_str()).cloned(),
        })
    }
}
