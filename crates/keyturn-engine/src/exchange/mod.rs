//! The history: what was asked with each credential, and how it went.
//!
//! An exchange is noted when it ends, whatever its end is, and waits in memory for the next commit: it
//! is written together with the journal, at most once a second and when the vault locks, so that no
//! request waits for a disk. What no vault takes is only forgotten.

mod cut;
mod forget;
mod list;
mod noted;
mod stored;

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use keyturn_core::{CredentialId, ExchangeId};
use keyturn_vault::{Batch, NotedExchange, Vault};

use crate::Engine;
use crate::engine::guard;

pub use list::ShownExchange;
pub(crate) use noted::Noted;
pub(crate) use stored::redactor_of;

/// How many exchanges of a credential are noted; the oldest goes.
pub const MOST_NOTED: usize = 500;
/// What the journal says of an exchange that found no place in the history.
const NOT_NOTED: &str = "exchange not noted: the history cannot be read";
/// So many wait at most, where the vault takes none: the oldest go.
const MOST_WAITING: usize = 1_000;

/// An exchange that is not written yet, and whose it is.
pub(crate) type Waiting = (CredentialId, NotedExchange);

/// What was noted since the last commit, and the numbers that are given.
#[derive(Default)]
pub(crate) struct Exchanges {
    waiting: Vec<Waiting>,
    /// The newest number of each credential that is known. It outlives the lock, so that an exchange that
    /// ends behind it gets no number that was given before.
    newest: HashMap<CredentialId, ExchangeId>,
    /// The credentials that were looked at since the vault was opened.
    looked_at: HashSet<CredentialId>,
}

impl Exchanges {
    /// The next number. It goes with the time, so that the number of one that was forgotten does not
    /// come again for another.
    fn next(&mut self, owner: CredentialId, now: DateTime<Utc>) -> ExchangeId {
        let now = u64::try_from(now.timestamp()).unwrap_or(0);
        let after = self.newest.get(&owner).map_or(0, |id| id.number().saturating_add(1));
        let id = ExchangeId::from_number(now.max(after));
        self.newest.insert(owner, id);
        id
    }

    fn wait(&mut self, exchanges: impl IntoIterator<Item = Waiting>) {
        self.waiting.extend(exchanges);
        let excess = self.waiting.len().saturating_sub(MOST_WAITING);
        self.waiting.drain(..excess);
    }
}

impl Engine {
    /// Looks once at which numbers a credential's exchanges have.
    pub(crate) fn know_exchanges(&self, vault: &Vault, owner: CredentialId) {
        if guard(&self.exchanges).looked_at.contains(&owner) {
            return;
        }
        let noted = vault.exchanges(owner).unwrap_or_default().last().map(|newest| newest.id);
        let kept = vault.kept_of(owner).last();
        let mut exchanges = guard(&self.exchanges);
        let waiting = exchanges.waiting.iter().filter(|(of, _)| *of == owner);
        let waiting = waiting.map(|(_, exchange)| exchange.id).max();
        let given = exchanges.newest.get(&owner).copied();
        if let Some(newest) = noted.max(kept).max(waiting).max(given) {
            exchanges.newest.insert(owner, newest);
        }
        exchanges.looked_at.insert(owner);
    }

    /// Adds what waits to a batch, and tells what that is. A record that does not open is left alone: it may
    /// be mended from a backup. The journal says what is missing in it.
    pub(crate) fn write_exchanges(&self, vault: &Vault, batch: &mut Batch) -> Vec<Waiting> {
        let mut exchanges = guard(&self.exchanges);
        // What a batch says itself of a credential's history is the last word.
        let (later, now): (Vec<Waiting>, Vec<Waiting>) = std::mem::take(&mut exchanges.waiting)
            .into_iter()
            .partition(|(owner, _)| batch.decides_exchanges_of(*owner));
        exchanges.waiting = later;
        drop(exchanges);
        let mut of = BTreeMap::<CredentialId, Vec<NotedExchange>>::new();
        for (owner, exchange) in &now {
            of.entry(*owner).or_default().push(exchange.clone());
        }
        for (owner, newer) in of {
            let Some(credential) = vault.credential(owner) else { continue };
            let Ok(mut list) = vault.exchanges(owner) else {
                let lost = |one: &NotedExchange| self.entry(&one.caller, NOT_NOTED, credential);
                batch.append_journal(newer.iter().map(lost).collect());
                continue;
            };
            list.extend(newer);
            list.sort_by_key(|exchange| exchange.id);
            let excess = list.len().saturating_sub(MOST_NOTED);
            list.drain(..excess);
            batch.put_exchanges(owner, list);
        }
        now
    }

    /// Lets exchanges wait again that were not written.
    pub(crate) fn exchanges_wait(&self, exchanges: Vec<Waiting>) {
        guard(&self.exchanges).wait(exchanges);
    }

    pub(crate) fn has_waiting_exchanges(&self) -> bool {
        !guard(&self.exchanges).waiting.is_empty()
    }

    /// Forgets those that no vault takes.
    pub(crate) fn forget_waiting_exchanges(&self) {
        guard(&self.exchanges).waiting.clear();
    }

    /// Looks anew at which numbers there are: another vault may be opened next.
    pub(crate) fn forget_exchange_numbers(&self) {
        guard(&self.exchanges).looked_at.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_with_the_time_and_never_back() {
        let owner = CredentialId::from_bytes([7; 16]);
        let mut exchanges = Exchanges::default();
        let at = |second| DateTime::from_timestamp(second, 0).unwrap();
        let numbers = [100, 100, 50, 200].map(|second| exchanges.next(owner, at(second)).number());
        assert_eq!(numbers, [100, 101, 102, 200]);
        let other = CredentialId::from_bytes([8; 16]);
        assert_eq!(exchanges.next(other, at(50)).number(), 50, "each credential has its own");
    }
}
