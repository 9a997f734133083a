//! The versions of credentials that an older Keyturn stored.

use keyturn_core::{Credential, FieldValue, KeyStanding, KeyVersion};
use keyturn_providers::Profile;
use keyturn_vault::{Batch, Vault};

use super::{fingerprints, last_fours};
use crate::{Engine, EngineError};

/// Notes the version in use of a credential that an older Keyturn stored; answers whether it did.
pub(crate) fn fill(
    vault: &Vault,
    profile: Option<&Profile>,
    credential: &mut Credential,
) -> Result<bool, EngineError> {
    let holds = |value: &FieldValue| {
        matches!(value, FieldValue::Secret { .. } | FieldValue::Missing { last_four: Some(_) })
    };
    let is_missing =
        credential.versions.is_empty() && credential.fields.iter().any(|field| holds(&field.value));
    // One that is just being made has nothing in the vault yet.
    let is_stored = vault.credential(credential.id).is_some();
    if !is_missing || !is_stored {
        return Ok(false);
    }
    let secrets = vault.secrets(credential.id)?;
    // Nobody wrote down when: at the latest when anything of it changed last.
    let stored_at = credential.copied_at().unwrap_or(credential.updated_at);
    credential.versions.push(KeyVersion {
        number: credential.secret_version,
        stored_at,
        standing: KeyStanding::Current,
        since: stored_at,
        never_used: false,
        last_fours: last_fours(profile, credential, &secrets),
        fingerprints: fingerprints(vault, &secrets),
    });
    Ok(true)
}

impl Engine {
    /// Notes the versions that are missing since an older Keyturn wrote this vault. A vault that takes no
    /// changes is left as it is; so is a credential whose secrets cannot be read, which says so itself
    /// when they are used.
    pub(crate) fn fill_versions(&self, vault: &mut Vault) {
        if vault.is_quarantined() {
            return;
        }
        let mut batch = Batch::new();
        for credential in vault.credentials().filter(|credential| credential.versions.is_empty()) {
            let mut filled = credential.clone();
            let profile = self.profile(&credential.provider).ok();
            if matches!(fill(vault, profile, &mut filled), Ok(true)) {
                batch.put_credential(filled);
            }
        }
        if !batch.is_empty() {
            // What cannot be written now is noted with the credential's next change.
            drop(self.commit(vault, batch));
        }
    }
}
