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
    /// Whether its profile is the user's own.
    pub own: bool,
    /// How things stand with a profile of the user's own; `None` for a built-in one.
    pub state: Option<OwnProfileState>,
}

/// How things stand with a profile of the user's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum OwnProfileState {
    /// It is as it was accepted.
    Accepted,
    /// Its file is not what was accepted; it is not used.
    Changed,
    /// Its file is gone; it is not used.
    Missing,
    /// Its file was never accepted; it is not used.
    New,
    /// The vault is locked: what was accepted is not known now.
    Unknown,
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
    /// Whether its profile is the user's own.
    pub own: bool,
    /// How things stand with a profile of the user's own; `None` for a built-in one.
    pub state: Option<OwnProfileState>,
    /// What else to know of it.
    pub notes: Vec<String>,
    /// Its documentation.
    pub docs: Vec<LinkView>,
    /// Its environments, the profile's first, then the user's own.
    pub environments: Vec<EnvironmentView>,
    /// The fields of a credential.
    pub fields: Vec<FieldGuide>,
    /// The ways to authenticate, the preferred one first.
    pub methods: Vec<MethodGuide>,
    /// How a request carries the key or the token, each way once and the preferred method's first:
    /// `Authorization: Bearer …`, `x-api-key: …`, `?api_key=…`.
    #[serde(default)]
    pub sent_as: Vec<String>,
    /// The ways to send a request.
    #[serde(default)]
    pub recipes: Vec<RecipeView>,
    /// How an access token is got, in words; `None` where the key itself is sent.
    pub exchanges: Vec<String>,
    /// Limits, each in words.
    pub limits: Vec<String>,
    /// How a key is replaced, in words.
    pub rotation: Option<String>,
    /// What becomes of the old key, how often to replace it, and the steps in their order.
    pub rotation_notes: Vec<String>,
    /// How a credential is tested, in words.
    pub test_call: String,
    /// Whether Keyturn knows a harmless way to test a key.
    #[serde(default)]
    pub tests_keys: bool,
    /// Whether the provider shows its key exactly once.
    pub reveal_once: bool,
    /// The checklist before production.
    pub checklist: Vec<String>,
    /// Whether the provider keeps a list of addresses that may call it.
    #[serde(default)]
    pub ip_allow_list: bool,
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
    /// Where tokens are bought, if that is another origin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub token_origin: Option<String>,
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
    /// What it looks like, in words.
    pub format: Option<String>,
    /// What else to know of it.
    pub note: Option<String>,
    /// The only values it may have; empty where any will do.
    pub choices: Vec<String>,
    /// What it counts as where it is left empty.
    pub default: Option<String>,
    /// The environments that need it; empty where they make no difference.
    pub for_environments: Vec<EnvironmentName>,
    /// The ways to authenticate that use it, by their names.
    pub methods: Vec<String>,
}

/// What a form says of a way to authenticate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct MethodGuide {
    /// Its name.
    pub name: String,
    /// What the provider calls it.
    pub label: String,
    /// When to take it.
    pub advice: Option<String>,
    /// Whether the provider recommends it.
    pub recommended: bool,
    /// The recipe that its requests are sent with.
    #[serde(default)]
    pub recipe: String,
    /// How long what it sends lives.
    #[serde(default)]
    pub lifetime: LifetimeView,
}

/// How long what a request carries lives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LifetimeView {
    /// It is the key itself: no end is fixed for it.
    #[default]
    Key,
    /// A token of this documented life.
    Documented {
        /// The life.
        seconds: u64,
    },
    /// A token whose answer says when it ends.
    Answered,
    /// A token, and nothing says how long it lives.
    Undocumented,
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
    /// The recipe that it is sent with; `None` is the credential's own.
    #[serde(default)]
    pub recipe: Option<String>,
    /// Its query.
    #[serde(default)]
    pub query: Vec<(String, String)>,
    /// Its body.
    #[serde(default)]
    pub body: Option<SampleBodyView>,
    /// What else to know about it.
    #[serde(default)]
    pub note: Option<String>,
}

/// The body of a sample, as the documentation has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct SampleBodyView {
    /// Its media type.
    pub content_type: String,
    /// The text.
    pub text: String,
}

/// A way to send a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RecipeView {
    /// Its name.
    pub name: String,
    /// What it is.
    pub label: String,
    /// When to take it.
    pub note: Option<String>,
    /// What the paths that it may be used for begin with.
    pub paths: Vec<String>,
    /// What it sends, with the value left out: `Authorization: Bearer …`.
    pub sends: Vec<String>,
    /// What that is: `token`, or the name of a field.
    pub carries: Vec<String>,
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
    /// Where tokens are bought, if that is another origin.
    #[serde(default)]
    pub token_origin: Option<String>,
    /// The certificates (PEM) that are trusted there instead of the public ones.
    pub ca_pem: Option<String>,
    /// Whether the user agreed to clear text.
    pub allow_plain_http: bool,
}
