//! From an environment's name to the address that a credential's secrets may go to.

use keyturn_core::{Credential, EnvironmentName, FieldName};
use keyturn_http::Endpoint;
use keyturn_providers::{Method, PlainHttp, Profile};
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
        let own = vault.settings().own_environment(&profile.id, environment);
        if profile.environment(environment).is_none() && own.is_none() {
            return Err(no_environment(vault, profile, environment));
        }
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
    let open = |name: &FieldName| profile.open_value(credential, name);
    Endpoint::of(known, None, &open).map_err(EngineError::Address)
}

/// Where the tokens of a credential are bought: the second origin that its environment names, or else
/// its address. The same binding counts for both.
pub(crate) fn token_endpoint(
    vault: &Vault,
    profile: &Profile,
    credential: &Credential,
    environment: &EnvironmentName,
) -> Result<Endpoint, EngineError> {
    let usual = endpoint(vault, profile, credential, environment)?;
    if let Some(own) = vault.settings().own_environment(&profile.id, environment) {
        return own_token_endpoint(profile, own);
    }
    let open = |name: &FieldName| profile.open_value(credential, name);
    let origin = match profile.environment(environment) {
        Some(known) => known.resolved_token_origin(&open),
        None => Ok(None),
    };
    match origin.map_err(|error| EngineError::Address(error.into()))? {
        Some(origin) => {
            Endpoint::new(&origin, None, PlainHttp::Never).map_err(EngineError::Address)
        }
        None => Ok(usual),
    }
}

/// The origins that a credential's secrets may go to: where it is used, and where its tokens are
/// bought.
pub(crate) fn origins(
    vault: &Vault,
    profile: &Profile,
    credential: &Credential,
    environment: &EnvironmentName,
) -> Result<[String; 2], EngineError> {
    let used = endpoint(vault, profile, credential, environment)?;
    let bought = token_endpoint(vault, profile, credential, environment)?;
    Ok([used, bought].map(|address| address.base().origin().ascii_serialization()))
}

/// Checks what a credential's open fields are filled into, so that a mistake is told when it is made
/// and not at the first use.
pub(crate) fn check_filled(profile: &Profile, credential: &Credential) -> Result<(), EngineError> {
    let open = |name: &FieldName| profile.open_value(credential, name);
    if let Method::Exchange(exchange) = profile.method_for(credential) {
        exchange.filled(&open)?;
        exchange.filled_revocation(&open)?;
    }
    profile.default_recipe(credential).filled(&open)?;
    Ok(())
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
        token_endpoint(vault, profile, credential, name)?;
        let known = profile.environment(name);
        if let (Some(known), true, false) = (known, address.is_clear_text(), allow_plain_http) {
            return Err(EngineError::PlainHttpConsent {
                environment: name.clone(),
                consent: known.plain_http_consent.clone(),
            });
        }
    }
    check_filled(profile, credential)
}

/// Where the tokens of an own host are bought, checked; by the same trust as the host.
pub(crate) fn own_token_endpoint(
    profile: &Profile,
    own: &OwnEnvironment,
) -> Result<Endpoint, EngineError> {
    match &own.token_origin {
        None => own_endpoint(profile, own),
        Some(origin) => {
            let token_host = OwnEnvironment { base_url: origin.clone(), ..own.clone() };
            own_endpoint(profile, &token_host)
        }
    }
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
