//! The trash: removed credentials lie there, encrypted, for thirty days; then they are deleted for good.

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::{Credential, CredentialId, CredentialName, CredentialRef};
use keyturn_vault::{Batch, Vault};
use thiserror::Error;

use crate::add::refuse_taken;
use crate::engine::find;
use crate::{CredentialSummary, Engine, EngineError};

/// How many days a removed credential stays in the trash.
pub const TRASH_DAYS: u32 = 30;

/// Who the journal says deleted what lay there for long.
const KEYTURN: &str = "keyturn, emptying the trash";

/// A credential in the trash.
#[derive(Debug, Clone)]
pub struct TrashedCredential {
    /// The credential.
    pub credential: Credential,
    /// The provider's name.
    pub provider_name: String,
    /// When it was removed.
    pub removed_at: DateTime<Utc>,
    /// When it is deleted for good.
    pub deleted_at: DateTime<Utc>,
    /// Whether another credential has its name now.
    pub name_taken: bool,
}

/// Which of the trash's credentials are meant; `None` does not narrow.
#[derive(Debug, Clone, Default)]
pub struct TrashChoice {
    /// Those that had this name.
    pub reference: Option<CredentialRef>,
    /// The one with this id.
    pub id: Option<CredentialId>,
}

/// Says why the trash was left as it is.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TrashError {
    /// No such credential lies there.
    #[error("no credential called '{reference}' is in the trash")]
    NotThere {
        /// Which name.
        reference: CredentialRef,
    },
    /// No credential with that id lies there.
    #[error("that credential is not in the trash")]
    NoSuchId,
    /// Its name belongs to another one now.
    #[error(
        "another credential is called '{taken}' now, so the one from the trash needs a new name"
    )]
    NameTaken {
        /// How it was called in the trash.
        reference: CredentialRef,
        /// The name that it would get.
        taken: CredentialRef,
    },
    /// Nobody agreed that it is gone for good.
    #[error("{} would be deleted for good, with {}", counted(*count), if *count == 1 { "its secrets" } else { "their secrets" })]
    NeedsYes {
        /// How many.
        count: usize,
    },
}

fn counted(count: usize) -> String {
    if count == 1 { "1 credential".to_owned() } else { format!("{count} credentials") }
}

impl Engine {
    /// Lists the trash, what was removed last in front.
    pub fn trash(&self) -> Result<Vec<TrashedCredential>, EngineError> {
        self.read(|vault| {
            let trashed = removed(vault, &TrashChoice::default()).into_iter().map(|credential| {
                let removed_at = credential.removed_at.unwrap_or(credential.updated_at);
                let profile = self.profile(&credential.provider);
                let provider_name = profile
                    .map_or_else(|_| credential.provider.to_string(), |one| one.name.clone());
                TrashedCredential {
                    provider_name,
                    removed_at,
                    deleted_at: removed_at + keeping(),
                    name_taken: find(vault, &credential.reference()).is_ok(),
                    credential,
                }
            });
            Ok(trashed.collect())
        })
    }

    /// Takes a credential out of the trash, under a new name where one is given; of several that are
    /// meant, the one that was removed last. Its tokens were forgotten when it was removed.
    pub fn restore(
        &self,
        choice: &TrashChoice,
        name: Option<CredentialName>,
        caller: &str,
    ) -> Result<CredentialSummary, EngineError> {
        self.write(|vault| {
            let found = removed(vault, choice).into_iter().next();
            let mut credential = found.ok_or_else(|| not_there(choice))?;
            let reference = credential.reference();
            credential.name = name.unwrap_or(credential.name);
            let taken = credential.reference();
            if refuse_taken(vault, &taken).is_err() {
                return Err(TrashError::NameTaken { reference, taken }.into());
            }
            credential.removed_at = None;
            credential.updated_at = self.now();
            let mut batch = Batch::new();
            batch.append_journal(vec![self.entry(caller, "restore", &credential)]);
            batch.put_credential(credential.clone());
            self.commit(vault, batch)?;
            Ok(self.summary(vault, &credential))
        })
    }

    /// Deletes what is meant for good, with its secrets, tokens and kept exchanges; answers their names.
    /// The journal keeps what was done to them, and backups that were made before still have them.
    pub fn empty_trash(
        &self,
        choice: &TrashChoice,
        confirmed: bool,
        caller: &str,
    ) -> Result<Vec<CredentialRef>, EngineError> {
        self.write(|vault| {
            let meant = removed(vault, choice);
            if meant.is_empty() && (choice.reference.is_some() || choice.id.is_some()) {
                return Err(not_there(choice).into());
            }
            if !confirmed && !meant.is_empty() {
                return Err(TrashError::NeedsYes { count: meant.len() }.into());
            }
            self.delete(vault, &meant, caller)
        })
    }

    /// Deletes what lay in the trash for thirty days; answers the names. Called when the vault is opened,
    /// and by the agent while it is open. A vault that takes no changes keeps it.
    pub fn purge_trash(&self) -> Result<Vec<CredentialRef>, EngineError> {
        let due = self.read(|vault| Ok(!vault.is_quarantined() && !self.overdue(vault).is_empty()));
        if !due? {
            return Ok(Vec::new());
        }
        self.write(|vault| {
            let overdue = self.overdue(vault);
            self.delete(vault, &overdue, KEYTURN)
        })
    }

    fn overdue(&self, vault: &Vault) -> Vec<Credential> {
        let now = self.now();
        let over = |one: &&Credential| one.removed_at.is_some_and(|at| now - at >= keeping());
        vault.credentials().filter(over).cloned().collect()
    }

    fn delete(
        &self,
        vault: &mut Vault,
        gone: &[Credential],
        caller: &str,
    ) -> Result<Vec<CredentialRef>, EngineError> {
        if gone.is_empty() {
            return Ok(Vec::new());
        }
        let mut batch = Batch::new();
        batch.append_journal(gone.iter().map(|one| self.entry(caller, "delete", one)).collect());
        for credential in gone {
            batch.delete_credential(credential.id);
        }
        // Written with the deletion: no name of a request outlives its credential.
        self.forget_failures(|failure| gone.iter().any(|one| one.id == failure.credential));
        self.commit(vault, batch)?;
        Ok(gone.iter().map(Credential::reference).collect())
    }
}

/// How long the trash keeps what is in it.
const fn keeping() -> TimeDelta {
    TimeDelta::days(TRASH_DAYS as i64)
}

/// What lies in the trash and is meant, what was removed last in front.
fn removed(vault: &Vault, choice: &TrashChoice) -> Vec<Credential> {
    let meant = |one: &&Credential| {
        one.removed_at.is_some()
            && choice.reference.as_ref().is_none_or(|wanted| one.reference() == *wanted)
            && choice.id.is_none_or(|wanted| one.id == wanted)
    };
    let mut found: Vec<Credential> = vault.credentials().filter(meant).cloned().collect();
    found.sort_by_key(|one| (std::cmp::Reverse(one.removed_at), one.reference()));
    found
}

fn not_there(choice: &TrashChoice) -> TrashError {
    match &choice.reference {
        Some(reference) => TrashError::NotThere { reference: reference.clone() },
        None => TrashError::NoSuchId,
    }
}
