//! Beginning a rotation, and giving it up.

use std::sync::Arc;

use keyturn_core::rotation::GoingBack;
use keyturn_core::{CredentialRef, SecretFields};
use keyturn_vault::{Batch, SecretSlot};

use super::show::old_last_four;
use super::verify::still;
use super::{End, RotationError, rotation_facts};
use crate::engine::find;
use crate::{Engine, EngineError, version};

impl Engine {
    /// Begins a rotation. One that is under way goes on as it is.
    pub fn start_rotation(
        &self,
        reference: &CredentialRef,
        caller: &str,
    ) -> Result<(), EngineError> {
        self.write(|vault| {
            let credential = find(vault, reference)?;
            if credential.rotating.is_some() {
                return Ok(());
            }
            let begun = self.turning_or_begun(credential)?;
            let mut batch = Batch::new();
            self.write_step(&mut batch, begun, "rotate start", caller);
            self.commit(vault, batch)
        })
    }

    /// Gives a rotation up before the new key was in use. A new key that is stored is forgotten, so that the
    /// old one is tried first. Where that does not tell, and where an emergency is given up, `agreed` is the
    /// user's yes; against a refusal there is none.
    pub async fn cancel_rotation(
        self: &Arc<Self>,
        reference: &CredentialRef,
        agreed: bool,
        caller: &str,
    ) -> Result<(), EngineError> {
        let (rotation, back) = self.way_back(reference)?;
        let issued = rotation.issued_at.is_some() && rotation.promoted_at.is_none();
        let answered = issued && back == GoingBack::IfItAnswers && {
            let answered = self.old_key_answers(reference, &rotation, caller).await;
            told_or_agreed(answered, agreed)?
        };
        self.write(|vault| {
            let mut turning = self.turning(vault, reference)?;
            still(&rotation, &turning.rotation)?;
            let facts =
                rotation_facts(vault, turning.profile, &turning.credential, &turning.rotation)?;
            turning.rotation.check_cancel(facts, answered, agreed).map_err(RotationError::from)?;
            if turning.rotation.is_open_emergency() && !agreed {
                return Err(RotationError::EmergencyOpen { reference: reference.clone() }.into());
            }
            let last_four = old_last_four(turning.profile, &turning.credential, &turning.rotation);
            let mut batch = Batch::new();
            if turning.rotation.issued_at.is_some() {
                version::note_cancel(&mut turning.credential, self.now());
                let (id, none) = (turning.credential.id, SecretFields::new());
                batch.put_secrets_in(id, SecretSlot::Next, none);
            }
            let end = End { last_four, given_up: true };
            self.write_end(&mut batch, turning, end, "rotate cancel", caller);
            self.commit(vault, batch)
        })
    }
}

/// Whether the old key answered. Where its test did not tell, the user's yes counts.
fn told_or_agreed(answered: Result<bool, EngineError>, agreed: bool) -> Result<bool, EngineError> {
    match answered {
        Err(
            error @ (EngineError::Rotation(
                RotationError::OldRefused { .. }
                | RotationError::Overtaken
                | RotationError::NoneUnderWay { .. },
            )
            | EngineError::VaultLocked
            | EngineError::Save(_)
            | EngineError::Read(_)),
        ) => Err(error),
        Err(_) if agreed => Ok(false),
        Err(error) => Err(RotationError::OldUntested { reason: error.to_string() }.into()),
        Ok(answered) => Ok(answered),
    }
}
