//! All profiles that are known: the built-in ones and the user's own.

use std::collections::BTreeMap;

use keyturn_core::ProviderId;
use thiserror::Error;

use crate::schema::Profile;

/// The files of `builtin/`, listed by the build script.
const BUILTIN: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

/// All profiles that are known, by their identifiers.
#[derive(Debug, Clone, Default)]
pub struct Catalogue(BTreeMap<ProviderId, Profile>);

/// Says why a profile was not taken in.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum CatalogueError {
    /// Another profile has its identifier. Replacing that one would change where stored secrets go.
    #[error("there is a profile '{0}' already; give this one another id")]
    Taken(ProviderId),
}

impl Catalogue {
    /// The built-in profiles.
    ///
    /// # Panics
    /// Never: a test checks the built-in files.
    #[must_use]
    pub fn builtin() -> Self {
        let profiles = BUILTIN.iter().map(|(file, text)| {
            let profile = crate::check(file, text).expect("the built-in profiles are valid");
            (profile.id.clone(), profile)
        });
        Self(profiles.collect())
    }

    /// The profile of that identifier.
    #[must_use]
    pub fn get(&self, id: &ProviderId) -> Option<&Profile> {
        self.0.get(id)
    }

    /// All profiles in the order of their identifiers.
    pub fn iter(&self) -> impl Iterator<Item = &Profile> {
        self.0.values()
    }

    /// Takes a profile in; one whose identifier is taken is refused.
    pub fn add(&mut self, profile: Profile) -> Result<(), CatalogueError> {
        if self.0.contains_key(&profile.id) {
            return Err(CatalogueError::Taken(profile.id));
        }
        self.0.insert(profile.id.clone(), profile);
        Ok(())
    }

    /// The known identifier that was perhaps meant by an unknown one.
    #[must_use]
    pub fn nearest(&self, unknown: &str) -> Option<&ProviderId> {
        let known = self.0.keys().map(ProviderId::as_str);
        let id = crate::suggest::nearest(unknown, known)?;
        self.0.keys().find(|key| key.as_str() == id)
    }
}

#[cfg(test)]
mod tests;
