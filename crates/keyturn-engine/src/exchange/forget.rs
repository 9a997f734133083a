//! Forgetting what was asked.

use keyturn_core::{CredentialRef, ExchangeId};
use keyturn_vault::{Batch, SaveError};

use crate::engine::find;
use crate::{Engine, EngineError};

impl Engine {
    /// Forgets one exchange of a credential, or all of them; also what is kept of it.
    pub fn forget_exchanges(
        &self,
        reference: &CredentialRef,
        id: Option<ExchangeId>,
        caller: &str,
    ) -> Result<(), EngineError> {
        self.write(|vault| {
            if vault.is_quarantined() {
                return Err(SaveError::Quarantined.into());
            }
            let owner = find(vault, reference)?.id;
            // What waits is written first, so that it is forgotten as well.
            self.flush(vault)?;
            let mut batch = Batch::new();
            let action = match id {
                Some(_) => "forget an exchange",
                None => "forget all exchanges",
            };
            batch.append_journal(vec![self.entry(caller, action, find(vault, reference)?)]);
            let is_meant = |one: ExchangeId| id.is_none_or(|id| id == one);
            let kept: Vec<ExchangeId> = vault.kept_of(owner).filter(|one| is_meant(*one)).collect();
            let mut left = match id {
                // Also where the record does not open.
                None => Vec::new(),
                Some(_) => vault.exchanges(owner)?,
            };
            let noted = left.len();
            left.retain(|exchange| !is_meant(exchange.id));
            if let Some(id) = id
                && kept.is_empty()
                && noted == left.len()
            {
                return Err(EngineError::NoExchange { reference: reference.clone(), id });
            }
            for one in kept {
                batch.remove_kept(owner, one);
            }
            batch.put_exchanges(owner, left);
            self.commit(vault, batch)
        })
    }
}
