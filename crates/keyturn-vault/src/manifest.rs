//! The manifest: one encrypted line that says what the whole file has to be.
//!
//! Its root is the hash over the header and every record, so that no record can be changed, swapped,
//! left out, added or put back unnoticed. It is written anew in every transaction.

use std::collections::BTreeMap;

use keyturn_core::RecordId;
use keyturn_crypto::sha256;

use crate::codec::{CODEC, MalformedError, Reader};

/// The SHA-256 of every record's box, in the order of their ids.
pub(crate) type Hashes = BTreeMap<RecordId, [u8; 32]>;

/// What the file has to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// Counts up with every transaction.
    pub(crate) generation: u64,
    /// How many records there are.
    pub(crate) count: u64,
    /// The hash over header and records.
    pub(crate) root: [u8; 32],
    /// Which record is the catalog.
    pub(crate) catalog: RecordId,
}

impl Manifest {
    /// Says what a file with this header and these records is in its generation.
    pub(crate) fn of(generation: u64, header: &[u8], hashes: &Hashes, catalog: RecordId) -> Self {
        let count = u64::try_from(hashes.len()).expect("records are counted in 64 bits");
        Self { generation, count, root: root(header, hashes), catalog }
    }

    /// Version ‖ generation(8) ‖ count(8) ‖ root(32) ‖ catalog id(16).
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut body = vec![CODEC];
        body.extend_from_slice(&self.generation.to_be_bytes());
        body.extend_from_slice(&self.count.to_be_bytes());
        body.extend_from_slice(&self.root);
        body.extend_from_slice(self.catalog.as_bytes());
        body
    }

    /// Reads what [`Manifest::encode`] wrote.
    pub(crate) fn decode(body: &[u8]) -> Result<Self, MalformedError> {
        let mut reader = Reader::new(body)?;
        let manifest = Self {
            generation: reader.u64()?,
            count: reader.u64()?,
            root: reader.array()?,
            catalog: RecordId::from_bytes(reader.array()?),
        };
        reader.finish()?;
        Ok(manifest)
    }
}

/// SHA-256 of `keyturn/1/root` ‖ SHA-256(header) ‖ each record id(16) ‖ SHA-256(box), ids ascending.
fn root(header: &[u8], hashes: &Hashes) -> [u8; 32] {
    let mut listed = Vec::with_capacity(hashes.len() * 48);
    for (id, hash) in hashes {
        listed.extend_from_slice(id.as_bytes());
        listed.extend_from_slice(hash);
    }
    sha256(&[b"keyturn/1/root", &sha256(&[header]), &listed])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_survives_its_codec() {
        let manifest = Manifest::of(7, b"header", &Hashes::new(), RecordId::make_random());
        assert_eq!(Manifest::decode(&manifest.encode()), Ok(manifest));
    }

    #[test]
    fn the_root_depends_on_header_ids_and_boxes() {
        let (one, two) = (RecordId::from_bytes([1; 16]), RecordId::from_bytes([2; 16]));
        let hashes = Hashes::from([(one, [1; 32]), (two, [2; 32])]);
        let swapped = Hashes::from([(one, [2; 32]), (two, [1; 32])]);
        let fewer = Hashes::from([(one, [1; 32])]);
        let roots = [
            root(b"header", &hashes),
            root(b"Header", &hashes),
            root(b"header", &swapped),
            root(b"header", &fewer),
        ];
        assert_eq!(roots.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
    }
}
