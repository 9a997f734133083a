//! Removing a profile of the user's own.

use keyturn_core::ProviderId;
use keyturn_vault::Batch;

use super::ProfileError;
use crate::{Engine, EngineError};

impl Engine {
    /// Removes a profile and its file, and the own hosts of that provider. Refused while credentials
    /// use it. Those in the trash do not count: should they come back, they need a profile again, and
    /// adding one asks.
    pub fn remove_profile(&self, id: &ProviderId, caller: &str) -> Result<(), EngineError> {
        self.write(|vault| {
            let accepted = vault.settings().profiles.iter().any(|profile| profile.id == *id);
            if !accepted {
                if self.ports.catalogue.get(id).is_some() {
                    return Err(ProfileError::BuiltIn { provider: id.clone() }.into());
                }
                if self.own_profiles.folder.stamp(id).is_none() {
                    // Says which there are.
                    return Err(match self.profile(id) {
                        Err(error) => error,
                        Ok(_) => EngineError::TokenVanished,
                    });
                }
            }
            let users: Vec<String> = vault
                .live_credentials()
                .filter(|used| used.provider == *id)
                .map(|credential| credential.reference().to_string())
                .collect();
            if !users.is_empty() {
                return Err(ProfileError::InUse { provider: id.clone(), references: users }.into());
            }
            let mut settings = vault.settings().clone();
            settings.profiles.retain(|profile| profile.id != *id);
            settings.environments.retain(|own| own.provider != *id);
            let mut batch = Batch::new();
            batch.put_settings(settings);
            batch.append_journal(vec![self.profile_entry(caller, "provider remove", id)]);
            self.commit(vault, batch)?;
            self.own_profiles.take_over(vault.settings());
            self.own_profiles
                .folder
                .remove(id)
                .map_err(|error| ProfileError::File { doing: "removed", error })?;
            Ok(())
        })
    }
}
