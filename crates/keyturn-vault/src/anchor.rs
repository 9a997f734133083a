//! The anchor: the newest generation and root, kept apart from the vault file, so that an older file
//! put in its place is noticed. Proven by a tag under the vault's key.
//!
//! It lies in the state folder and, from the last lock on, in the keyring. An anchor that its tag does
//! not prove counts as lost: who can spoil it can delete it as well.

use std::fs;
use std::path::Path;

use keyturn_crypto::{TAG_LEN, VaultKey};

use crate::error::FileFailure;
use crate::files;
use crate::manifest::Manifest;

const MAGIC: &[u8; 8] = b"KTANCHOR";
const LEN: usize = 8 + 16 + 4 + 8 + 32 + TAG_LEN;

/// What the vault file was when it was last saved here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Anchor {
    pub(crate) generation: u64,
    pub(crate) root: [u8; 32],
}

impl Anchor {
    pub(crate) const fn of(manifest: &Manifest) -> Self {
        Self { generation: manifest.generation, root: manifest.root }
    }

    /// magic(8) ‖ vault id(16) ‖ epoch(4) ‖ generation(8) ‖ root(32) ‖ tag(32).
    pub(crate) fn seal(&self, key: &VaultKey) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(LEN);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(key.vault().as_bytes());
        bytes.extend_from_slice(&key.epoch().to_be_bytes());
        bytes.extend_from_slice(&self.generation.to_be_bytes());
        bytes.extend_from_slice(&self.root);
        let tag = key.anchor_tag(&bytes);
        bytes.extend_from_slice(&tag);
        bytes
    }

    /// Reads an anchor of this key; `None` for anything else.
    pub(crate) fn open(bytes: &[u8], key: &VaultKey) -> Option<Self> {
        let (content, tag) = bytes.split_last_chunk::<TAG_LEN>()?;
        if bytes.len() != LEN || !key.proves_anchor(content, tag) {
            return None;
        }
        let (generation, root) = content.split_at(28).1.split_first_chunk::<8>()?;
        let right_place = content.starts_with(MAGIC);
        right_place.then_some(Self {
            generation: u64::from_be_bytes(*generation),
            root: root.try_into().ok()?,
        })
    }

    /// Whether a file of this manifest was put back: it is older than the anchor, or another one of
    /// the same age.
    pub(crate) fn convicts(&self, manifest: &Manifest) -> bool {
        self.generation > manifest.generation
            || (self.generation == manifest.generation && self.root != manifest.root)
    }

    /// Writes it to the state folder.
    pub(crate) fn write(&self, path: &Path, key: &VaultKey) -> Result<(), FileFailure> {
        files::make_folder(files::folder_of(path))?;
        files::replace(path, &self.seal(key))
    }

    /// Reads it from the state folder.
    pub(crate) fn read(path: &Path, key: &VaultKey) -> Option<Self> {
        Self::open(&fs::read(path).ok()?, key)
    }
}

#[cfg(test)]
mod tests {
    use keyturn_core::{RecordId, VaultId};

    use super::*;
    use crate::manifest::Hashes;

    #[test]
    fn an_anchor_with_any_bit_flipped_counts_as_lost() {
        let key = VaultKey::make_random(VaultId::make_random(), 1);
        let anchor = Anchor { generation: 9, root: [3; 32] };
        let bytes = anchor.seal(&key);
        assert_eq!(Anchor::open(&bytes, &key), Some(anchor), "positive control");
        for at in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            assert_eq!(Anchor::open(&flipped, &key), None, "byte {at}");
        }
        let other = VaultKey::make_random(VaultId::make_random(), 1);
        assert_eq!(Anchor::open(&bytes, &other), None);
    }

    #[test]
    fn an_older_file_and_another_of_the_same_age_are_convicted_and_a_newer_one_is_not() {
        let manifest = Manifest::of(5, b"", &Hashes::new(), RecordId::make_random());
        let with = |generation, root| Anchor { generation, root }.convicts(&manifest);
        assert!(!with(5, manifest.root));
        assert!(!with(4, [0; 32]), "the anchor was not written after the last commit");
        assert!(with(5, [0; 32]));
        assert!(with(6, manifest.root));
    }
}
