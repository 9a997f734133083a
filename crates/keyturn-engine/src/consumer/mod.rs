//! Who uses a credential: what the user wrote down, and what the journal saw.
//!
//! Nothing here looks for consumers outside of this Keyturn: a program that got a key in another way is
//! known when somebody writes it down.

mod behind;
mod error;
pub(crate) mod seen;

use keyturn_core::{Consumer, Credential, CredentialRef, KeyStanding, SecretString};
use keyturn_vault::{Batch, JournalEntry, Vault};

pub use error::ConsumerError;
pub use seen::SeenConsumer;

pub(crate) use behind::behind;
pub(crate) use seen::Seen;

use crate::engine::find;
use crate::{Engine, EngineError, free_text, version};

/// The most consumers that are written down for one credential.
const MOST_CONSUMERS: usize = 200;

/// A change of what is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConsumerEdit {
    /// Adds one; it has the version in use.
    Add {
        /// What the user calls it.
        name: String,
    },
    /// Removes one.
    Remove {
        /// Which one.
        id: u32,
    },
    /// Notes whether it has the wanted version.
    HasNew {
        /// Which one.
        id: u32,
        /// Whether it has.
        ready: bool,
    },
}

/// Who uses a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownConsumers {
    /// Which credential.
    pub reference: CredentialRef,
    /// The version in use.
    pub version: u32,
    /// The version that consumers are to have.
    pub wanted_version: u32,
    /// Those that the user wrote down, in the order of their names.
    pub written_down: Vec<Consumer>,
    /// Those that were seen, the last one first.
    pub seen: Vec<SeenConsumer>,
    /// Who still uses an older version, in words.
    pub behind: Vec<String>,
}

impl Engine {
    /// Shows who uses a credential.
    pub fn consumers(&self, reference: &CredentialRef) -> Result<ShownConsumers, EngineError> {
        self.read(|vault| {
            let credential = find(vault, reference)?;
            Ok(self.shown_consumers(credential, &self.whole_journal(vault)?))
        })
    }

    /// Changes what is written down about who uses a credential.
    pub fn edit_consumers(
        &self,
        reference: &CredentialRef,
        edit: &ConsumerEdit,
        caller: &str,
    ) -> Result<ShownConsumers, EngineError> {
        self.write(|vault| {
            let mut credential = find(vault, reference)?.clone();
            let profile = self.profile(&credential.provider).ok();
            version::fill(vault, profile, &mut credential)?;
            match edit {
                ConsumerEdit::Add { name } => {
                    let name = checked_name(vault, &credential, name)?;
                    credential.last_consumer = credential.last_consumer.saturating_add(1);
                    let consumer = Consumer {
                        id: credential.last_consumer,
                        name,
                        added_on: self.today(),
                        version: Some(credential.secret_version),
                    };
                    credential.consumers.push(consumer);
                }
                ConsumerEdit::Remove { id } => {
                    one_of(&mut credential, *id)?;
                    credential.consumers.retain(|consumer| consumer.id != *id);
                }
                ConsumerEdit::HasNew { id, ready } => {
                    let wanted = version::wanted(&credential);
                    let before = version_before(&credential);
                    let has = if *ready { Some(wanted) } else { before };
                    one_of(&mut credential, *id)?.version = has;
                }
            }
            credential.updated_at = self.now();
            let shown = self.shown_consumers(&credential, &self.whole_journal(vault)?);
            let mut batch = Batch::new();
            batch.append_journal(vec![self.entry(caller, "consumers", &credential)]);
            batch.put_credential(credential);
            self.commit(vault, batch)?;
            Ok(shown)
        })
    }

    pub(crate) fn shown_consumers(
        &self,
        credential: &Credential,
        journal: &[JournalEntry],
    ) -> ShownConsumers {
        let seen = Seen::of(journal, |id| id == credential.id);
        let wanted_version = version::wanted(credential);
        let mut written_down = credential.consumers.clone();
        written_down.sort_by_cached_key(|consumer| (consumer.name.to_lowercase(), consumer.id));
        ShownConsumers {
            reference: credential.reference(),
            version: credential.secret_version,
            wanted_version,
            written_down,
            behind: behind(
                credential,
                seen.of_credential(credential.id),
                &[wanted_version],
                self.now(),
            ),
            seen: seen.of_credential(credential.id).to_vec(),
        }
    }
}

fn checked_name(vault: &Vault, credential: &Credential, text: &str) -> Result<String, EngineError> {
    let name = Consumer::checked_name(text).map_err(ConsumerError::from)?;
    // Names are shown, and stand in lines that are pasted into chats.
    if !version::holders(vault, &SecretString::new(name.clone())).is_empty() {
        return Err(ConsumerError::IsSecret.into());
    }
    free_text::refuse_stored(vault, credential.id, &[("consumer's name", Some(&name))])?;
    if credential.consumers.iter().any(|consumer| consumer.is_called(&name)) {
        return Err(ConsumerError::Exists { reference: credential.reference() }.into());
    }
    if credential.consumers.len() >= MOST_CONSUMERS {
        return Err(ConsumerError::TooMany.into());
    }
    Ok(name)
}

fn one_of(credential: &mut Credential, id: u32) -> Result<&mut Consumer, ConsumerError> {
    let reference = credential.reference();
    let known = credential.consumers.iter_mut().find(|consumer| consumer.id == id);
    known.ok_or(ConsumerError::NoConsumer { reference, id })
}

/// The version that a consumer has which lacks the wanted one: that in use while the wanted one is
/// still the next, else the one before; `None` where that is not known.
fn version_before(credential: &Credential) -> Option<u32> {
    if version::standing(credential, KeyStanding::Next).is_some() {
        return Some(credential.secret_version);
    }
    let older = credential
        .versions
        .iter()
        .filter(|version| matches!(version.standing, KeyStanding::Previous | KeyStanding::Retired));
    older.max_by_key(|version| version::nearness(version)).map(|version| version.number)
}
