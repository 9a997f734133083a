//! What became of a credential: the versions of its key, and what was done to it. Never a value.

use std::sync::Arc;

use keyturn_core::rotation::GoingBack;
use keyturn_core::{Credential, CredentialRef, FieldName, FieldValue, KeyStanding, KeyVersion};
use keyturn_providers::{FieldKind, Profile};
use keyturn_vault::{SecretSlot, Vault};
use thiserror::Error;

use crate::engine::find;
use crate::journal::page::{self, JournalFilter};
use crate::{Engine, EngineError, JournalPage, version};

/// So many of the things that were done to a credential are told with its history.
const MOST_CHANGES: usize = 200;

/// A credential's history.
#[derive(Debug, Clone)]
pub struct ShownHistory {
    /// Whose.
    pub reference: CredentialRef,
    /// The versions of its key, the newest first.
    pub versions: Vec<ShownVersion>,
    /// What was done to it, the newest first.
    pub changes: JournalPage,
}

/// One version of a credential's key.
#[derive(Debug, Clone)]
pub struct ShownVersion {
    /// What is kept of it.
    pub version: KeyVersion,
    /// Its secrets: name, the provider's word for it, and the last four characters where they are known.
    pub fields: Vec<(FieldName, String, Option<String>)>,
    /// Whether its value is still stored.
    pub stored: bool,
    /// Whether it can be put in use again.
    pub restorable: bool,
    /// Why it cannot, or what is tried first.
    pub note: Option<&'static str>,
}

/// Says why a version was not put in use again.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum HistoryError {
    /// There is no such version.
    #[error("{reference} never had a version {version} of its key")]
    NoVersion {
        /// The credential.
        reference: CredentialRef,
        /// Which one.
        version: u32,
    },
    /// It is in use.
    #[error("version {version} of {reference} is in use already")]
    InUse {
        /// The credential.
        reference: CredentialRef,
        /// Which one.
        version: u32,
    },
    /// It is the next one.
    #[error(
        "version {version} of {reference} was not in use yet: it is the new key of the rotation under way"
    )]
    NotYet {
        /// The credential.
        reference: CredentialRef,
        /// Which one.
        version: u32,
    },
    /// Its value is gone.
    #[error("the value of version {version} of {reference} is not stored any more: {NOT_STORED}")]
    NotStored {
        /// The credential.
        reference: CredentialRef,
        /// Which one.
        version: u32,
    },
    /// Its key is dead.
    #[error(
        "version {version} of {reference} ended at its provider, so there is no way back to it"
    )]
    Ended {
        /// The credential.
        reference: CredentialRef,
        /// Which one.
        version: u32,
    },
    /// Nobody agreed to it.
    #[error(
        "version {version} of {reference} would be put in use in place of the present one, and tokens bought anew"
    )]
    NeedsYes {
        /// The credential.
        reference: CredentialRef,
        /// Which one.
        version: u32,
    },
}

const NOT_STORED: &str = "a replaced key is kept until it is retired, and no longer";

impl Engine {
    /// Shows the versions of a credential's key and what was done to it.
    pub fn history(&self, reference: &CredentialRef) -> Result<ShownHistory, EngineError> {
        self.read(|vault| {
            let credential = find(vault, reference)?;
            let profile = self.profile(&credential.provider).ok();
            let mut noted = credential.clone();
            version::fill(vault, profile, &mut noted)?;
            let back = self.back(vault, &noted)?;
            let mut versions = Vec::new();
            for version in noted.versions.iter().rev() {
                versions.push(shown(vault, profile, &noted, version, back)?);
            }
            let filter = JournalFilter {
                reference: Some(reference.clone()),
                limit: Some(MOST_CHANGES),
                ..JournalFilter::default()
            };
            let changes = page::page(vault, self.whole_journal(vault)?, &filter);
            Ok(ShownHistory { reference: reference.clone(), versions, changes })
        })
    }

    /// Puts an earlier version of the key in use again, as long as its value is stored and it is not known
    /// to be dead; where nobody knows, it is tried first. The present one becomes the new key of the
    /// rotation again.
    pub async fn restore_version(
        self: &Arc<Self>,
        reference: &CredentialRef,
        number: u32,
        confirmed: bool,
        caller: &str,
    ) -> Result<ShownHistory, EngineError> {
        let (reference, version) = (reference.clone(), number);
        let history = self.history(&reference)?;
        let wanted = history.versions.iter().find(|one| one.version.number == number);
        let refused = match wanted {
            None => Some(HistoryError::NoVersion { reference: reference.clone(), version }),
            Some(wanted) => match wanted.version.standing {
                KeyStanding::Current => {
                    Some(HistoryError::InUse { reference: reference.clone(), version })
                }
                KeyStanding::Next => {
                    Some(HistoryError::NotYet { reference: reference.clone(), version })
                }
                _ if !wanted.stored => {
                    Some(HistoryError::NotStored { reference: reference.clone(), version })
                }
                _ if !wanted.restorable => {
                    Some(HistoryError::Ended { reference: reference.clone(), version })
                }
                _ if !confirmed => {
                    Some(HistoryError::NeedsYes { reference: reference.clone(), version })
                }
                _ => None,
            },
        };
        if let Some(refused) = refused {
            return Err(refused.into());
        }
        self.roll_back(&reference, caller).await?;
        self.history(&reference)
    }

    /// Whether there is a way back to the version before.
    fn back(&self, vault: &Vault, credential: &Credential) -> Result<GoingBack, EngineError> {
        if version::number(credential, KeyStanding::Previous).is_none() {
            return Ok(GoingBack::Never);
        }
        self.going_back(vault, &credential.reference())
    }
}

fn shown(
    vault: &Vault,
    profile: Option<&Profile>,
    credential: &Credential,
    version: &KeyVersion,
    back: GoingBack,
) -> Result<ShownVersion, EngineError> {
    let held = |slot| vault.secrets_in(credential.id, slot).map(|secrets| !secrets.is_empty());
    let stored = match version.standing {
        KeyStanding::Current => {
            credential.fields.iter().any(|one| matches!(one.value, FieldValue::Secret { .. }))
        }
        KeyStanding::Next => held(SecretSlot::Next)?,
        KeyStanding::Previous => held(SecretSlot::Previous)?,
        KeyStanding::Retired => false,
    };
    let earlier = version.standing == KeyStanding::Previous && stored;
    let restorable = earlier && back != GoingBack::Never;
    let note = match version.standing {
        KeyStanding::Current => None,
        KeyStanding::Next => Some("It is the new key of the rotation under way."),
        _ if !stored => Some("Its value is not stored any more."),
        _ if !restorable => Some("It ended at its provider, so there is no way back to it."),
        _ => match back {
            GoingBack::IfItAnswers => Some("It is tried first: it may have ended at its provider."),
            GoingBack::Untested => Some("Whether it still works cannot be tested."),
            _ => None,
        },
    };
    let names = version.fingerprints.keys().chain(version.last_fours.keys());
    let mut names: Vec<&FieldName> = names.collect();
    names.sort();
    names.dedup();
    let fields = names.into_iter().map(|name| {
        let known = profile.and_then(|profile| profile.field(name));
        let label = known.map_or_else(|| name.to_string(), |field| field.label.clone());
        // Of what a person chose nothing is shown.
        let machine_made = known.is_none_or(|field| field.kind == FieldKind::Secret);
        let four = version.last_fours.get(name).filter(|_| machine_made);
        (name.clone(), label, four.cloned())
    });
    Ok(ShownVersion {
        fields: fields.collect(),
        version: version.clone(),
        stored,
        restorable,
        note,
    })
}
