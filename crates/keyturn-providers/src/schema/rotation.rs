//! How a long-lived secret is replaced at a provider, and how often the provider shows it.

use keyturn_core::FieldName;
use serde::{Deserialize, Serialize};

use super::Profile;
use super::field::FieldKind;
use super::span::Span;

/// How a long-lived secret is replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rotation {
    /// Who makes the new one.
    pub kind: RotationKind,
    /// Where the user goes for it.
    #[serde(rename = "where")]
    pub place: String,
    /// What becomes of the old one.
    pub old_key: OldKey,
    /// What that means for what uses it.
    pub old_key_note: Option<String>,
    /// Whether the provider's main documentation says what becomes of the old one.
    #[serde(default = "super::answer::verified")]
    pub old_key_verified: bool,
    /// How often to replace it: a suggestion of this profile.
    pub suggested_interval: Option<Span>,
    /// Why that interval, or why none.
    pub interval_note: Option<String>,
    /// What to do, in this order.
    pub steps: Vec<String>,
    /// After how long a silent support is asked again.
    pub nudge_after: Option<Span>,
}

/// Who makes a new secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RotationKind {
    /// The user, in the provider's console.
    SelfService,
    /// The provider's support, when asked.
    SupportRequest,
}

/// What becomes of the old secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OldKey {
    /// It ends with the new one's birth.
    EndsAtOnce,
    /// It works until the new one is issued and confirmed.
    WorksUntilConfirmed,
    /// The provider does not say.
    Unknown,
}

/// How often a provider shows a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reveal {
    /// Once, or as often as one likes.
    pub policy: RevealPolicy,
    /// Where.
    #[serde(rename = "where")]
    pub place: String,
    /// What to know before one opens it.
    pub note: Option<String>,
}

impl Profile {
    /// The machine-made secrets that the provider shows once, those of the first method that has any:
    /// its key, or what it buys tokens with. Empty where everything can be looked up again.
    #[must_use]
    pub fn shown_once(&self) -> Vec<&FieldName> {
        if self.reveal.policy != RevealPolicy::Once {
            return Vec::new();
        }
        let made = |name: &&FieldName| {
            self.field(name).is_some_and(|field| field.kind == FieldKind::Secret)
        };
        let of = |method| self.fields_of(method).into_iter().filter(made).collect::<Vec<_>>();
        self.methods.iter().map(of).find(|fields| !fields.is_empty()).unwrap_or_default()
    }
}

/// Whether a secret can be looked up again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RevealPolicy {
    /// It is shown exactly once.
    Once,
    /// It can be looked up again.
    Repeatable,
}
