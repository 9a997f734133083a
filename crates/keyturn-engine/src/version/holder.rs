//! Where a value is stored, or was, told by its fingerprint.

use std::collections::BTreeMap;

use keyturn_core::{CredentialId, CredentialRef, FieldName, KeyStanding, KeyVersion, SecretString};
use keyturn_vault::Vault;

use super::nearness;

/// Where a value is stored, or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holder {
    /// At which credential.
    pub(crate) credential: CredentialId,
    /// How the user calls that one.
    pub(crate) reference: CredentialRef,
    /// In which of its fields.
    pub(crate) field: FieldName,
    /// In which version.
    pub(crate) version: u32,
    /// Where that version stands.
    pub(crate) standing: KeyStanding,
    /// Whether the credential lies in the trash.
    pub(crate) is_removed: bool,
}

/// Everywhere in the vault where this value is stored, or was: of a field's versions the one that is
/// nearest to its use.
pub(crate) fn holders(vault: &Vault, value: &SecretString) -> Vec<Holder> {
    let wanted = vault.fingerprint(value);
    let mut found = Vec::new();
    for credential in vault.credentials() {
        let mut fields = BTreeMap::new();
        for version in &credential.versions {
            let equal = version.fingerprints.iter().filter(|(_, print)| **print == wanted);
            for (field, _) in equal {
                let known: &mut &KeyVersion = fields.entry(field).or_insert(version);
                if nearness(version) >= nearness(known) {
                    *known = version;
                }
            }
        }
        found.extend(fields.into_iter().map(|(field, version)| Holder {
            credential: credential.id,
            reference: credential.reference(),
            field: field.clone(),
            version: version.number,
            standing: version.standing,
            is_removed: credential.removed_at.is_some(),
        }));
    }
    found
}
