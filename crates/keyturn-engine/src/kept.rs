//! The exchanges that the user chose to keep: listing, showing and forgetting them.

use chrono::{DateTime, Utc};
use keyturn_core::{CredentialRef, ExchangeId};
use keyturn_vault::{Batch, KeptExchange, SaveError};

use crate::engine::find;
use crate::{Engine, EngineError};

/// What a list tells of a kept exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSummary {
    /// Names it.
    pub id: ExchangeId,
    /// When the answer came.
    pub at: DateTime<Utc>,
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The answer's status.
    pub status: u16,
    /// What the answer meant.
    pub meaning: String,
    /// The user's own words about it.
    pub note: Option<String>,
}

impl Engine {
    /// Lists the kept exchanges of a credential, the newest first.
    pub fn kept(&self, reference: &CredentialRef) -> Result<Vec<KeptSummary>, EngineError> {
        self.read(|vault| {
            let owner = find(vault, reference)?.id;
            let mut list = Vec::new();
            for id in vault.kept_of(owner) {
                list.extend(vault.kept(owner, id)?.map(summary));
            }
            list.reverse();
            Ok(list)
        })
    }

    /// Shows one whole. It is written down before it leaves.
    pub fn kept_exchange(
        &self,
        reference: &CredentialRef,
        id: ExchangeId,
        caller: &str,
    ) -> Result<KeptExchange, EngineError> {
        self.write(|vault| {
            let credential = find(vault, reference)?;
            let entry = self.entry(caller, "show a kept exchange", credential);
            let kept = vault.kept(credential.id, id)?.ok_or_else(|| absent(reference, id))?;
            let mut batch = Batch::new();
            batch.append_journal(vec![entry]);
            self.commit(vault, batch)?;
            Ok(kept)
        })
    }

    /// Forgets one.
    pub fn forget_kept(
        &self,
        reference: &CredentialRef,
        id: ExchangeId,
        caller: &str,
    ) -> Result<(), EngineError> {
        self.write(|vault| {
            if vault.is_quarantined() {
                return Err(SaveError::Quarantined.into());
            }
            // What waits is written first, so that its note is forgotten as well.
            self.flush(vault)?;
            let credential = find(vault, reference)?;
            let owner = credential.id;
            if !vault.kept_of(owner).any(|kept| kept == id) {
                return Err(absent(reference, id));
            }
            let mut batch = Batch::new();
            batch.append_journal(vec![self.entry(caller, "forget a kept exchange", credential)]);
            batch.remove_kept(owner, id);
            let mut noted = vault.exchanges(owner)?;
            for exchange in noted.iter_mut().filter(|exchange| exchange.id == id) {
                exchange.note = None;
            }
            batch.put_exchanges(owner, noted);
            self.commit(vault, batch)
        })
    }
}

fn summary(kept: KeptExchange) -> KeptSummary {
    KeptSummary {
        id: kept.id,
        at: kept.at,
        method: kept.method,
        path: kept.path,
        status: kept.status,
        meaning: kept.meaning.meaning,
        note: kept.note,
    }
}

fn absent(reference: &CredentialRef, id: ExchangeId) -> EngineError {
    EngineError::NothingKept { reference: reference.clone(), id }
}
