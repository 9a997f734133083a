//! Moving a credential to the trash.

use keyturn_core::CredentialRef;
use keyturn_vault::Batch;

use crate::engine::find;
use crate::{Engine, EngineError};

impl Engine {
    /// Moves a credential to the trash. It stays encrypted; its name is free again, and its tokens
    /// are forgotten.
    pub fn remove(&self, reference: &CredentialRef, caller: &str) -> Result<(), EngineError> {
        self.write(|vault| {
            let mut credential = find(vault, reference)?.clone();
            credential.removed_at = Some(self.now());
            credential.updated_at = self.now();
            let mut batch = Batch::new();
            batch.append_journal(vec![self.entry(caller, "remove", &credential)]);
            batch.remove_tokens(credential.id);
            batch.put_credential(credential);
            self.commit(vault, batch)
        })
    }
}
