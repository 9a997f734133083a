//! Catching a key that its provider shows exactly once (DC6).
//!
//! What was pasted is understood or refused with words ([`pasted`]), compared with what is known of the
//! key and with every other value of the vault, stored, and read back from the closed file. Only then it
//! is said to be safe. A stored key is never replaced here: while a rotation is under way the caught key
//! is the new one and lies beside it. See also [`key_test`] for whether it works, and [`reveal`] for
//! showing it afterwards.

mod error;
mod key_test;
mod looks;
pub(crate) mod mark;
mod pasted;
mod reveal;
mod twin;

use keyturn_core::{
    Credential, CredentialRef, FieldName, RotationStage, SecretFields, SecretString, Target,
    TargetRef, last_four,
};
use keyturn_providers::Profile;
use keyturn_vault::{Batch, Vault};

use crate::engine::find;
use crate::fields::{self, GivenFields};
use crate::rotation::StoreNext;
use crate::{Engine, EngineError, version};

pub use error::CaptureError;
pub use key_test::KeyTest;
pub(crate) use pasted::pasted;
pub use twin::Twin;
pub(crate) use twin::twin;

/// A key to be caught.
#[derive(Debug)]
pub struct CaptureKey {
    /// The credential; it is made where there is none.
    pub reference: CredentialRef,
    /// In which of its fields; `None` takes the first that is not stored.
    pub field: Option<FieldName>,
    /// The key, as it was pasted.
    pub value: SecretString,
    /// Whether the user agreed to a key that is stored already, or that is another than the known one.
    pub confirmed: bool,
}

/// What is known of a caught key before it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caught {
    /// The field that it goes into.
    pub field: FieldName,
    /// How every value of that field begins.
    pub begins: Option<String>,
    /// How many characters it has.
    pub length: usize,
    /// Its last four characters.
    pub last_four: Option<String>,
    /// What was left out of what was pasted.
    pub notes: Vec<String>,
    /// Where the same value is stored, or was.
    pub twin: Option<Twin>,
    /// The last four characters that were known before.
    pub known_last_four: Option<String>,
    /// Whether it is the new key of a rotation that is under way.
    pub is_next: bool,
}

/// A key that is safe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captured {
    /// The field it was stored in.
    pub stored: TargetRef,
    /// What was found out about it before.
    pub caught: Caught,
}

impl Caught {
    /// Whether it is the key whose last four characters were known; `None` where none were.
    #[must_use]
    pub fn matches_known(&self) -> Option<bool> {
        self.known_last_four.as_ref().map(|known| self.last_four.as_ref() == Some(known))
    }

    /// Refuses what needs a yes.
    fn needs_no_yes(&self) -> Result<(), CaptureError> {
        if let (Some(false), Some(known)) = (self.matches_known(), &self.known_last_four) {
            let caught = self.last_four.clone();
            return Err(CaptureError::AnotherKey { known: known.clone(), caught });
        }
        match &self.twin {
            Some(twin) => Err(CaptureError::Known { twin: Box::new(twin.clone()) }),
            None => Ok(()),
        }
    }
}

impl Engine {
    /// Says what is known of a key that was pasted, and stores nothing.
    pub fn check_capture(&self, request: &CaptureKey) -> Result<Caught, EngineError> {
        let profile = self.profile(&request.reference.provider)?;
        self.read(|vault| Ok(caught(vault, profile, request)?.0))
    }

    /// Stores a reveal-once key. Answers only after it was committed, the file closed and opened
    /// again, and the key read back from it.
    pub fn capture(&self, request: &CaptureKey, caller: &str) -> Result<Captured, EngineError> {
        let profile = self.profile(&request.reference.provider)?;
        let (caught, value) = self.read(|vault| caught(vault, profile, request))?;
        if !request.confirmed {
            caught.needs_no_yes()?;
        }
        let stored = TargetRef {
            credential: request.reference.clone(),
            target: Target::Field(caught.field.clone()),
        };
        let mut given = GivenFields::default();
        given.secrets.insert(caught.field.clone(), value);
        if caught.is_next {
            let reference = request.reference.clone();
            let values = given.secrets;
            self.store_next(StoreNext { reference, values, replace: request.confirmed }, caller)?;
        } else {
            self.write(|vault| self.keep_caught(vault, profile, request, &given, caller))?;
        }
        Ok(Captured { stored, caught })
    }

    /// Stores the key as the one in use, and reads it back.
    fn keep_caught(
        &self,
        vault: &mut Vault,
        profile: &Profile,
        request: &CaptureKey,
        given: &GivenFields,
        caller: &str,
    ) -> Result<(), EngineError> {
        let now = self.now();
        let existing = find(vault, &request.reference).ok();
        let mut secrets = match existing {
            Some(existing) => vault.secrets(existing.id)?,
            None => SecretFields::new(),
        };
        let mut credential =
            existing.cloned().unwrap_or_else(|| self.fresh(profile, &request.reference));
        version::fill(vault, Some(profile), &mut credential)?;
        let mut is_new = false;
        for (name, value) in given.secrets.iter() {
            match secrets.get(name) {
                Some(stored) if stored.expose() == value.expose() => {}
                // A stored key is replaced by a rotation, which keeps the old one until it is dead.
                Some(_) => {
                    return Err(EngineError::AlreadyCaptured { reference: credential.reference() });
                }
                None => is_new = true,
            }
        }
        let id = credential.id;
        let mut batch = Batch::new();
        if is_new {
            credential.secret_version = fields::bumped(profile, &credential, given);
            credential.secrets_stored_at = Some(now);
            credential.fields = given.merged(profile, &credential.fields);
            for (name, value) in given.secrets.iter() {
                secrets.insert(name.clone(), value.duplicate());
            }
            version::note_current(vault, profile, &mut credential, &secrets, now);
            batch.remove_tokens(id);
        }
        credential.reveal = fields::reveal_state(profile, &credential.fields);
        credential.updated_at = now;
        // A key that never ends is reminded of by its age (DC2).
        credential.rotation.issued_on.get_or_insert(self.today());
        batch.append_journal(vec![self.entry(caller, "capture", &credential)]);
        batch.put_credential(credential);
        batch.put_secrets(id, secrets);
        Ok(vault.commit_and_read_back(batch, id)?)
    }

    /// A credential that has nothing but its name yet.
    fn fresh(&self, profile: &Profile, reference: &CredentialRef) -> Credential {
        let first = profile.environments.first().map(|first| first.name.clone());
        Credential::new(reference.clone(), first.into_iter().collect(), self.now())
    }
}

/// Understands what was pasted, and finds out what is known of it.
fn caught(
    vault: &Vault,
    profile: &Profile,
    request: &CaptureKey,
) -> Result<(Caught, SecretString), EngineError> {
    let existing = find(vault, &request.reference).ok();
    let known = existing.map(|existing| existing.fields.as_slice()).unwrap_or_default();
    let name = fields::captured_field(profile, request.field.as_ref(), known)?;
    let pasted = pasted::pasted(profile, name, &request.value)?;
    let mut given = GivenFields::default();
    given.secrets.insert(name.clone(), pasted.value.duplicate());
    given.check(profile)?;
    let last_four = last_four(pasted.value.expose());
    let missing = known
        .iter()
        .find(|field| field.name == *name)
        .and_then(|field| field.is_missing().then(|| field.last_four()).flatten());
    let is_found = missing.is_some() && missing == last_four.as_deref();
    let is_next = match existing {
        Some(existing) if awaits_new_key(existing) && !is_found => {
            let stored = vault.secrets(existing.id)?;
            stored.get(name).map(SecretString::expose) != Some(pasted.value.expose())
        }
        _ => false,
    };
    let caught = Caught {
        field: name.clone(),
        begins: profile.field(name).and_then(|field| field.prefix.clone()),
        length: pasted.value.expose().chars().count(),
        last_four,
        notes: pasted.notes,
        twin: twin(vault, &pasted.value, existing.map(|existing| (existing, name))),
        // The new key of a rotation is another one by its nature.
        known_last_four: missing.filter(|_| !is_next).map(str::to_owned),
        is_next,
    };
    Ok((caught, pasted.value))
}

/// Whether a rotation is under way whose new key is not the one in use yet.
fn awaits_new_key(credential: &Credential) -> bool {
    credential.rotating.as_ref().is_some_and(|rotation| rotation.stage < RotationStage::Promoted)
}
