//! A credential in one of the environments that it is bound to: what every use begins with.

use keyturn_core::{Credential, CredentialRef, EnvironmentName, FieldName, SecretFields, Token};
use keyturn_http::Endpoint;
use keyturn_providers::Profile;
use keyturn_vault::Vault;

use crate::endpoint::endpoint;
use crate::engine::find;
use crate::{Engine, EngineError};

/// A credential in one of its environments, with its profile and the environment's address.
pub(crate) struct Bound<'a> {
    pub(crate) credential: &'a Credential,
    pub(crate) profile: &'a Profile,
    pub(crate) environment: &'a EnvironmentName,
    pub(crate) endpoint: Endpoint,
}

impl Engine {
    /// Finds a credential and where it is to be used; `None` takes its preferred environment. An
    /// environment that it is not bound to is refused here, before anything is decrypted.
    pub(crate) fn bound<'a>(
        &'a self,
        vault: &'a Vault,
        reference: &CredentialRef,
        environment: Option<&'a EnvironmentName>,
    ) -> Result<Bound<'a>, EngineError> {
        let credential = find(vault, reference)?;
        let profile = self.profile(&credential.provider)?;
        let environment = environment.unwrap_or_else(|| credential.environment());
        let endpoint = endpoint(vault, profile, credential, environment)?;
        Ok(Bound { credential, profile, environment, endpoint })
    }
}

/// The stored secrets and with them the refresh token that they bought: no request may bring it along
/// by hand, and no answer may show it.
pub(crate) fn with_refresh_token(mut secrets: SecretFields, token: Option<&Token>) -> SecretFields {
    let refresh_token = token.and_then(|token| token.refresh_token.as_ref());
    // A profile's own field of that name is a secret of the user's, and stays.
    if let (Some(refresh_token), Ok(name)) = (refresh_token, "refresh-token".parse::<FieldName>())
        && secrets.get(&name).is_none()
    {
        secrets.insert(name, refresh_token.duplicate());
    }
    secrets
}
