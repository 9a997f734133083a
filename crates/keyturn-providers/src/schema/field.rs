//! One value that a credential consists of.

use keyturn_core::{EnvironmentName, FieldName};
use serde::{Deserialize, Serialize};

/// One value that a credential consists of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its name.
    pub name: FieldName,
    /// What the form calls it.
    pub label: String,
    /// Whether it is a secret.
    pub kind: FieldKind,
    /// Whether a credential cannot do without it, whatever its method.
    #[serde(default)]
    pub required: bool,
    /// What an open field counts as where it is left empty.
    pub default: Option<String>,
    /// The environments whose address needs it; in others it may stay empty.
    #[serde(default)]
    pub for_environments: Vec<EnvironmentName>,
    /// What every value begins with.
    pub prefix: Option<String>,
    /// What every value looks like as a whole: a regular expression, anchored at both ends.
    pub pattern: Option<String>,
    /// What `pattern` means, in words.
    pub pattern_hint: Option<String>,
    /// How to tell a value that is for tests alone: a regular expression that occurs in it.
    pub test_pattern: Option<String>,
    /// The only values it may have.
    #[serde(default)]
    pub choices: Vec<String>,
    /// What is easily taken for it and is something else.
    #[serde(default)]
    pub lookalikes: Vec<Lookalike>,
    /// The environment variable that programs read it from.
    pub env_var: Option<String>,
    /// Where the user finds it.
    pub where_to_find: Option<String>,
    /// What else to know about it.
    pub note: Option<String>,
    /// Whether its last four characters may be shown, for telling keys apart.
    #[serde(default)]
    pub show_last_four: bool,
    /// Why it is refused wherever the profile does not send it itself.
    pub only_for: Option<String>,
    /// Whether the provider says that it never ends by itself.
    #[serde(default)]
    pub never_expires: bool,
}

/// Whether a field's value is a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Anybody may see it.
    Open,
    /// A key that a machine made.
    Secret,
    /// A secret that a person chose; nothing of it is ever shown.
    Password,
}

/// What is easily taken for a field's value and is something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Lookalike {
    /// What the provider calls it.
    pub name: String,
    /// How to tell: a regular expression that occurs in it.
    pub pattern: String,
    /// What the user is told.
    pub hint: String,
    /// Whether the provider's main documentation says so.
    #[serde(default = "super::answer::verified")]
    pub verified: bool,
}

impl Field {
    /// Whether its value is a secret.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.kind != FieldKind::Open
    }
}
