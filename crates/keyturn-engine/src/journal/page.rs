//! Reading the journal: what was done, a page at a time, and the proof of its chain.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use keyturn_core::{CredentialId, CredentialRef};
use keyturn_vault::{JournalEntry, JournalProof, Vault};

use crate::consumer::seen::program;
use crate::{Engine, EngineError};

/// So many entries of a page, where nothing else is said.
const PAGE: usize = 100;
/// So many entries of a page at most.
const LARGEST_PAGE: usize = 1_000;

/// Which entries are wanted; `None` does not narrow.
#[derive(Debug, Clone, Default)]
pub struct JournalFilter {
    /// Those about this credential, also under names that it had before.
    pub reference: Option<CredentialRef>,
    /// Those from this time on.
    pub since: Option<DateTime<Utc>>,
    /// Those before the entry of this number.
    pub before: Option<u64>,
    /// So many at most.
    pub limit: Option<usize>,
}

/// An entry with its place in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberedEntry {
    /// Its number, from 1.
    pub number: u64,
    /// The entry.
    pub entry: JournalEntry,
    /// The program behind it; `None` where Keyturn did it by itself.
    pub program: Option<String>,
}

/// A page of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalPage {
    /// The entries, the newest first.
    pub entries: Vec<NumberedEntry>,
    /// Whether older ones are wanted, too.
    pub more: bool,
}

impl Engine {
    /// Lists entries of the journal, the newest first. A credential that nothing is known of is an error;
    /// of one that was deleted for good the journal still tells.
    pub fn journal_page(&self, filter: &JournalFilter) -> Result<JournalPage, EngineError> {
        self.read(|vault| {
            let journal = self.whole_journal(vault)?;
            let page = page(vault, journal, filter);
            let unknown = |reference: &&CredentialRef| {
                page.entries.is_empty()
                    && filter.since.is_none()
                    && filter.before.is_none()
                    && ids(vault, reference).is_empty()
            };
            match filter.reference.as_ref().filter(unknown) {
                Some(reference) => Err(EngineError::NoCredential { reference: reference.clone() }),
                None => Ok(page),
            }
        })
    }

    /// Walks the journal's chain from its beginning, as far as it holds. What waits is written first, so
    /// that it is proven, too.
    pub fn prove_journal(&self) -> Result<JournalProof, EngineError> {
        self.write(|vault| {
            // A chain that is broken takes no entries: that is told, not this.
            drop(self.flush(vault));
            Ok(vault.prove_journal()?)
        })
    }
}

pub(crate) fn page(
    vault: &Vault,
    journal: Vec<JournalEntry>,
    filter: &JournalFilter,
) -> JournalPage {
    let about = filter.reference.as_ref().map(|one| (one.to_string(), ids(vault, one)));
    let wanted = |one: &NumberedEntry| {
        let entry = &one.entry;
        let of_it = about.as_ref().is_none_or(|(name, ids)| match entry.credential {
            Some(id) if vault.credential(id).is_some() => ids.contains(&id),
            _ => entry.reference.as_ref() == Some(name),
        });
        of_it && filter.since.is_none_or(|since| entry.at >= since)
    };
    let numbered = (1..).zip(journal).map(|(number, entry)| {
        let program = program(&entry.caller).map(str::to_owned);
        NumberedEntry { number, entry, program }
    });
    let before = filter.before.unwrap_or(u64::MAX);
    let mut found: Vec<NumberedEntry> =
        numbered.take_while(|one| one.number < before).filter(wanted).collect();
    let limit = filter.limit.unwrap_or(PAGE).min(LARGEST_PAGE);
    let more = found.len() > limit;
    found.drain(..found.len().saturating_sub(limit));
    found.reverse();
    JournalPage { entries: found, more }
}

/// The credentials that have this name, or had it when they were removed.
fn ids(vault: &Vault, reference: &CredentialRef) -> BTreeSet<CredentialId> {
    let named = vault.credentials().filter(|one| one.reference() == *reference);
    named.map(|one| one.id).collect()
}
