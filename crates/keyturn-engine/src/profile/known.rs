//! Looking at profiles: all that there are, usable or not.

use keyturn_core::ProviderId;
use keyturn_providers::{Profile, check};

use crate::engine::guard;
use crate::{Engine, EngineError};

/// A profile as it may be shown.
#[derive(Debug, Clone)]
pub struct KnownProfile {
    /// The provider.
    pub id: ProviderId,
    /// The profile; `None` where its file is no sound one.
    pub profile: Option<Profile>,
    /// How things stand with it, where it is the user's own.
    pub own: Option<OwnState>,
}

/// How things stand with a profile of the user's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnState {
    /// It is as it was accepted.
    Accepted,
    /// Its file is not what was accepted; it is not used.
    Changed,
    /// Its file is gone; it is not used.
    Missing,
    /// Its file was never accepted; it is not used.
    New,
    /// The vault is locked: what was accepted is not known now.
    Unknown,
}

impl Engine {
    /// All profiles, in the order of their identifiers.
    pub fn known_profiles(&self) -> Vec<KnownProfile> {
        let own = &self.own_profiles;
        let mut ids: Vec<ProviderId> =
            self.ports.catalogue.iter().map(|profile| profile.id.clone()).collect();
        ids.extend(own.folder.ids());
        ids.extend(own.accepted_ids());
        ids.sort();
        ids.dedup();
        ids.iter().filter_map(|id| self.looked_up(id)).collect()
    }

    /// One profile.
    pub fn known_profile(&self, id: &ProviderId) -> Result<KnownProfile, EngineError> {
        match self.looked_up(id) {
            Some(known) => Ok(known),
            None => Err(match self.profile(id) {
                Err(error) => error,
                Ok(_) => EngineError::TokenVanished,
            }),
        }
    }

    /// Whether a built-in profile has this identifier, so that no own one may take it.
    pub fn is_built_in(&self, id: &ProviderId) -> bool {
        self.ports.catalogue.get(id).is_some()
    }

    fn looked_up(&self, id: &ProviderId) -> Option<KnownProfile> {
        let own = &self.own_profiles;
        let file = own.folder.text(id).ok().flatten();
        let parsed = |text: &str| check("", text).ok().filter(|profile| profile.id == *id);
        let accepted = guard(&own.accepted);
        if let Some(one) = accepted.as_ref().and_then(|all| all.get(id)) {
            let state = match &file {
                None => OwnState::Missing,
                Some(text) if *text == one.text => OwnState::Accepted,
                Some(_) => OwnState::Changed,
            };
            // What was accepted is what stored secrets are bound to, whatever the file says now.
            let profile = parsed(&one.text);
            return Some(KnownProfile { id: id.clone(), profile, own: Some(state) });
        }
        if let Some(builtin) = self.ports.catalogue.get(id) {
            let profile = Some(builtin.clone());
            return Some(KnownProfile { id: id.clone(), profile, own: None });
        }
        let state = if accepted.is_some() { OwnState::New } else { OwnState::Unknown };
        own.folder.stamp(id)?;
        let profile = file.as_deref().and_then(parsed);
        Some(KnownProfile { id: id.clone(), profile, own: Some(state) })
    }
}
