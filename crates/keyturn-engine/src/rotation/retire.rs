//! Retiring the old key: its value is forgotten when the provider refuses it, or the user says that it is
//! dead. Not a moment before.

use std::sync::Arc;

use keyturn_core::{CredentialRef, SecretFields};
use keyturn_vault::{Batch, SecretSlot};

use super::show::{ShownRotation, old_last_four};
use super::trial::Tried;
use super::verify::still;
use super::{End, RotationError, rotation_facts};
use crate::{Engine, EngineError, version};

impl Engine {
    /// Retires the old key, which ends the rotation; answers how it ended. Where the old key still
    /// answers, it stays stored, and what to do about it is told.
    pub async fn retire_previous(
        self: &Arc<Self>,
        reference: &CredentialRef,
        by_word: bool,
        caller: &str,
    ) -> Result<ShownRotation, EngineError> {
        let (before, testable, last_four) = self.read(|vault| {
            let turning = self.turning(vault, reference)?;
            turning.rotation.check_retire().map_err(RotationError::from)?;
            let (profile, credential) = (turning.profile, &turning.credential);
            let facts = rotation_facts(vault, profile, credential, &turning.rotation)?;
            let last_four = old_last_four(profile, credential, &turning.rotation);
            Ok((turning.rotation, facts.old_testable, last_four))
        })?;
        let dead = if by_word {
            true
        } else if testable {
            let tried = self.try_slot(reference, SecretSlot::Previous, caller).await?;
            matches!(tried, Tried::Refused { .. })
        } else {
            let provider = reference.provider.clone();
            return Err(RotationError::EndNeedsWord { provider }.into());
        };
        self.write(|vault| {
            let mut turning = self.turning(vault, reference)?;
            still(&before, &turning.rotation)?;
            let now = self.now();
            let mut batch = Batch::new();
            if !dead {
                turning.rotation.old_key_answered(now);
                self.write_step(&mut batch, turning, "rotate old key answers", caller);
                return self.commit(vault, batch);
            }
            version::note_retirement(&mut turning.credential, now);
            let action = if by_word { "rotate retire by word" } else { "rotate retire" };
            let id = turning.credential.id;
            turning.rotation.old_key_ended(now);
            let end = End { last_four, given_up: false };
            self.write_end(&mut batch, turning, end, action, caller);
            batch.put_secrets_in(id, SecretSlot::Previous, SecretFields::new());
            self.commit(vault, batch)
        })?;
        let shown = self.show_rotation(reference)?;
        // Whoever ends an emergency gets its record, complete now.
        let last = shown.last_emergency.clone().filter(|_| dead && before.emergency.is_some());
        Ok(ShownRotation { emergency: shown.emergency.or(last), ..shown })
    }
}
