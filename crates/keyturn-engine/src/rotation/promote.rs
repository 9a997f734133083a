//! Making the new key the one in use: in one transaction, so that there is always exactly one.

use keyturn_core::CredentialRef;
use keyturn_vault::SecretSlot;

use super::RotationError;
use crate::{Engine, EngineError, version};

impl Engine {
    /// Promotes the new key. The old one lies beside it from then on, and the tokens that it bought are
    /// forgotten. One that is not known to work is promoted only by the user's word.
    pub fn promote_next(
        &self,
        reference: &CredentialRef,
        by_word: bool,
        caller: &str,
    ) -> Result<(), EngineError> {
        self.write(|vault| {
            let mut turning = self.turning(vault, reference)?;
            if turning.rotation.promoted_at.is_some() {
                return Ok(());
            }
            let now = self.now();
            let known = turning.rotation.verified.is_some();
            turning.rotation.promote(by_word, now).map_err(RotationError::from)?;
            turning.credential.secrets_stored_at = turning.rotation.issued_at.or(Some(now));
            version::note_promotion(&mut turning.credential, now);
            let action = if known { "rotate promote" } else { "rotate promote by word" };
            let slots = (SecretSlot::Next, SecretSlot::Previous);
            self.put_in_use(vault, turning, slots, action, caller)
        })
    }
}
