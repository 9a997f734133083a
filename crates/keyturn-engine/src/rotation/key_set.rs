//! The values of one of a credential's keys: those in use, or those that lie beside them.
//!
//! A slot holds only what it replaces: the secrets and, where a pair comes anew, its open part. Everything
//! else is the credential's own at any time, so that nothing else is turned back with a key.

use std::collections::BTreeMap;

use keyturn_core::{Credential, FieldName, Secret, SecretFields};
use keyturn_providers::Profile;
use keyturn_vault::{Batch, SecretSlot, Vault};

use super::{Turning, dates};
use crate::fields::{self, GivenFields};
use crate::{Engine, EngineError};

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

impl Engine {
    /// Makes the key that lies in `from` the one in use, and lays the one that was in use into `into`, in
    /// one transaction. The tokens that it bought are forgotten.
    pub(super) fn put_in_use(
        &self,
        vault: &mut Vault,
        mut turning: Turning<'_>,
        (from, into): (SecretSlot, SecretSlot),
        action: &str,
        caller: &str,
    ) -> Result<(), EngineError> {
        let (id, profile) = (turning.credential.id, turning.profile);
        let comes = vault.secrets_in(id, from)?;
        let in_use = vault.secrets(id)?;
        let goes = displaced(&turning.credential, &in_use, &comes);
        let with_key = WithKey::replaced(profile, &turning.credential, in_use, &comes);
        turning.credential.fields = with_key.credential.fields;
        turning.credential.reveal = fields::reveal_state(profile, &turning.credential.fields);
        dates::exchange(&mut turning.credential, &mut turning.rotation);
        let mut batch = Batch::new();
        self.write_step(&mut batch, turning, action, caller);
        batch.put_secrets_in(id, into, goes);
        batch.put_secrets(id, with_key.secrets);
        batch.put_secrets_in(id, from, SecretFields::new());
        batch.remove_tokens(id);
        Ok(vault.commit_and_read_back(batch, id)?)
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
