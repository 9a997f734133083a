//! Listing what was asked.

use std::collections::{BTreeMap, BTreeSet};

use keyturn_core::{CredentialId, CredentialRef, ExchangeId};
use keyturn_vault::{KeptExchange, NotedExchange, Vault};

use super::cut::cut;
use crate::engine::{find, guard};
use crate::{Engine, EngineError};

/// An exchange in the history.
#[derive(Debug, Clone)]
pub struct ShownExchange {
    /// What was noted of it.
    pub noted: NotedExchange,
    /// Whether it is kept whole.
    pub kept: bool,
}

impl Engine {
    /// Lists the exchanges of a credential, the newest first: those that are noted, and older ones that
    /// are kept.
    pub fn exchanges(&self, reference: &CredentialRef) -> Result<Vec<ShownExchange>, EngineError> {
        self.read(|vault| {
            let owner = find(vault, reference)?.id;
            let kept: BTreeSet<ExchangeId> = vault.kept_of(owner).collect();
            let mut list = BTreeMap::new();
            for noted in self.noted(vault, owner)? {
                list.insert(noted.id, ShownExchange { kept: kept.contains(&noted.id), noted });
            }
            for id in kept {
                if !list.contains_key(&id)
                    && let Some(exchange) = vault.kept(owner, id)?
                {
                    list.insert(id, ShownExchange { kept: true, noted: of_kept(exchange) });
                }
            }
            Ok(list.into_values().rev().collect())
        })
    }

    /// What is noted of a credential's exchanges, with what is not written yet, the oldest first.
    fn noted(&self, vault: &Vault, owner: CredentialId) -> Result<Vec<NotedExchange>, EngineError> {
        let mut list = vault.exchanges(owner)?;
        let exchanges = guard(&self.exchanges);
        let waiting = exchanges.waiting.iter().filter(|(of, _)| *of == owner);
        list.extend(waiting.map(|(_, exchange)| exchange.clone()));
        list.sort_by_key(|exchange| exchange.id);
        let excess = list.len().saturating_sub(super::MOST_NOTED);
        list.drain(..excess);
        Ok(list)
    }
}

/// What would be noted of an exchange that is kept: there may be newer ones since, or it is older than
/// the history.
fn of_kept(kept: KeptExchange) -> NotedExchange {
    cut(NotedExchange {
        id: kept.id,
        query: kept.query.into_iter().map(|(name, _)| name).collect(),
        sent_body: Some(kept.sent_body).filter(|kind| kind != "none"),
        status: Some(kept.status),
        meaning: Some(kept.meaning.meaning),
        credential_refused: kept.meaning.credential_refused,
        refused: kept.meaning.refused,
        total_ms: Some(kept.total_ms),
        attempts: kept.attempts,
        note: kept.note,
        ..NotedExchange::new(kept.at, kept.environment, kept.recipe, kept.method, kept.path)
    })
}
