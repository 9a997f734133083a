//! Finding out whether the new key works (X8).

use std::sync::Arc;

use keyturn_core::rotation::{Rotation, VerifiedBy};
use keyturn_core::{CredentialRef, KeyStanding};
use keyturn_vault::{Batch, SecretSlot};

use super::RotationError;
use super::trial::Tried;
use crate::{Engine, EngineError, version};

impl Engine {
    /// Finds out whether the new key works: by the profile's test call, by buying a token, or by the
    /// user's word. Nothing is sent that would create something. A key that is refused stays stored.
    pub async fn verify_next(
        self: &Arc<Self>,
        reference: &CredentialRef,
        by_word: bool,
        caller: &str,
    ) -> Result<(), EngineError> {
        let before = self.read(|vault| {
            let turning = self.turning(vault, reference)?;
            turning.rotation.check_verify().map_err(RotationError::from)?;
            Ok(turning.rotation)
        })?;
        let by = if by_word {
            VerifiedBy::Word
        } else {
            match self.try_slot(reference, SecretSlot::Next, caller).await? {
                Tried::Worked(by) => by,
                Tried::Another { note } => return Err(RotationError::AnotherKey { note }.into()),
                Tried::Refused { meaning, action } => {
                    return Err(RotationError::Refused { meaning, action }.into());
                }
            }
        };
        self.write(|vault| {
            let mut turning = self.turning(vault, reference)?;
            still(&before, &turning.rotation)?;
            turning.rotation.verify(by, self.now()).map_err(RotationError::from)?;
            let mut batch = Batch::new();
            let number = version::number(&turning.credential, KeyStanding::Next);
            let action = if by_word { "rotate verify by word" } else { "rotate verify" };
            self.write_step_of(&mut batch, turning, number, action, caller);
            self.commit(vault, batch)
        })
    }
}

/// Whether the keys are still those that were tried.
pub(super) fn still(before: &Rotation, now: &Rotation) -> Result<(), RotationError> {
    let keys = |one: &Rotation| (one.started_at, one.issued_at, one.promoted_at);
    if keys(before) == keys(now) { Ok(()) } else { Err(RotationError::Overtaken) }
}
