//! Making the new key the one in use: in one transaction, so that there is always exactly one.

use keyturn_core::{CredentialRef, SecretFields};
use keyturn_vault::{Batch, SecretSlot};

use super::key_set::{WithKey, displaced};
use super::{RotationError, dates};
use crate::{Engine, EngineError, fields, version};

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
            let id = turning.credential.id;
            let next = vault.secrets_in(id, SecretSlot::Next)?;
            let in_use = vault.secrets(id)?;
            let old = displaced(&turning.credential, &in_use, &next);
            let with_key = WithKey::replaced(turning.profile, &turning.credential, in_use, &next);
            turning.credential.fields = with_key.credential.fields;
            turning.credential.reveal =
                fields::reveal_state(turning.profile, &turning.credential.fields);
            turning.credential.secrets_stored_at = turning.rotation.issued_at.or(Some(now));
            version::note_promotion(&mut turning.credential, now);
            dates::exchange(&mut turning.credential, &mut turning.rotation);
            let mut batch = Batch::new();
            let action = if known { "rotate promote" } else { "rotate promote by word" };
            self.write_step(&mut batch, turning, action, caller);
            batch.put_secrets_in(id, SecretSlot::Previous, old);
            batch.put_secrets(id, with_key.secrets);
            batch.put_secrets_in(id, SecretSlot::Next, SecretFields::new());
            batch.remove_tokens(id);
            Ok(vault.commit_and_read_back(batch, id)?)
        })
    }
}
