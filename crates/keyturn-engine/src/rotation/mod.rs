//! Replacing a key, one step at a time: a file a step.
//!
//! Each step is one transaction: what it decided and the keys that it moved become true together, so that
//! any end of the process leaves a rotation at a stage, and never between two. The rules of what may follow
//! what are `keyturn_core::rotation`'s; here they meet the vault, the profile and the provider.
//!
//! The old key and the new one lie in slots of their own, and none is forgotten before the provider
//! refused it or the user said so. `trial` finds out whether one works, without creating anything.

mod compromised;
mod confirm;
mod dates;
mod error;
mod key_set;
mod letter;
mod promote;
mod report;
mod request;
mod retire;
mod roll_back;
mod show;
mod start;
mod store;
mod trial;
mod verify;
mod words;

use keyturn_core::rotation::{PastEmergency, Rotation, RotationFacts};
use keyturn_core::{Credential, CredentialRef, FieldName, FieldValue};
use keyturn_providers::Profile;
use keyturn_vault::{Batch, JournalEntry, SecretSlot, Vault};

pub use error::RotationError;
pub use request::AskSupport;
pub use show::{EmergencyText, ReplacedField, ShownRotation};
pub use store::StoreNext;

use crate::engine::find;
use crate::fields::GivenFields;
use crate::{Engine, EngineError};

/// A credential whose key is being replaced, with its rotation taken out to be changed.
struct Turning<'a> {
    profile: &'a Profile,
    credential: Credential,
    rotation: Rotation,
}

/// How a rotation ended.
struct End {
    /// The last four characters of the key that was to be replaced.
    last_four: Option<String>,
    /// Whether it was given up.
    given_up: bool,
}

impl Turning<'_> {
    /// Puts the rotation back.
    fn put_back(self) -> Credential {
        Credential { rotating: Some(self.rotation), ..self.credential }
    }
}

impl Engine {
    /// The credential and its rotation; refused where none is under way.
    fn turning<'a>(
        &'a self,
        vault: &Vault,
        reference: &CredentialRef,
    ) -> Result<Turning<'a>, EngineError> {
        let mut credential = find(vault, reference)?.clone();
        let profile = self.profile(&credential.provider)?;
        let rotation = credential
            .rotating
            .take()
            .ok_or_else(|| RotationError::NoneUnderWay { reference: reference.clone() })?;
        Ok(Turning { profile, credential, rotation })
    }

    /// The rotation that is under way, or else one that begins now.
    fn turning_or_begun(&self, credential: &Credential) -> Result<Turning<'_>, EngineError> {
        let mut credential = credential.clone();
        let profile = self.profile(&credential.provider)?;
        let under_way = credential.rotating.take();
        let rotation =
            under_way.unwrap_or_else(|| Rotation::start(profile.rotation.route(), self.now()));
        Ok(Turning { profile, credential, rotation })
    }

    /// Writes a step down: the credential as it is now, and the journal's entry.
    fn write_step(&self, batch: &mut Batch, turned: Turning<'_>, action: &str, caller: &str) {
        let in_use = turned.credential.secret_version;
        self.write_step_of(batch, turned, Some(in_use), action, caller);
    }

    /// The same of a step that is about a version which is perhaps not the one in use.
    fn write_step_of(
        &self,
        batch: &mut Batch,
        turned: Turning<'_>,
        version: Option<u32>,
        action: &str,
        caller: &str,
    ) {
        let mut credential = turned.put_back();
        credential.updated_at = self.now();
        let entry = self.entry_of_version(caller, action, &credential, version);
        batch.append_journal(vec![entry]);
        batch.put_credential(credential);
    }

    /// Writes down that a rotation is over, and keeps the record of its emergency, where it was one.
    fn write_end(
        &self,
        batch: &mut Batch,
        turned: Turning<'_>,
        end: End,
        action: &str,
        caller: &str,
    ) {
        let Turning { mut credential, rotation, .. } = turned;
        batch.append_journal(vec![self.entry(caller, action, &credential)]);
        // After the entry, which belongs to it.
        let ended_at = self.now();
        if rotation.emergency.is_some() {
            let End { last_four, given_up } = end;
            let past = PastEmergency { rotation, last_four, ended_at, given_up };
            credential.last_emergency = Some(past);
        }
        credential.updated_at = ended_at;
        batch.put_credential(credential);
    }

    /// An entry about a version of a key that is perhaps not the one in use.
    fn entry_of_version(
        &self,
        caller: &str,
        action: &str,
        credential: &Credential,
        version: Option<u32>,
    ) -> JournalEntry {
        JournalEntry { version, ..self.entry(caller, action, credential) }
    }
}

/// What a rotation's steps depend on beside itself.
fn rotation_facts(
    vault: &Vault,
    profile: &Profile,
    credential: &Credential,
    rotation: &Rotation,
) -> Result<RotationFacts, EngineError> {
    let old = old_key(rotation);
    let old_stored = if old == SecretSlot::Current {
        let rotated = profile.rotated_fields(credential);
        let mut values = rotated.iter().filter_map(|field| credential.field(&field.name));
        values.all(|field| !field.is_missing())
            && credential.fields.iter().any(|f| matches!(f.value, FieldValue::Secret { .. }))
    } else {
        !vault.secrets_in(credential.id, old)?.is_empty()
    };
    let old_testable = old_stored && trial::trial(vault, profile, credential, old)?.is_some();
    Ok(RotationFacts { old_stored, old_testable })
}

/// Refuses to change by hand what a rotation replaces: the old value would be lost, or come back with a way
/// back. A value that is not stored may be given at any time.
pub(crate) fn refuse_replaced(
    profile: &Profile,
    credential: &Credential,
    given: &GivenFields,
) -> Result<(), RotationError> {
    if credential.rotating.is_none() {
        return Ok(());
    }
    let stored = |name: &FieldName| {
        let field = credential.field(name);
        field.is_some_and(|field| !field.is_missing())
    };
    let names = given.open.keys().chain(given.secrets.iter().map(|(name, _)| name));
    let replaced = profile.rotated_fields(credential);
    let mut replaced =
        names.filter(|name| stored(name) && replaced.iter().any(|field| field.name == **name));
    match replaced.next() {
        None => Ok(()),
        Some(field) => {
            Err(RotationError::UnderWay { reference: credential.reference(), field: field.clone() })
        }
    }
}

/// Where the old key is: in use until the promotion, and beside the new one afterwards.
const fn old_key(rotation: &Rotation) -> SecretSlot {
    if rotation.promoted_at.is_some() { SecretSlot::Previous } else { SecretSlot::Current }
}
