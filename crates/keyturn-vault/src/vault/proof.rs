//! Proving the audit journal: that its entries are the ones that were written, in their order, and that
//! none is missing between two.
//!
//! Each entry carries the hash of the one before it, and every segment lies in a box under the vault's
//! key, whose hash is in the manifest: without the key nothing of it can be changed unseen. Whoever has
//! the key could write a whole chain anew; against that only its end helps, written down elsewhere.

use chrono::{DateTime, Utc};

#[cfg(test)]
mod tests;

use super::Vault;
use crate::ReadError;
use crate::codec::MalformedError;
use crate::journal::{BEGINNING, Chain};
use crate::record::RecordKind;

/// What the journal's chain proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalProof {
    /// How many entries are proven, from the first one on.
    pub entries: u64,
    /// When the first of them was written.
    pub since: Option<DateTime<Utc>>,
    /// When the last of them was written.
    pub until: Option<DateTime<Utc>>,
    /// The hash of the last one, which stands for all of them.
    pub head: [u8; 32],
    /// What is wrong behind them, where something is.
    pub flaw: Option<JournalFlaw>,
}

/// What is wrong with a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JournalFlaw {
    /// A piece of it is not there.
    SegmentMissing,
    /// A piece of it is not the one that was saved, or does not open.
    SegmentForeign,
    /// An entry was changed, left out, put in or moved.
    ChainBroken,
}

impl JournalProof {
    /// Proves the entries of the next segment, as far as its chain holds.
    fn go_on(&mut self, segment: &[u8]) -> Result<(), MalformedError> {
        let mut chain = Chain::of(segment)?;
        if chain.last != self.head {
            return Err(MalformedError);
        }
        while let Some(entry) = chain.next() {
            let at = entry?.at;
            self.entries += 1;
            self.since = self.since.or(Some(at));
            self.until = Some(at);
            self.head = chain.last;
        }
        Ok(())
    }
}

impl Vault {
    /// Walks the journal's chain from its beginning, as far as it holds.
    pub fn prove_journal(&self) -> Result<JournalProof, ReadError> {
        let mut proof =
            JournalProof { entries: 0, since: None, until: None, head: BEGINNING, flaw: None };
        for ((number, id), expected) in self.state.catalog.journal().zip(0..) {
            if number != expected {
                proof.flaw = Some(JournalFlaw::SegmentMissing);
                return Ok(proof);
            }
            let body = match self.open_record(id, RecordKind::Journal) {
                Ok(body) => body,
                Err(ReadError::Tampered { .. }) => {
                    proof.flaw = Some(JournalFlaw::SegmentForeign);
                    return Ok(proof);
                }
                Err(error) => return Err(error),
            };
            if proof.go_on(&body).is_err() {
                proof.flaw = Some(JournalFlaw::ChainBroken);
                return Ok(proof);
            }
        }
        if proof.entries == 0 {
            // A vault begins with an entry of its own.
            proof.flaw = Some(JournalFlaw::SegmentMissing);
        }
        Ok(proof)
    }
}
