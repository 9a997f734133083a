//! What is kept of a credential, without its secrets.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    AllowList, Consumer, CredentialId, CredentialName, CredentialRef, EnvironmentName, FieldName,
    KeyVersion, ProviderId, RevealState, Rotation, RotationPolicy, rotation::PastEmergency,
};

/// A credential as the user knows it. Its secrets lie in a record of their own
/// ([`crate::SecretFields`]) that is decrypted only when one is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    /// Names it for as long as it lives.
    pub id: CredentialId,
    /// Its provider.
    pub provider: ProviderId,
    /// Its name at that provider.
    pub name: CredentialName,
    /// The environments its secrets are bound to, the preferred one first; never empty.
    pub environments: Vec<EnvironmentName>,
    /// Who is responsible for it.
    pub owner: Option<String>,
    /// What the user wants to remember about it.
    pub note: Option<String>,
    /// Its fields in the order of the profile.
    pub fields: Vec<Field>,
    /// When it should be replaced.
    pub rotation: RotationPolicy,
    /// Its replacement, where one is under way.
    #[serde(default)]
    pub rotating: Option<Rotation>,
    /// The last emergency that is over, for its record.
    #[serde(default)]
    pub last_emergency: Option<PastEmergency>,
    /// Who uses it, as far as the user wrote it down.
    #[serde(default)]
    pub consumers: Vec<Consumer>,
    /// The number of the consumer that was written down last.
    #[serde(default)]
    pub last_consumer: u32,
    /// The versions of its secrets that there ever were, the oldest first; empty where an older Keyturn
    /// stored it.
    #[serde(default)]
    pub versions: Vec<KeyVersion>,
    /// Where its reveal-once key stands.
    pub reveal: RevealState,
    /// Counts up with every change of a secret; tokens of another version are dead.
    pub secret_version: u32,
    /// When a secret of it was stored last; `None` where an older version stored it.
    #[serde(default)]
    pub secrets_stored_at: Option<DateTime<Utc>>,
    /// What the user knows of the provider's list of addresses.
    #[serde(default)]
    pub allow_list: AllowList,
    /// The items of the provider's checklist that the user ticked, each with the day.
    #[serde(default)]
    pub ticks: BTreeMap<String, NaiveDate>,
    /// The provider's plan that the user chose, whose limits count.
    #[serde(default)]
    pub plan: Option<String>,
    /// Whether its tokens are renewed in the background while the vault is open.
    #[serde(default)]
    pub keep_fresh: bool,
    /// Whether the user wants it at hand: in the tray, and among the favourites.
    #[serde(default)]
    pub favourite: bool,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When anything of it changed last.
    pub updated_at: DateTime<Utc>,
    /// The due day that the user was already reminded of.
    pub reminded_of: Option<NaiveDate>,
    /// When the user removed it: it lies in the trash from then on.
    pub removed_at: Option<DateTime<Utc>>,
}

/// One field of a credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name in the profile.
    pub name: FieldName,
    /// What is known of its value here.
    pub value: FieldValue,
}

/// What the metadata knows of a field's value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldValue {
    /// An open value, e.g. a client id.
    Open(String),
    /// A secret that is stored; the last four characters where showing them gives nothing away.
    Secret {
        /// The last four characters.
        last_four: Option<String>,
    },
    /// A secret whose value is not stored; perhaps its last four characters are known.
    Missing {
        /// The last four characters.
        last_four: Option<String>,
    },
}

/// The last four characters of a secret, for telling keys apart; `None` for one of fewer than 12
/// characters, of which four would give too much away.
#[must_use]
pub fn last_four(secret: &str) -> Option<String> {
    let count = secret.chars().count();
    (count >= 12).then(|| secret.chars().skip(count - 4).collect())
}

impl Credential {
    /// A credential that has nothing but its name and its environments yet.
    #[must_use]
    pub fn new(
        reference: CredentialRef,
        environments: Vec<EnvironmentName>,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            id: CredentialId::make_random(),
            provider: reference.provider,
            name: reference.name,
            environments,
            owner: None,
            note: None,
            fields: Vec::new(),
            rotation: RotationPolicy::default(),
            rotating: None,
            last_emergency: None,
            consumers: Vec::new(),
            last_consumer: 0,
            versions: Vec::new(),
            reveal: RevealState::NotRevealed,
            secret_version: 0,
            secrets_stored_at: Some(now),
            allow_list: AllowList::default(),
            ticks: BTreeMap::new(),
            plan: None,
            keep_fresh: false,
            favourite: false,
            created_at: now,
            updated_at: now,
            reminded_of: None,
            removed_at: None,
        }
    }

    /// How the user names it.
    #[must_use]
    pub fn reference(&self) -> CredentialRef {
        CredentialRef { provider: self.provider.clone(), name: self.name.clone() }
    }

    /// The environment that counts where none is named.
    ///
    /// # Panics
    /// Never: a credential is bound to at least one environment.
    #[must_use]
    pub fn environment(&self) -> &EnvironmentName {
        self.environments.first().expect("a credential is bound to at least one environment")
    }

    /// The field of that name.
    #[must_use]
    pub fn field(&self, name: &FieldName) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == *name)
    }

    /// The open value of the field of that name.
    #[must_use]
    pub fn open_value(&self, name: &FieldName) -> Option<&str> {
        self.field(name).and_then(|field| match &field.value {
            FieldValue::Open(value) => Some(value.as_str()),
            FieldValue::Secret { .. } | FieldValue::Missing { .. } => None,
        })
    }

    /// When its secrets were copied from the provider, as far as is known. Secrets that never
    /// changed are as old as the credential.
    #[must_use]
    pub fn copied_at(&self) -> Option<DateTime<Utc>> {
        self.secrets_stored_at.or_else(|| (self.secret_version <= 1).then_some(self.created_at))
    }
}

impl Field {
    /// Whether its value is a secret that is not stored.
    #[must_use]
    pub const fn is_missing(&self) -> bool {
        matches!(self.value, FieldValue::Missing { .. })
    }

    /// The last four characters of its secret, where they are known.
    #[must_use]
    pub fn last_four(&self) -> Option<&str> {
        match &self.value {
            FieldValue::Open(_) => None,
            FieldValue::Secret { last_four } | FieldValue::Missing { last_four } => {
                last_four.as_deref()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_secret_shows_nothing_of_itself() {
        assert_eq!(last_four("hunter2hunt"), None);
        assert_eq!(last_four("dc_0123457x9z").as_deref(), Some("7x9z"));
        assert_eq!(last_four("пароль-пароль").as_deref(), Some("роль"), "characters, not bytes");
    }
}
