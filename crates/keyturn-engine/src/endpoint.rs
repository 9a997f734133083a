//! From an environment's name to the address that a credential's secrets may go to.

use keyturn_core::{Credential, EnvironmentName, FieldName};
use keyturn_http::Endpoint;
use keyturn_providers::{PlainHttp, Profile};
use keyturn_vault::{OwnEnvironment, Vault};

use crate::EngineError;

/// The address behind an environment that the credential is bound to.
pub(crate) fn endpoint(
    vault: &Vault,
    profile: &Profile,
    credential: &Credential,
    environment: &EnvironmentName,
) -> Result<Endpoint, EngineError> {
    if !credential.environments.contains(environment) {
        return Err(EngineError::NotBound {
            reference: credential.reference(),
            environment: environment.clone(),
            bound: credential.environments.iter().map(ToString::to_string).collect(),
        });
    }
    if let Some(own) = vault.settings().own_environment(&profile.id, environment) {
        return own_endpoint(profile, own);
    }
    let Some(known) = profile.environment(environment) else {
        return Err(no_environment(vault, profile, environment));
    };
    let open = |name: &FieldName| credential.open_value(name).map(str::to_owned);
    Endpoint::of(known, None, &open).map_err(EngineError::Address)
}

/// Checks every environment that a credential is to be bound to: it exists, its address is
/// complete, and clear text was agreed to where the provider's own address speaks it.
pub(crate) fn check_environments(
    vault: &Vault,
    profile: &Profile,
    credential: &Credential,
    allow_plain_http: bool,
) -> Result<(), EngineError> {
    for name in &credential.environments {
        let address = endpoint(vault, profile, credential, name)?;
        let known = profile.environment(name);
        if let (Some(known), true, false) = (known, address.is_clear_text(), allow_plain_http) {
            return Err(EngineError::PlainHttpConsent {
                environment: name.clone(),
                consent: known.plain_http_consent.clone(),
            });
        }
    }
    Ok(())
}

/// The address of an own host, checked.
pub(crate) fn own_endpoint(
    profile: &Profile,
    own: &OwnEnvironment,
) -> Result<Endpoint, EngineError> {
    let possible = profile.environments.iter().find(|known| known.plain_http == PlainHttp::Private);
    let plain = own.base_url.starts_with("http://");
    if plain {
        let Some(known) = possible else {
            return Err(EngineError::PlainHttpNever { provider: profile.id.clone() });
        };
        if !own.allow_plain_http {
            return Err(EngineError::PlainHttpConsent {
                environment: own.name.clone(),
                consent: known.plain_http_consent.clone(),
            });
        }
    }
    let plain_http = if plain { PlainHttp::Private } else { PlainHttp::Never };
    Endpoint::new(&own.base_url, own.ca_pem.clone(), plain_http).map_err(EngineError::Address)
}

fn no_environment(vault: &Vault, profile: &Profile, name: &EnvironmentName) -> EngineError {
    let own = vault.settings().environments.iter().filter(|own| own.provider == profile.id);
    let known = profile.environments.iter().map(|environment| environment.name.to_string());
    EngineError::NoEnvironment {
        provider: profile.id.clone(),
        environment: name.clone(),
        known: known.chain(own.map(|own| own.name.to_string())).collect(),
    }
}
