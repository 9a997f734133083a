//! No stored secret stands in a text that is meant to be shared: an owner, a note, a ticket, a consumer's
//! name. They are shown openly, and stand in reports and lines that are pasted into chats.

use keyturn_core::{CredentialId, FieldName, SecretFields};
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
    stored_for(vault, id)?.iter().try_for_each(|secrets| refuse(secrets, texts))
}

/// The values that are stored for a credential: in use, next and previous.
pub(crate) fn stored_for(
    vault: &Vault,
    id: CredentialId,
) -> Result<Vec<SecretFields>, EngineError> {
    let slots = [SecretSlot::Current, SecretSlot::Next, SecretSlot::Previous];
    let secrets = slots.into_iter().map(|slot| vault.secrets_in(id, slot));
    Ok(secrets.collect::<Result<_, _>>()?)
}

/// Refuses texts in which one of these values stands.
pub(crate) fn refuse(secrets: &SecretFields, texts: &[FreeText<'_>]) -> Result<(), EngineError> {
    match found(secrets, texts) {
        Some((what, field)) => Err(EngineError::SecretInText { what, field: field.clone() }),
        None => Ok(()),
    }
}

/// In which of these texts one of these values stands.
pub(crate) fn place_of(secrets: &SecretFields, texts: &[FreeText<'_>]) -> Option<&'static str> {
    found(secrets, texts).map(|(what, _)| what)
}

fn found<'secrets>(
    secrets: &'secrets SecretFields,
    texts: &[FreeText<'_>],
) -> Option<(&'static str, &'secrets FieldName)> {
    let mut long = secrets.iter().filter(|(_, value)| value.expose().chars().count() >= SHORTEST);
    long.find_map(|(field, value)| {
        let holds =
            |(_, text): &&FreeText<'_>| text.is_some_and(|text| text.contains(value.expose()));
        texts.iter().find(holds).map(|(what, _)| (*what, field))
    })
}
