//! Settings that are a matter of security, and so lie inside the vault.

use keyturn_core::reminder::ReminderSettings;
use keyturn_core::{EnvironmentName, ProviderId, SecuritySettings};
use serde::{Deserialize, Serialize};

/// The settings of a vault.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Hosts of the user's own: gateways, edge devices, test servers.
    pub environments: Vec<OwnEnvironment>,
    /// Profiles of the user's own, as they were accepted.
    pub profiles: Vec<AcceptedProfile>,
    /// How and when it is reminded, and how long keys may live.
    pub reminders: ReminderSettings,
    /// When the vault locks by itself, and how long a secret may be seen.
    pub security: SecuritySettings,
}

/// A profile of the user's own. It says where secrets go, so its file is used only as long as it is
/// what is kept here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedProfile {
    /// The provider that it is the profile of.
    pub id: ProviderId,
    /// The text of its file.
    pub text: String,
}

/// An environment that the user added to a provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnEnvironment {
    /// The provider it belongs to.
    pub provider: ProviderId,
    /// Its name among the provider's environments.
    pub name: EnvironmentName,
    /// Where it listens.
    pub base_url: String,
    /// Where tokens are bought, if that is another origin.
    #[serde(default)]
    pub token_origin: Option<String>,
    /// The certificate authority that it is trusted by, instead of the public ones.
    pub ca_pem: Option<String>,
    /// Whether the user accepted clear text for it.
    pub allow_plain_http: bool,
}

impl Settings {
    /// The user's own environment of that name.
    #[must_use]
    pub fn own_environment(
        &self,
        provider: &ProviderId,
        name: &EnvironmentName,
    ) -> Option<&OwnEnvironment> {
        self.environments.iter().find(|own| own.provider == *provider && own.name == *name)
    }
}
