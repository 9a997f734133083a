//! What the user is writing in the window, kept in the vault so that a lock loses none of it.

use keyturn_core::SecretString;
use keyturn_vault::Batch;

use crate::{Engine, EngineError};

/// How many bytes a draft has at most.
const LONGEST_DRAFT: usize = 64 * 1_024;

impl Engine {
    /// What was kept; `None` where nothing is.
    pub fn draft(&self) -> Result<Option<SecretString>, EngineError> {
        self.read(|vault| Ok(vault.draft()?))
    }

    /// Keeps it in place of what was kept before; `None` forgets that. It is no use of a credential, so
    /// the journal says nothing of it.
    pub fn keep_draft(&self, text: Option<SecretString>) -> Result<(), EngineError> {
        if text.as_ref().is_some_and(|text| text.expose().len() > LONGEST_DRAFT) {
            return Err(EngineError::DraftTooLong);
        }
        self.write(|vault| {
            let mut batch = Batch::new();
            match text {
                Some(text) => batch.put_draft(text),
                None if vault.has_draft() => batch.remove_draft(),
                None => return Ok(()),
            }
            self.commit(vault, batch)
        })
    }
}
