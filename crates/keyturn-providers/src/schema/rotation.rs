//! How a long-lived secret is replaced at a provider, and how often the provider shows it.

use keyturn_core::rotation::{OldKeyEnd, Route};
use keyturn_core::{Credential, FieldName};
use serde::{Deserialize, Serialize};

use super::Profile;
use super::field::{Field, FieldKind};
use super::method::Method;
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
    /// Whether the provider says that its keys never end by themselves: they are due by their age.
    #[serde(default)]
    pub never_ends: bool,
    /// Why that interval, or why none.
    pub interval_note: Option<String>,
    /// What to do, in this order.
    pub steps: Vec<String>,
    /// After how long a silent support is asked again.
    pub nudge_after: Option<Span>,
    /// Whom the user writes to, and what is offered for a key that fell into wrong hands.
    #[serde(default)]
    pub support: Support,
}

/// Whom the user writes to about a key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Support {
    /// The support's address: one for mail, or a page.
    pub address: Option<String>,
    /// What the provider does about a compromised key, in a sentence or two.
    pub compromised: Option<String>,
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

impl Rotation {
    /// The stages that a replacement goes through. A key that its user ends in the provider's console
    /// needs no word to anybody: the confirmation is the support's.
    #[must_use]
    pub fn route(&self) -> Route {
        let requested = self.kind == RotationKind::SupportRequest;
        let old_key = match self.old_key {
            OldKey::EndsAtOnce => OldKeyEnd::AtOnce,
            OldKey::WorksUntilConfirmed => OldKeyEnd::OnConfirmation,
            OldKey::Unknown => OldKeyEnd::Unknown,
        };
        Route { requested, confirmed: requested && old_key == OldKeyEnd::OnConfirmation, old_key }
    }
}

impl Profile {
    /// The fields that a rotation of this credential replaces: the secrets of the method in use, and with
    /// them the open ones that tokens are bought with, which may come anew together with the secret.
    #[must_use]
    pub fn rotated_fields(&self, credential: &Credential) -> Vec<&Field> {
        let method = self.auth_method(credential);
        let mut names = self.fields_of(method);
        if let Method::Exchange(exchange) = self.means_of(method) {
            names.extend(exchange.sent_fields());
        }
        let known = |field: &&Field| {
            names.contains(&&field.name)
                && (field.is_secret() && credential.field(&field.name).is_some()
                    || self.fields_of(method).contains(&&field.name))
        };
        let mut fields: Vec<&Field> = self.fields.iter().filter(known).collect();
        // A person's name stays when the password changes.
        let comes_in_pairs = fields.iter().any(|field| field.kind == FieldKind::Secret);
        fields.retain(|field| comes_in_pairs || field.is_secret());
        fields.sort_by_key(|field| !field.is_secret());
        fields
    }

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
