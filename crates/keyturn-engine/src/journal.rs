//! What is written down about each use. Never a query, a header or a body.

use keyturn_core::Credential;
use keyturn_vault::JournalEntry;

use crate::Engine;

impl Engine {
    /// An entry about a credential.
    pub(crate) fn entry(
        &self,
        caller: &str,
        action: &str,
        credential: &Credential,
    ) -> JournalEntry {
        JournalEntry {
            at: self.now(),
            caller: caller.to_owned(),
            action: action.to_owned(),
            credential: Some(credential.id),
            reference: Some(credential.reference().to_string()),
            host: None,
            path: None,
            status: None,
            version: Some(credential.secret_version),
        }
    }
}
