//! Making the old key the one in use again, as long as it is known to live.

use std::sync::Arc;

use keyturn_core::CredentialRef;
use keyturn_core::rotation::{GoingBack, Rotation};
use keyturn_vault::{Batch, SecretSlot, Vault};

use super::trial::Tried;
use super::verify::still;
use super::{RotationError, old_key, rotation_facts};
use crate::{Engine, EngineError, version};

impl Engine {
    /// Goes back to the old key; the new one lies beside it again. Where the old key may be dead, it is
    /// tried first, and a refusal keeps everything as it is.
    pub async fn roll_back(
        self: &Arc<Self>,
        reference: &CredentialRef,
        caller: &str,
    ) -> Result<(), EngineError> {
        let (rotation, back) = self.way_back(reference)?;
        rotation.check_retire().map_err(RotationError::from)?;
        let answered = back == GoingBack::IfItAnswers
            && self.old_key_answers(reference, &rotation, caller).await?;
        self.write(|vault| {
            let mut turning = self.turning(vault, reference)?;
            still(&rotation, &turning.rotation)?;
            let facts =
                rotation_facts(vault, turning.profile, &turning.credential, &turning.rotation)?;
            let now = self.now();
            if answered {
                turning.rotation.old_key_answered(now);
            }
            turning.rotation.roll_back(facts, answered).map_err(RotationError::from)?;
            version::note_roll_back(&mut turning.credential, now);
            let slots = (SecretSlot::Previous, SecretSlot::Next);
            self.put_in_use(vault, turning, slots, "rotate roll back", caller)
        })
    }

    /// Whether there is a way back to the key before the one in use; never where no rotation is under way.
    pub(crate) fn going_back(
        &self,
        vault: &Vault,
        reference: &CredentialRef,
    ) -> Result<GoingBack, EngineError> {
        let Ok(turning) = self.turning(vault, reference) else { return Ok(GoingBack::Never) };
        if turning.rotation.check_retire().is_err() {
            return Ok(GoingBack::Never);
        }
        let (profile, credential) = (turning.profile, &turning.credential);
        let facts = rotation_facts(vault, profile, credential, &turning.rotation)?;
        Ok(turning.rotation.going_back(facts))
    }

    /// The rotation as it is, and whether there is a way back from it.
    pub(super) fn way_back(
        &self,
        reference: &CredentialRef,
    ) -> Result<(Rotation, GoingBack), EngineError> {
        self.read(|vault| {
            let turning = self.turning(vault, reference)?;
            let (profile, credential) = (turning.profile, &turning.credential);
            let facts = rotation_facts(vault, profile, credential, &turning.rotation)?;
            let back = turning.rotation.going_back(facts);
            Ok((turning.rotation, back))
        })
    }

    /// Tries the old key. A refusal is written down, since it ends the way back for good.
    pub(super) async fn old_key_answers(
        self: &Arc<Self>,
        reference: &CredentialRef,
        rotation: &Rotation,
        caller: &str,
    ) -> Result<bool, EngineError> {
        let tried = self.try_slot(reference, old_key(rotation), caller).await?;
        let Tried::Refused { meaning, .. } = tried else { return Ok(true) };
        self.write(|vault| {
            let mut turning = self.turning(vault, reference)?;
            still(rotation, &turning.rotation)?;
            turning.rotation.old_key_ended(self.now());
            let mut batch = Batch::new();
            self.write_step(&mut batch, turning, "rotate old key refused", caller);
            self.commit(vault, batch)
        })?;
        Err(RotationError::OldRefused { meaning }.into())
    }
}
