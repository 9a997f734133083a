//! No stored secret stands in a text that is meant to be shared: an owner, a note, a ticket, a consumer's
//! name. They are shown openly, and stand in reports and lines that are pasted into chats.

use keyturn_core::{CredentialId, SecretFields};
use keyturn_vault::{SecretSlot, Vault};

use crate::EngineError;

/// Shorter values stand in many texts by chance.
const SHORTEST: usize = 8;

/// A text, and what it is called.
pub(crate) type FreeText<'a> = (&'static str, Option<&'a String>);

/// Refuses texts in which a value stands that is stored for the credential: in use, next or previous.
pub(crate) fn refuse_stored(
    vault: &Vault,
    id: CredentialId,
    texts: &[FreeText<'_>],
) -> Result<(), EngineError> {
    if texts.iter().all(|(_, text)| text.is_none()) {
        return Ok(());
    }
    for slot in [SecretSlot::Current, SecretSlot::Next, SecretSlot::Previous] {
        refuse(&vault.secrets_in(id, slot)?, texts)?;
    }
    Ok(())
}

/// Refuses texts in which one of these values stands.
pub(crate) fn refuse(secrets: &SecretFields, texts: &[FreeText<'_>]) -> Result<(), EngineError> {
    for (field, value) in secrets.iter() {
        let value = value.expose();
        if value.chars().count() < SHORTEST {
            continue;
        }
        for (what, text) in texts {
            if text.is_some_and(|text| text.contains(value)) {
                return Err(EngineError::SecretInText { what, field: field.clone() });
            }
        }
    }
    Ok(())
}
