//! Storing the new key beside the old one.

use keyturn_core::rotation::NotNow;
use keyturn_core::{CredentialRef, FieldName, Secret, SecretFields, SecretString};
use keyturn_providers::{Field, FieldKind, Profile};
use keyturn_vault::{Batch, SecretSlot};

use super::key_set::{WithKey, displaced, given};
use super::{RotationError, Turning};
use crate::capture::{CaptureError, pasted};
use crate::fields::check_complete;
use crate::{Engine, EngineError, version};

/// A new key.
#[derive(Debug)]
pub struct StoreNext {
    /// Of which credential; a rotation of it is under way.
    pub reference: CredentialRef,
    /// Its values, open ones of a pair among them; a field that is not given keeps its value.
    pub values: SecretFields,
    /// Whether another new key that is stored already may be forgotten.
    pub replace: bool,
}

impl Engine {
    /// Stores a new key beside the one in use. Answers only after it was committed, the file closed and
    /// opened again, and the key read back from it. The same key once more changes nothing.
    pub fn store_next(&self, request: StoreNext, caller: &str) -> Result<(), EngineError> {
        let StoreNext { reference, values, replace } = request;
        self.write(|vault| {
            let mut turning = self.turning(vault, &reference)?;
            let (id, profile) = (turning.credential.id, turning.profile);
            let values = checked_values(&turning, &reference, &values)?;
            let in_use = vault.secrets(id)?;
            let values = without_unchanged(&turning, &in_use, &values);
            if values.is_empty() {
                return Err(RotationError::SameKey { reference }.into());
            }
            let stored = vault.secrets_in(id, SecretSlot::Next)?;
            if equal(&stored, &values) && turning.rotation.promoted_at.is_none() {
                return Ok(());
            }
            // The stage is told of before anything is asked.
            let now = self.now();
            turning.rotation.store(now, self.today()).map_err(RotationError::from)?;
            let another = values.iter().any(|(name, _)| stored.get(name).is_some());
            let values = if another { values } else { together(&stored, &values) };
            if another && !replace {
                return Err(RotationError::NewKeyStored { reference }.into());
            }
            let with_key = WithKey::replaced(profile, &turning.credential, in_use, &values);
            check_complete(
                profile,
                &with_key.credential.fields,
                &with_key.credential.environments,
                false,
            )?;
            let number = version::note_next(
                vault,
                profile,
                &mut turning.credential,
                &with_key.secrets,
                now,
            )?;
            let mut batch = Batch::new();
            self.write_step_of(&mut batch, turning, Some(number), "rotate store", caller);
            batch.put_secrets_in(id, SecretSlot::Next, values);
            Ok(vault.commit_and_read_back(batch, id)?)
        })
    }
}

/// The values as they are stored: each belongs to the rotation, and looks as the provider says.
fn checked_values(
    turning: &Turning<'_>,
    reference: &CredentialRef,
    values: &SecretFields,
) -> Result<SecretFields, EngineError> {
    let profile = turning.profile;
    let is_secret = |name: &FieldName| profile.field(name).is_some_and(Field::is_secret);
    // A client id alone is no new key; what no profile knows is told of below.
    let known = values.iter().all(|(name, _)| profile.field(name).is_some());
    if known && !values.iter().any(|(name, _)| is_secret(name)) {
        return Err(RotationError::NothingGiven.into());
    }
    if turning.rotation.promoted_at.is_some() {
        return Err(RotationError::NotNow(NotNow::Promoted).into());
    }
    let replaced = replaced_fields(profile, turning);
    let mut names = values.iter().map(|(name, _)| name);
    if let Some(field) = names.find(|name| !replaced.contains(name)) {
        return Err(RotationError::NotReplaced {
            reference: reference.clone(),
            field: field.clone(),
            known: replaced.iter().map(ToString::to_string).collect(),
        }
        .into());
    }
    let mut understood = SecretFields::new();
    for (name, value) in values.iter() {
        understood.insert(name.clone(), understood_value(profile, name, value)?);
    }
    let values = understood;
    given(profile, &values).check(profile)?;
    Ok(values)
}

/// A value as it is meant: what a machine made as a capture understands it, a password as it was typed, a
/// name of the pair without the paste's white space.
fn understood_value(
    profile: &Profile,
    name: &FieldName,
    value: &SecretString,
) -> Result<SecretString, EngineError> {
    match profile.field(name).map(|field| field.kind) {
        Some(FieldKind::Secret) => match pasted(profile, name, value) {
            Ok(pasted) => Ok(pasted.value),
            Err(CaptureError::Nothing) => Err(RotationError::NothingGiven.into()),
            Err(error) => Err(error.into()),
        },
        Some(FieldKind::Password) | None => Ok(value.duplicate()),
        Some(FieldKind::Open) => Ok(Secret::trimmed(value.expose().clone())),
    }
}

/// The names of the fields that a rotation of this credential replaces.
fn replaced_fields<'profile>(
    profile: &'profile Profile,
    turning: &Turning<'_>,
) -> Vec<&'profile FieldName> {
    profile.rotated_fields(&turning.credential).into_iter().map(|field| &field.name).collect()
}

/// A value that stays as it is needs no place in the slot.
fn without_unchanged(
    turning: &Turning<'_>,
    in_use: &SecretFields,
    values: &SecretFields,
) -> SecretFields {
    let old = displaced(&turning.credential, in_use, values);
    let same = |name: &FieldName, value: &SecretString| {
        old.get(name).is_some_and(|old| old.expose() == value.expose())
    };
    let secret = |name: &FieldName| turning.profile.field(name).is_some_and(Field::is_secret);
    // Where no secret is new, it is the same key, whatever stands beside it.
    if values.iter().any(|(name, _)| secret(name))
        && values.iter().filter(|(name, _)| secret(name)).all(|(name, value)| same(name, value))
    {
        return SecretFields::new();
    }
    let changed = values.iter().filter(|(name, value)| !same(name, value));
    changed.map(|(name, value)| (name.clone(), value.duplicate())).collect()
}

/// What of a new key is stored already, and what comes to it.
fn together(stored: &SecretFields, values: &SecretFields) -> SecretFields {
    let all = stored.iter().chain(values.iter());
    all.map(|(name, value)| (name.clone(), value.duplicate())).collect()
}

fn equal(one: &SecretFields, other: &SecretFields) -> bool {
    one.len() == other.len()
        && one.iter().all(|(name, value)| {
            other.get(name).is_some_and(|other| other.expose() == value.expose())
        })
}
