//! The values of one of a credential's keys: those in use, or those that lie beside them.
//!
//! A slot holds only what it replaces: the secrets and, where a pair comes anew, its open part. Everything
//! else is the credential's own at any time, so that nothing else is turned back with a key.

use std::collections::BTreeMap;

use keyturn_core::{Credential, FieldName, Secret, SecretFields};
use keyturn_providers::Profile;
use keyturn_vault::{SecretSlot, Vault};

use crate::EngineError;
use crate::fields::GivenFields;

/// A credential as it is with one of its keys.
pub(super) struct WithKey {
    pub(super) credential: Credential,
    pub(super) secrets: SecretFields,
}

impl WithKey {
    pub(super) fn of(
        vault: &Vault,
        profile: &Profile,
        credential: &Credential,
        which: SecretSlot,
    ) -> Result<Self, EngineError> {
        let secrets = vault.secrets(credential.id)?;
        if which == SecretSlot::Current {
            return Ok(Self { credential: credential.clone(), secrets });
        }
        let slot = vault.secrets_in(credential.id, which)?;
        Ok(Self::replaced(profile, credential, secrets, &slot))
    }

    /// The credential with the values of a slot in place of its own.
    pub(super) fn replaced(
        profile: &Profile,
        credential: &Credential,
        mut secrets: SecretFields,
        slot: &SecretFields,
    ) -> Self {
        let given = given(profile, slot);
        let fields = given.merged(profile, &credential.fields);
        for (name, value) in given.secrets.iter() {
            secrets.insert(name.clone(), value.duplicate());
        }
        Self { credential: Credential { fields, ..credential.clone() }, secrets }
    }
}

/// Sorts values into secrets and open ones, as the profile has them.
pub(super) fn given(profile: &Profile, values: &SecretFields) -> GivenFields {
    let mut given = GivenFields { open: BTreeMap::new(), secrets: SecretFields::new() };
    for (name, value) in values.iter() {
        if profile.field(name).is_some_and(|field| !field.is_secret()) {
            given.open.insert(name.clone(), value.expose().clone());
        } else {
            given.secrets.insert(name.clone(), value.duplicate());
        }
    }
    given
}

/// The values in use of the fields that a slot replaces: what a slot is exchanged for.
pub(super) fn displaced(
    credential: &Credential,
    in_use: &SecretFields,
    by: &SecretFields,
) -> SecretFields {
    let value = |name: &FieldName| {
        let secret = in_use.get(name).map(Secret::duplicate);
        secret.or_else(|| credential.open_value(name).map(|text| Secret::new(text.to_owned())))
    };
    by.iter().filter_map(|(name, _)| Some((name.clone(), value(name)?))).collect()
}
