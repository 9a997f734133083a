//! What is written down about each use. Never a query, a header or a body.

pub(crate) mod page;

use keyturn_core::{Credential, CredentialRef};
use keyturn_vault::{Batch, JournalEntry};

use crate::engine::find;
use crate::{Engine, EngineError};

impl Engine {
    /// Writes down what the user said about a caller; `wanted` is the credential that it named.
    pub fn note_consent(
        &self,
        caller: &str,
        action: &str,
        wanted: Option<&CredentialRef>,
    ) -> Result<(), EngineError> {
        self.write(|vault| {
            let known = wanted.and_then(|reference| find(vault, reference).ok());
            let entry = match known {
                Some(known) => self.entry(caller, action, known),
                None => self.plain_entry(caller, action),
            };
            let mut batch = Batch::new();
            batch.append_journal(vec![entry]);
            self.commit(vault, batch)
        })
    }

    /// An entry about a credential.
    pub(crate) fn entry(
        &self,
        caller: &str,
        action: &str,
        credential: &Credential,
    ) -> JournalEntry {
        JournalEntry {
            credential: Some(credential.id),
            reference: Some(credential.reference().to_string()),
            version: Some(credential.secret_version),
            ..self.plain_entry(caller, action)
        }
    }

    /// An entry about no credential.
    pub(crate) fn plain_entry(&self, caller: &str, action: &str) -> JournalEntry {
        JournalEntry::new(self.now(), caller, action)
    }
}
