//! A credential in one of the environments that it is bound to: what every use begins with.

use keyturn_core::{Credential, CredentialRef, EnvironmentName};
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
