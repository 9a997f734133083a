//! Beginning a rotation, and giving it up.

use std::sync::Arc;

use keyturn_core::rotation::{GoingBack, Rotation};
use keyturn_core::{CredentialRef, SecretFields};
use keyturn_vault::{Batch, SecretSlot};

use super::{RotationError, Turning, rotation_facts};
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
            let credential = find(vault, reference)?.clone();
            if credential.rotating.is_some() {
                return Ok(());
            }
            let profile = self.profile(&credential.provider)?;
            let rotation = Rotation::start(profile.rotation.route(), self.now());
            let turned = Turning { profile, credential, rotation };
            let mut batch = Batch::new();
            self.write_step(&mut batch, turned, "rotate start", caller);
            self.commit(vault, batch)
        })
    }

    /// Gives a rotation up before the new key was in use. The new key is forgotten, so that the old one
    /// has to be known to live; where that is not sure, it is tried first.
    pub async fn cancel_rotation(
        self: &Arc<Self>,
        reference: &CredentialRef,
        caller: &str,
    ) -> Result<(), EngineError> {
        let (rotation, back) = self.way_back(reference)?;
        let issued = rotation.issued_at.is_some() && rotation.promoted_at.is_none();
        let answered = issued
            && back == GoingBack::IfItAnswers
            && self.old_key_answers(reference, &rotation, caller).await?;
        self.write(|vault| {
            let mut turning = self.turning(vault, reference)?;
            let facts =
                rotation_facts(vault, turning.profile, &turning.credential, &turning.rotation)?;
            turning.rotation.check_cancel(facts, answered).map_err(RotationError::from)?;
            let now = self.now();
            let mut batch = Batch::new();
            batch.append_journal(vec![self.entry(caller, "rotate cancel", &turning.credential)]);
            if turning.rotation.issued_at.is_some() {
                version::note_cancel(&mut turning.credential, now);
                let (id, none) = (turning.credential.id, SecretFields::new());
                batch.put_secrets_in(id, SecretSlot::Next, none);
            }
            turning.credential.updated_at = now;
            batch.put_credential(turning.credential);
            self.commit(vault, batch)
        })
    }
}
