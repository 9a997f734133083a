//! Everything that is stored for a credential, taken out of texts.

use keyturn_core::{Credential, SecretString};
use keyturn_http::Redactor;
use keyturn_vault::{ReadError, SecretSlot, Vault};

/// Knows the secrets that are stored for a credential, also those that are not in use now, and its
/// tokens in all its environments.
pub(crate) fn redactor_of(vault: &Vault, credential: &Credential) -> Result<Redactor, ReadError> {
    let id = credential.id;
    let mut others: Vec<SecretString> = Vec::new();
    for slot in [SecretSlot::Next, SecretSlot::Previous] {
        let secrets = vault.secrets_in(id, slot)?;
        others.extend(secrets.iter().map(|(_, secret)| secret.duplicate()));
    }
    for environment in &credential.environments {
        if let Some(token) = vault.token(id, environment)? {
            others.push(token.access_token);
            others.extend(token.refresh_token);
        }
    }
    Ok(Redactor::new(&vault.secrets(id)?, None).knowing(&others))
}
