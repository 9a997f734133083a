//! A user's own hosts: a gateway, an edge device, a test server.

use keyturn_core::{EnvironmentName, ProviderId};
use keyturn_vault::{Batch, JournalEntry, OwnEnvironment};

use crate::endpoint::{own_endpoint, own_token_endpoint};
use crate::{Engine, EngineError};

/// An own host to be added.
#[derive(Debug)]
pub struct AddEnvironment {
    /// The provider.
    pub provider: ProviderId,
    /// What it shall be called.
    pub name: EnvironmentName,
    /// Scheme, host and port.
    pub base_url: String,
    /// Scheme, host and port where tokens are bought, if that is another origin.
    pub token_origin: Option<String>,
    /// The certificates (PEM) that are trusted there instead of the public ones.
    pub ca_pem: Option<String>,
    /// Whether the user agreed to clear text.
    pub allow_plain_http: bool,
}

impl Engine {
    /// Adds an own host. It is part of the vault, since it says where secrets may go; an existing
    /// one is never changed silently.
    pub fn add_environment(
        &self,
        request: AddEnvironment,
        caller: &str,
    ) -> Result<(), EngineError> {
        let profile = self.profile(&request.provider)?;
        let own = OwnEnvironment {
            provider: request.provider,
            name: request.name,
            base_url: request.base_url.trim_end_matches('/').to_owned(),
            token_origin: request.token_origin.map(|url| url.trim_end_matches('/').to_owned()),
            ca_pem: request.ca_pem,
            allow_plain_http: request.allow_plain_http,
        };
        self.write(|vault| {
            let taken = profile.environment(&own.name).is_some()
                || vault.settings().own_environment(&own.provider, &own.name).is_some();
            if taken {
                return Err(EngineError::EnvironmentExists {
                    provider: own.provider,
                    environment: own.name,
                });
            }
            own_endpoint(profile, &own)?.check_trust()?;
            own_token_endpoint(profile, &own)?;
            let host = match &own.token_origin {
                Some(tokens) => format!("{}, tokens at {tokens}", own.base_url),
                None => own.base_url.clone(),
            };
            let entry = JournalEntry {
                reference: Some(own.provider.to_string()),
                host: Some(host),
                ..self.plain_entry(caller, "environment add")
            };
            let mut settings = vault.settings().clone();
            settings.environments.push(own);
            let mut batch = Batch::new();
            batch.put_settings(settings);
            batch.append_journal(vec![entry]);
            self.commit(vault, batch)
        })
    }

    /// The user's own hosts of a provider; none while the vault is locked.
    pub fn own_environments(&self, provider: &ProviderId) -> Vec<OwnEnvironment> {
        let own = self.read(|vault| {
            let all = vault.settings().environments.iter();
            Ok(all.filter(|own| own.provider == *provider).cloned().collect())
        });
        own.unwrap_or_default()
    }
}
