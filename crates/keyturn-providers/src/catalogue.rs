//! The built-in profiles.

use std::collections::BTreeMap;

use keyturn_core::ProviderId;

use crate::schema::Profile;

/// The files of `builtin/`, listed by the build script.
const BUILTIN: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/builtin.rs"));

/// The built-in profiles, by their identifiers. A user's own are kept apart from them: which of those
/// may be used is a matter of what the user accepted.
#[derive(Debug, Clone, Default)]
pub struct Catalogue(BTreeMap<ProviderId, Profile>);

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

    /// The files of the built-in profiles: names and texts.
    #[must_use]
    pub const fn builtin_files() -> &'static [(&'static str, &'static str)] {
        BUILTIN
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

    /// The known identifier that was perhaps meant by an unknown one.
    #[must_use]
    pub fn nearest(&self, unknown: &str) -> Option<&ProviderId> {
        let known = self.0.keys().map(ProviderId::as_str);
        let id = crate::suggest::nearest(unknown, known)?;
        self.0.keys().find(|key| key.as_str() == id)
    }
}

#[cfg(test)]
mod formats;
#[cfg(test)]
mod tests;
