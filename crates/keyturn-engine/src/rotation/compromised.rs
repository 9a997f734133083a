//! The emergency: a key fell into wrong hands.
//!
//! What can be done from here is done at once: the tokens that were bought with the key are revoked where
//! the provider has a way for that, and forgotten here in any case. The key itself lives until the provider
//! or its user ends it; that is said, and a text to the support is made ready.

use std::sync::Arc;

use keyturn_core::rotation::Emergency;
use keyturn_core::{CredentialRef, EnvironmentName};
use keyturn_vault::{Batch, JournalEntry};

use crate::engine::find;
use crate::fields::check_text;
use crate::{Engine, EngineError, free_text};

impl Engine {
    /// Begins an emergency rotation, or makes the one under way an emergency. Another note on one that was
    /// declared is added to the first.
    pub async fn declare_compromised(
        self: &Arc<Self>,
        reference: &CredentialRef,
        note: Option<String>,
        caller: &str,
    ) -> Result<(), EngineError> {
        check_text("note", note.as_ref())?;
        let note = note.filter(|text| !text.trim().is_empty());
        let (environments, first) = self.write(|vault| {
            let credential = find(vault, reference)?;
            free_text::refuse_stored(vault, credential.id, &[("note", note.as_ref())])?;
            let mut turning = self.turning_or_begun(credential)?;
            let rotation = &mut turning.rotation;
            let first = rotation.emergency.is_none();
            rotation.declare(Emergency { declared_at: self.now(), note: note.clone() });
            let more = rotation.add_word(note.as_deref());
            check_text("note", rotation.emergency.as_ref().and_then(|one| one.note.as_ref()))?;
            let environments = credential.environments.clone();
            if first || more {
                let mut batch = Batch::new();
                let action = if first { "rotate compromised" } else { "rotate note" };
                self.write_step(&mut batch, turning, action, caller);
                self.commit(vault, batch)?;
            }
            Ok((environments, first))
        })?;
        if first {
            for environment in &environments {
                self.give_up_token(reference, environment, caller).await?;
            }
        }
        Ok(())
    }

    /// Revokes the token of an environment where there is a way, and forgets it in any case.
    async fn give_up_token(
        self: &Arc<Self>,
        reference: &CredentialRef,
        environment: &EnvironmentName,
        caller: &str,
    ) -> Result<(), EngineError> {
        let stored = self.read(|vault| {
            let credential = find(vault, reference)?;
            Ok(vault.token_summary(credential.id, environment).is_some())
        })?;
        if !stored {
            return Ok(());
        }
        let revoked = self.revoke(reference, Some(environment), caller).await;
        let action = match revoked {
            Ok(_) | Err(EngineError::NoTokenStored { .. }) => return Ok(()),
            Err(EngineError::NoRevocation { .. }) => "forget token, provider revokes none",
            Err(_) => "forget token, revoke failed",
        };
        self.write(|vault| {
            let credential = find(vault, reference)?;
            let mut batch = Batch::new();
            let entry = self.entry(caller, action, credential);
            batch.append_journal(vec![JournalEntry {
                path: Some(format!("environment {environment}")),
                ..entry
            }]);
            batch.remove_token(credential.id, environment.clone());
            self.commit(vault, batch)
        })
    }
}
