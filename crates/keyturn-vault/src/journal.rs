//! The audit journal: what was done, by whom, to which credential; never a secret, query or body.
//!
//! Entries are chained by their hashes and lie in segments; a segment grows to about 32 KiB, then the
//! next one begins. Every segment begins with the last hash of the one before it.

use chrono::{DateTime, Utc};
use keyturn_core::CredentialId;
use keyturn_crypto::sha256;
use serde::{Deserialize, Serialize};

use crate::codec::{CODEC, MalformedError, Reader, length32};

/// From this size on a segment is full.
const FULL: usize = 32 * 1024;

/// The hash that stands before the first entry of all.
pub(crate) const BEGINNING: [u8; 32] = [0; 32];

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalEntry {
    /// When.
    pub at: DateTime<Utc>,
    /// Who asked for it, e.g. a program's name.
    pub caller: String,
    /// What was done, e.g. `token` or `get`.
    pub action: String,
    /// To which credential.
    pub credential: Option<CredentialId>,
    /// How the user calls that credential.
    pub reference: Option<String>,
    /// Where a request went.
    pub host: Option<String>,
    /// The path template of a request; never a query.
    pub path: Option<String>,
    /// How it was answered.
    pub status: Option<u16>,
    /// Which version of the credential's secrets was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// The names of what an edit changed; never a value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<String>,
}

impl JournalEntry {
    /// An entry that says who did what and when, and nothing else yet.
    #[must_use]
    pub fn new(at: DateTime<Utc>, caller: &str, action: &str) -> Self {
        Self {
            at,
            caller: caller.to_owned(),
            action: action.to_owned(),
            credential: None,
            reference: None,
            host: None,
            path: None,
            status: None,
            version: None,
            changed: Vec::new(),
        }
    }
}

/// A piece of the journal: version ‖ previous hash(32) ‖ each entry length(4) ‖ JSON ‖ hash(32).
#[derive(Debug)]
pub(crate) struct Segment {
    body: Vec<u8>,
    last: [u8; 32],
}

impl Segment {
    /// An empty segment behind the entry with that hash.
    pub(crate) fn after(previous: [u8; 32]) -> Self {
        let mut body = vec![CODEC];
        body.extend_from_slice(&previous);
        Self { body, last: previous }
    }

    /// Appends an entry; `None` for one that is absurdly long.
    pub(crate) fn append(&mut self, entry: &JournalEntry) -> Option<()> {
        let json = serde_json::to_vec(entry).expect("our own types are JSON");
        let hash = chained(&self.last, &json);
        self.body.extend_from_slice(&length32(&json)?);
        self.body.extend_from_slice(&json);
        self.body.extend_from_slice(&hash);
        self.last = hash;
        Some(())
    }

    /// Whether the next entry belongs to a new segment.
    pub(crate) const fn is_full(&self) -> bool {
        self.body.len() >= FULL
    }

    /// The hash of its last entry.
    pub(crate) const fn last(&self) -> [u8; 32] {
        self.last
    }

    /// Its bytes.
    pub(crate) fn body(&self) -> &[u8] {
        &self.body
    }

    /// Reads a segment, its chain checked; answers the hash it goes on from and its entries.
    pub(crate) fn decode(
        body: &[u8],
    ) -> Result<(Self, [u8; 32], Vec<JournalEntry>), MalformedError> {
        let mut chain = Chain::of(body)?;
        let previous = chain.last;
        let entries = chain.by_ref().collect::<Result<_, _>>()?;
        Ok((Self { body: body.to_vec(), last: chain.last }, previous, entries))
    }
}

/// Walks a segment's entries, each checked against the hash of the one before it.
pub(crate) struct Chain<'a> {
    reader: Reader<'a>,
    /// The hash of the last entry that held; in the beginning, what the segment says that it goes on from.
    pub(crate) last: [u8; 32],
}

impl<'a> Chain<'a> {
    /// Stands before the first entry of a segment.
    pub(crate) fn of(body: &'a [u8]) -> Result<Self, MalformedError> {
        let mut reader = Reader::new(body)?;
        let last = reader.array()?;
        Ok(Self { reader, last })
    }

    fn step(&mut self) -> Result<JournalEntry, MalformedError> {
        let json = self.reader.block()?;
        let hash = chained(&self.last, json);
        if self.reader.array()? != hash {
            return Err(MalformedError);
        }
        let entry = serde_json::from_slice(json).map_err(|_| MalformedError)?;
        self.last = hash;
        Ok(entry)
    }
}

impl Iterator for Chain<'_> {
    type Item = Result<JournalEntry, MalformedError>;

    fn next(&mut self) -> Option<Self::Item> {
        (!self.reader.is_empty()).then(|| self.step())
    }
}

/// SHA-256 of `keyturn/1/journal` ‖ the hash before ‖ the entry.
fn chained(previous: &[u8; 32], json: &[u8]) -> [u8; 32] {
    sha256(&[b"keyturn/1/journal", previous, json])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(action: &str) -> JournalEntry {
        JournalEntry::new(DateTime::from_timestamp(1_772_000_000, 0).unwrap(), "test", action)
    }

    #[test]
    fn a_segment_goes_on_where_it_was_left() {
        let mut segment = Segment::after(BEGINNING);
        segment.append(&entry("one")).unwrap();
        let (mut again, previous, _) = Segment::decode(segment.body()).unwrap();
        assert_eq!(previous, BEGINNING);
        again.append(&entry("two")).unwrap();
        let (_, _, entries) = Segment::decode(again.body()).unwrap();
        assert_eq!(entries, [entry("one"), entry("two")]);
    }

    #[test]
    fn an_entry_taken_out_of_the_middle_breaks_the_chain() {
        let mut segment = Segment::after(BEGINNING);
        for action in ["one", "two", "six"] {
            segment.append(&entry(action)).unwrap();
        }
        let body = segment.body();
        let one = (body.len() - 33) / 3;
        let without = [&body[..33 + one], &body[33 + 2 * one..]].concat();
        assert!(Segment::decode(&without).is_err());
    }
}
