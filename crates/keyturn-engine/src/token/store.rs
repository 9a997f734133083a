//! What becomes of a bought token: it is committed, unless the credential changed while it was bought.
//!
//! Every outcome is in the journal: in the same commit, or later where that fails. A token that cannot
//! be written, because the vault was closed in spite of the wait or the disk is full, is lost, its
//! refresh token with it; the journal then says so.

use keyturn_core::{CredentialId, EnvironmentName, SecretString, Token};
use keyturn_vault::{Batch, JournalEntry, SaveError};

use super::FlightKey;
use crate::{Engine, EngineError};

impl Engine {
    /// Commits a token that was bought. One that has ended already is not used, but its refresh token
    /// is kept.
    pub(super) fn store(
        &self,
        key: &FlightKey,
        token: Token,
        entry: JournalEntry,
    ) -> Result<(), EngineError> {
        let now = self.now();
        let ended_at = token.expiry.at.filter(|end| *end <= now);
        let unsaved = JournalEntry { action: "exchange not saved".to_owned(), ..entry.clone() };
        let stored = self.write(|vault| {
            if !key.still_holds(vault) {
                self.note_later(unsaved.clone());
                return Err(EngineError::TokenVanished);
            }
            let mut batch = Batch::new();
            if let Some(ended_at) = ended_at {
                let action = "exchange failed".to_owned();
                batch.append_journal(vec![JournalEntry { action, ..entry }]);
                if let Some(token) = crate::refresh::kept(vault, token)? {
                    batch.put_token(token);
                }
                self.commit(vault, batch)?;
                return Err(EngineError::BoughtEnded { ended_at });
            }
            batch.append_journal(vec![entry]);
            batch.put_token(token);
            self.commit(vault, batch)
        });
        self.noted_unless_written(&stored, unsaved);
        stored
    }

    /// Forgets a refresh token that its provider takes no more, so that it is never sent again: a
    /// provider may take that for theft.
    pub(super) fn forget_spent(
        &self,
        owner: CredentialId,
        environment: &EnvironmentName,
        spent: &SecretString,
        entry: JournalEntry,
    ) -> Result<(), EngineError> {
        let again = entry.clone();
        let forgotten = self.write(|vault| {
            let mut batch = Batch::new();
            batch.append_journal(vec![entry]);
            let same = |token: &Token| {
                token.refresh_token.as_ref().is_some_and(|one| one.expose() == spent.expose())
            };
            if let Some(token) = vault.token(owner, environment)?.filter(same) {
                batch.put_token(Token { refresh_token: None, ..token });
            }
            self.commit(vault, batch)
        });
        self.noted_unless_written(&forgotten, again);
        forgotten
    }

    /// Writes an entry down later where the commit that it belongs to failed.
    pub(crate) fn noted_unless_written(
        &self,
        committed: &Result<(), EngineError>,
        entry: JournalEntry,
    ) {
        match committed {
            // It was noted, or is in the commit.
            Ok(())
            | Err(
                EngineError::TokenVanished
                | EngineError::BoughtEnded { .. }
                | EngineError::Save(SaveError::Unconfirmed),
            ) => {}
            Err(_) => self.note_later(entry),
        }
    }
}
