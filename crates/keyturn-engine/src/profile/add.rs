//! Adding a profile of the user's own, or accepting that it changed.

use keyturn_core::ProviderId;
use keyturn_providers::{Egress, Problem, check};
use keyturn_vault::{AcceptedProfile, Batch, JournalEntry, Vault};

use super::ProfileError;
use crate::{Engine, EngineError};

/// A profile to be added.
#[derive(Debug)]
pub struct AddProfile {
    /// What the file is called in problems.
    pub file: String,
    /// Its text.
    pub text: String,
    /// Whether the user agreed to where it lets stored secrets go.
    pub confirmed: bool,
}

/// What became of it.
#[derive(Debug)]
pub enum AddedProfile {
    /// It is no sound profile; nothing was done.
    Unsound(Vec<Problem>),
    /// It is sound.
    Sound(Box<ProfileChange>),
}

/// What a sound profile allows, and what became of it.
#[derive(Debug)]
pub struct ProfileChange {
    /// The provider.
    pub id: ProviderId,
    /// Its name.
    pub name: String,
    /// Where the profile lets which value go.
    pub egress: Egress,
    /// Where the one that was accepted before let them go.
    pub before: Option<Egress>,
    /// What became of it.
    pub outcome: ProfileOutcome,
}

/// What became of a sound profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileOutcome {
    /// It is known now.
    Added,
    /// It takes the place of an earlier one.
    Changed,
    /// It was accepted already.
    Unchanged,
    /// Stored secrets would go elsewhere than before: nothing was done without a yes.
    ConfirmationNeeded,
}

impl Engine {
    /// Checks a profile and makes it known. Where credentials of that provider are stored, those in
    /// the trash included, and the profile lets a value go elsewhere or otherwise than the accepted
    /// one did, the user has to agree first.
    pub fn add_profile(
        &self,
        request: &AddProfile,
        caller: &str,
    ) -> Result<AddedProfile, EngineError> {
        let profile = match check(&request.file, &request.text) {
            Ok(profile) => profile,
            Err(problems) => return Ok(AddedProfile::Unsound(problems)),
        };
        let id = profile.id.clone();
        if self.ports.catalogue.get(&id).is_some() {
            return Err(ProfileError::Taken { provider: id }.into());
        }
        let egress = Egress::of(&profile);
        self.write(|vault| {
            let old = vault.settings().profiles.iter().find(|old| old.id == id);
            let before = old.and_then(|old| check("", &old.text).ok()).map(|old| Egress::of(&old));
            let used = vault.credentials().any(|credential| credential.provider == id);
            let moved = before.as_ref() != Some(&egress);
            let outcome = match old {
                _ if used && moved && !request.confirmed => ProfileOutcome::ConfirmationNeeded,
                None => ProfileOutcome::Added,
                Some(old) if old.text == request.text => ProfileOutcome::Unchanged,
                Some(_) => ProfileOutcome::Changed,
            };
            if outcome != ProfileOutcome::ConfirmationNeeded {
                self.accept(vault, &id, &request.text, caller)?;
            }
            Ok(AddedProfile::Sound(Box::new(ProfileChange {
                name: profile.name.clone(),
                id,
                egress,
                before,
                outcome,
            })))
        })
    }

    /// Writes file and vault. Whichever of them is lost by a crash in between, the two differ then,
    /// and the profile is not used until it is added again.
    fn accept(
        &self,
        vault: &mut Vault,
        id: &ProviderId,
        text: &str,
        caller: &str,
    ) -> Result<(), EngineError> {
        let failed = |error| ProfileError::File { doing: "written", error };
        let staged = self.own_profiles.folder.stage(id, text).map_err(failed)?;
        let mut settings = vault.settings().clone();
        settings.profiles.retain(|old| old.id != *id);
        settings.profiles.push(AcceptedProfile { id: id.clone(), text: text.to_owned() });
        let mut batch = Batch::new();
        batch.put_settings(settings);
        batch.append_journal(vec![self.profile_entry(caller, "provider add", id)]);
        self.commit(vault, batch)?;
        self.own_profiles.take_over(vault.settings());
        staged.install().map_err(failed)?;
        Ok(())
    }

    pub(super) fn profile_entry(
        &self,
        caller: &str,
        action: &str,
        id: &ProviderId,
    ) -> JournalEntry {
        JournalEntry { reference: Some(id.to_string()), ..self.plain_entry(caller, action) }
    }
}
