//! Catching a key that its provider shows exactly once (DC6).

use std::collections::BTreeMap;

use keyturn_core::{
    AllowList, Credential, CredentialId, CredentialRef, FieldName, RevealState, RotationPolicy,
    SecretFields, SecretString, Target, TargetRef,
};
use keyturn_vault::Batch;

use crate::engine::find;
use crate::fields::{self, GivenFields};
use crate::{Engine, EngineError};

/// A key to be caught.
#[derive(Debug)]
pub struct CaptureKey {
    /// The credential; it is made where there is none.
    pub reference: CredentialRef,
    /// In which of its fields; `None` takes the first that is not stored.
    pub field: Option<FieldName>,
    /// The key.
    pub value: SecretString,
}

/// A key that is safe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captured {
    /// The field it was stored in.
    pub stored: TargetRef,
    /// Its last four characters.
    pub last_four: Option<String>,
}

impl Engine {
    /// Stores a reveal-once key. Answers only after it was committed, the file closed and opened
    /// again, and the key read back from it.
    pub fn capture(&self, request: &CaptureKey, caller: &str) -> Result<Captured, EngineError> {
        let profile = self.profile(&request.reference.provider)?;
        let value = bare(&request.value);
        self.write(|vault| {
            let now = self.now();
            let existing = find(vault, &request.reference).ok();
            let known = existing.map(|existing| existing.fields.as_slice()).unwrap_or_default();
            let name = fields::captured_field(profile, request.field.as_ref(), known)?;
            let mut given = GivenFields::default();
            given.secrets.insert(name.clone(), value);
            given.check(profile)?;
            let mut credential = existing.cloned().unwrap_or_else(|| Credential {
                id: CredentialId::make_random(),
                provider: request.reference.provider.clone(),
                name: request.reference.name.clone(),
                environments: profile
                    .environments
                    .first()
                    .map(|first| first.name.clone())
                    .into_iter()
                    .collect(),
                owner: None,
                note: None,
                fields: Vec::new(),
                rotation: RotationPolicy::default(),
                rotating: None,
                consumers: Vec::new(),
                versions: Vec::new(),
                reveal: RevealState::NotRevealed,
                secret_version: 0,
                secrets_stored_at: Some(now),
                allow_list: AllowList::default(),
                ticks: BTreeMap::new(),
                plan: None,
                keep_fresh: false,
                created_at: now,
                updated_at: now,
                reminded_of: None,
                removed_at: None,
            });
            let mut secrets = match existing {
                Some(existing) => vault.secrets(existing.id)?,
                None => SecretFields::new(),
            };
            // A stored key is replaced by a rotation, which keeps the old one until it is dead.
            if let Some(stored) = secrets.get(name)
                && given.secrets.get(name).map(SecretString::expose) != Some(stored.expose())
            {
                return Err(EngineError::AlreadyCaptured { reference: credential.reference() });
            }
            credential.secret_version = fields::bumped(profile, &credential, &given);
            credential.fields = given.merged(profile, &credential.fields);
            credential.reveal = fields::reveal_state(profile, &credential.fields);
            credential.updated_at = now;
            credential.secrets_stored_at = Some(now);
            // A key that never ends is reminded of by its age (DC2).
            credential.rotation.issued_on.get_or_insert(self.today());
            let value = given.secrets.remove(name).ok_or(EngineError::TokenVanished)?;
            secrets.insert(name.clone(), value);
            let last_four =
                credential.field(name).and_then(|field| field.last_four().map(str::to_owned));
            let stored = TargetRef {
                credential: credential.reference(),
                target: Target::Field(name.clone()),
            };
            let id = credential.id;
            let mut batch = Batch::new();
            batch.append_journal(vec![self.entry(caller, "capture", &credential)]);
            batch.put_credential(credential);
            batch.remove_tokens(id);
            batch.put_secrets(id, secrets);
            vault.commit_and_read_back(batch, id)?;
            Ok(Captured { stored, last_four })
        })
    }
}

/// The key without what a copy from a page or a header brings along: white space around it, quotes,
/// the word `Bearer`.
fn bare(value: &SecretString) -> SecretString {
    let text = value.expose().trim();
    let text = match text.split_once(char::is_whitespace) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("bearer") => rest.trim(),
        _ => text,
    };
    let quoted = |mark: char| text.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    let text = quoted('"').or_else(|| quoted('\'')).unwrap_or(text);
    SecretString::trimmed(text.to_owned())
}

#[cfg(test)]
mod tests {
    use keyturn_core::Secret;

    use super::*;

    #[test]
    fn what_a_copy_brings_along_is_no_part_of_the_key() {
        for pasted in
            ["dc_abc", "  dc_abc\n", "Bearer dc_abc", "bearer  dc_abc", "\"dc_abc\"", "'dc_abc'"]
        {
            assert_eq!(bare(&Secret::new(pasted.to_owned())).expose(), "dc_abc", "{pasted:?}");
        }
    }
}
