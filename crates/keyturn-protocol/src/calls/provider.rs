//! Calls about providers: what Keyturn knows of them, and the user's own hosts.

use keyturn_core::{EnvironmentName, FieldName, ProviderId};
use serde::{Deserialize, Serialize};

/// Lists the providers that Keyturn knows.
#[derive(Debug, Serialize, Deserialize)]
pub struct ListProviders {}

/// A provider in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ProviderSummary {
    /// Its identifier.
    pub id: ProviderId,
    /// Its name.
    pub name: String,
    /// What one does with its credentials, in a sentence.
    pub summary: String,
}

/// Shows what Keyturn knows of a provider.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShowProvider {
    /// Which one.
    pub id: ProviderId,
}

/// What Keyturn knows of a provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ProviderView {
    /// Its identifier.
    pub id: ProviderId,
    /// Its name.
    pub name: String,
    /// What one does with its credentials, in a sentence.
    pub summary: String,
    /// Its documentation.
    pub docs: Vec<LinkView>,
    /// Its environments, the profile's first, then the user's own.
    pub environments: Vec<EnvironmentView>,
    /// The fields of a credential.
    pub fields: Vec<FieldGuide>,
    /// How an access token is got, in words; `None` where the key itself is sent.
    pub exchanges: Vec<String>,
    /// Limits, each in words.
    pub limits: Vec<String>,
    /// How a key is replaced, in words.
    pub rotation: Option<String>,
    /// Whether the provider shows its key exactly once.
    pub reveal_once: bool,
    /// The checklist before production.
    pub checklist: Vec<String>,
    /// Sample requests.
    pub samples: Vec<SampleView>,
    /// What other pages of the provider say and its main documentation does not confirm.
    pub unconfirmed: Vec<String>,
}

/// A page of documentation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct LinkView {
    /// The page's title.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
    /// Its date or version, as the page gives it.
    pub dated: Option<String>,
}

/// A place where a provider answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct EnvironmentView {
    /// Its name.
    pub name: EnvironmentName,
    /// Its base URL, perhaps with a `{variable}` that a field fills.
    pub base_url: String,
    /// Whether it may be reached in clear text.
    pub plain_http: bool,
    /// Whether the user added it.
    pub own: bool,
}

/// What a form says of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FieldGuide {
    /// Its name.
    pub name: FieldName,
    /// What the provider calls it.
    pub label: String,
    /// Whether it is a secret.
    pub secret: bool,
    /// Whether it must be there.
    pub required: bool,
    /// Where the user finds it.
    pub where_to_find: Option<String>,
    /// The environment variable it is copied as.
    pub env_var: Option<String>,
}

/// A sample request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SampleView {
    /// Its name for `request --sample`.
    pub id: String,
    /// What it does.
    pub title: String,
    /// Its method.
    pub method: String,
    /// Its path.
    pub path: String,
    /// Whether it creates something at the provider.
    pub creates: bool,
}

/// Checks a profile without adding it.
#[derive(Debug, Serialize, Deserialize)]
pub struct CheckProfile {
    /// The file's name, for the problems.
    pub file: String,
    /// The file's text.
    pub text: String,
}

/// What was found in a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckProfileAnswer {
    /// The profile's identifier, where it is sound.
    pub id: Option<ProviderId>,
    /// What is wrong; empty where it is sound.
    pub problems: Vec<ProblemView>,
}

/// One thing wrong in a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemView {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is wrong.
    pub reason: String,
    /// What may have been meant.
    pub hint: Option<String>,
}

/// Adds an own host of a provider: a gateway, an edge device, a test server.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddEnvironment {
    /// The provider.
    pub provider: ProviderId,
    /// What the environment shall be called.
    pub name: EnvironmentName,
    /// Where it answers.
    pub base_url: String,
    /// The certificates (PEM) that are trusted there instead of the public ones.
    pub ca_pem: Option<String>,
    /// Whether the user agreed to clear text.
    pub allow_plain_http: bool,
}
