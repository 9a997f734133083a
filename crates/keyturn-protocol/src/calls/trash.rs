//! Calls about removed credentials, which lie in the trash. Nothing here carries a secret.

use chrono::{DateTime, Utc};
use keyturn_core::{
    CredentialId, CredentialName, CredentialRef, EnvironmentName, ProviderId, RevealState,
};
use serde::{Deserialize, Serialize};

use super::FieldView;

/// Lists the trash, what was removed last in front.
#[derive(Debug, Serialize, Deserialize)]
pub struct ListTrash {}

/// A credential in the trash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct TrashedView {
    /// Tells it from another one that had the same name.
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub id: CredentialId,
    /// How the user named it.
    #[serde(rename = "ref")]
    pub reference: CredentialRef,
    /// Its provider.
    pub provider: ProviderId,
    /// The provider's name.
    pub provider_name: String,
    /// Its name there.
    pub name: CredentialName,
    /// Its preferred environment.
    pub environment: EnvironmentName,
    /// Who was responsible for it.
    pub owner: Option<String>,
    /// Its fields.
    pub fields: Vec<FieldView>,
    /// Its reveal-once key.
    pub reveal: RevealState,
    /// When it was removed.
    pub removed_at: DateTime<Utc>,
    /// When it is deleted for good.
    pub deleted_at: DateTime<Utc>,
    /// The days until then; 0 on the last one.
    pub days_left: i64,
    /// Whether another credential has its name now, so that it comes back under a new one only.
    pub name_taken: bool,
}

/// Takes a credential out of the trash.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RestoreCredential {
    /// Which one; of several with that name the one that was removed last.
    pub reference: CredentialRef,
    /// Which of several with that name.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(type = "string", optional = nullable))]
    pub id: Option<CredentialId>,
    /// A new name, where another credential has its own.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub name: Option<CredentialName>,
}

/// Deletes what is in the trash for good, or one credential of it. It needs a yes.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct EmptyTrash {
    /// Only those that had this name.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional = nullable))]
    pub reference: Option<CredentialRef>,
    /// Only this one.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(type = "string", optional = nullable))]
    pub id: Option<CredentialId>,
    /// Whether the user agreed.
    #[serde(default)]
    pub confirmed: bool,
}

/// The trash was emptied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct EmptiedTrash {
    /// What is gone for good.
    pub deleted: Vec<CredentialRef>,
}
