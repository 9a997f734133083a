//! The vault's key and what it does: seal, open, authenticate. Its bytes never leave this crate.
//!
//! Five keys for five uses are derived once and lie beside it in one locked page. Slots wrap it:
//! [`crate::Slot`].

use keyturn_core::{RecordId, VaultId};
use zeroize::Zeroizing;

use crate::aad::{KeyAddress, RecordAddress};
use crate::aead_box::{self, BoxError, Plaintext};
use crate::locked::LockedPage;
use crate::primitives::{self, KEY_LEN};

/// Bytes of a tag over the header or the anchor.
pub const TAG_LEN: usize = 32;

/// Bytes of a secret's fingerprint.
pub const FINGERPRINT_LEN: usize = 16;

/// The kind of the manifest's box; records' kinds begin at 1.
const MANIFEST_KIND: u16 = 0;

const ROOT: usize = 0;
const RECORDS: usize = 1;
const MANIFEST: usize = 2;
const HEADER: usize = 3;
const ANCHOR: usize = 4;
const FINGERPRINTS: usize = 5;
const USES: [(usize, &[u8]); 5] = [
    (RECORDS, b"keyturn/1/records"),
    (MANIFEST, b"keyturn/1/manifest"),
    (HEADER, b"keyturn/1/header"),
    (ANCHOR, b"keyturn/1/anchor"),
    (FINGERPRINTS, b"keyturn/1/fingerprints"),
];

/// The key of one vault in one epoch, in locked memory.
pub struct VaultKey {
    page: LockedPage,
    address: KeyAddress,
}

impl VaultKey {
    /// Draws the key of a new vault.
    ///
    /// # Panics
    /// When the operating system has no random source.
    #[must_use]
    pub fn make_random(vault: VaultId, epoch: u32) -> Self {
        Self::fill(KeyAddress { vault, epoch }, |root| {
            getrandom::fill(root).expect("the operating system gives random bytes");
        })
    }

    pub(crate) fn from_root(address: KeyAddress, root: &[u8; KEY_LEN]) -> Self {
        Self::fill(address, |page| page.copy_from_slice(root))
    }

    fn fill(address: KeyAddress, write_root: impl FnOnce(&mut [u8])) -> Self {
        let mut page = LockedPage::new();
        let (root, derived) = page.bytes_mut().split_at_mut(KEY_LEN);
        write_root(root);
        let salt: [u8; 20] =
            crate::aad::concatenate(&[address.vault.as_bytes(), &address.epoch.to_be_bytes()]);
        for (place, info) in USES {
            let start = (place - 1) * KEY_LEN;
            primitives::hkdf_sha512(&salt, root, &[info], &mut derived[start..start + KEY_LEN]);
        }
        Self { page, address }
    }

    fn key(&self, place: usize) -> &[u8; KEY_LEN] {
        let (_, rest) = self.page.bytes().split_at(place * KEY_LEN);
        rest.first_chunk().expect("the page holds six keys")
    }

    pub(crate) fn root(&self) -> &[u8; KEY_LEN] {
        self.key(ROOT)
    }

    pub(crate) const fn address(&self) -> KeyAddress {
        self.address
    }

    /// The vault it belongs to.
    pub const fn vault(&self) -> VaultId {
        self.address.vault
    }

    /// Counts up when a vault gets a new key.
    pub const fn epoch(&self) -> u32 {
        self.address.epoch
    }

    /// Whether the kernel keeps it out of swap.
    pub const fn is_memory_locked(&self) -> bool {
        self.page.is_locked()
    }

    /// Seals a record for its place.
    #[must_use]
    pub fn seal_record(&self, place: RecordAddress, body: &[u8]) -> Vec<u8> {
        aead_box::seal(self.key(RECORDS), place.kind, &self.address.record_aad(place), body)
    }

    /// Opens a record at its place.
    pub fn open_record(&self, place: RecordAddress, sealed: &[u8]) -> Result<Plaintext, BoxError> {
        aead_box::open(self.key(RECORDS), place.kind, &self.address.record_aad(place), sealed)
    }

    /// Seals the manifest.
    #[must_use]
    pub fn seal_manifest(&self, body: &[u8]) -> Vec<u8> {
        let place = manifest();
        aead_box::seal(self.key(MANIFEST), place.kind, &self.address.record_aad(place), body)
    }

    /// Opens the manifest.
    pub fn open_manifest(&self, sealed: &[u8]) -> Result<Plaintext, BoxError> {
        let place = manifest();
        aead_box::open(self.key(MANIFEST), place.kind, &self.address.record_aad(place), sealed)
    }

    /// The tag that proves a header.
    #[must_use]
    pub fn header_tag(&self, header: &[u8]) -> [u8; TAG_LEN] {
        primitives::hmac_sha256(self.key(HEADER), header)
    }

    /// Whether the tag proves the header.
    #[must_use]
    pub fn proves_header(&self, header: &[u8], tag: &[u8; TAG_LEN]) -> bool {
        primitives::equal(&self.header_tag(header), tag)
    }

    /// The tag that proves an anchor.
    #[must_use]
    pub fn anchor_tag(&self, anchor: &[u8]) -> [u8; TAG_LEN] {
        primitives::hmac_sha256(self.key(ANCHOR), anchor)
    }

    /// Whether the tag proves the anchor.
    #[must_use]
    pub fn proves_anchor(&self, anchor: &[u8], tag: &[u8; TAG_LEN]) -> bool {
        primitives::equal(&self.anchor_tag(anchor), tag)
    }

    /// What tells whether a secret is the same as another of this vault, and tells nobody else
    /// anything. Sixteen bytes are plenty: nobody can search for two values that collide without
    /// this key.
    ///
    /// # Panics
    /// Never: a tag is longer.
    #[must_use]
    pub fn fingerprint(&self, secret: &[u8]) -> [u8; FINGERPRINT_LEN] {
        let tag = primitives::hmac_sha256(self.key(FINGERPRINTS), secret);
        *tag.first_chunk().expect("a tag is longer than a fingerprint")
    }

    /// Seals with a chosen salt, for the frozen vectors.
    #[cfg(test)]
    pub(crate) fn seal_record_with_salt(
        &self,
        place: RecordAddress,
        body: &[u8],
        salt: &[u8; 32],
    ) -> Vec<u8> {
        let aad = self.address.record_aad(place);
        aead_box::seal_with_salt(self.key(RECORDS), place.kind, &aad, body, salt)
    }
}

impl std::fmt::Debug for VaultKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("VaultKey")
            .field("vault", &self.address.vault)
            .finish_non_exhaustive()
    }
}

const fn manifest() -> RecordAddress {
    RecordAddress { record: RecordId::from_bytes([0; 16]), kind: MANIFEST_KIND }
}

/// Copies a root key out of an opened slot.
pub(crate) fn root_from(plaintext: &[u8]) -> Option<Zeroizing<[u8; KEY_LEN]>> {
    plaintext.try_into().ok().map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> VaultKey {
        VaultKey::make_random(VaultId::make_random(), 1)
    }

    #[test]
    fn the_six_keys_of_a_page_differ() {
        let key = key();
        let all: std::collections::BTreeSet<_> =
            [ROOT, RECORDS, MANIFEST, HEADER, ANCHOR, FINGERPRINTS]
                .map(|place| *key.key(place))
                .into();
        assert_eq!(all.len(), 6);
    }

    #[test]
    fn another_vault_or_epoch_derives_other_keys_from_the_same_root() {
        let vault = VaultId::make_random();
        let one = VaultKey::from_root(KeyAddress { vault, epoch: 1 }, &[7; 32]);
        let two = VaultKey::from_root(KeyAddress { vault, epoch: 2 }, &[7; 32]);
        let other = KeyAddress { vault: VaultId::make_random(), epoch: 1 };
        let three = VaultKey::from_root(other, &[7; 32]);
        assert_ne!(one.key(RECORDS), two.key(RECORDS));
        assert_ne!(one.key(RECORDS), three.key(RECORDS));
    }

    #[test]
    fn a_manifest_does_not_open_as_a_record() {
        let key = key();
        let sealed = key.seal_manifest(b"body");
        assert_eq!(&*key.open_manifest(&sealed).unwrap(), b"body");
        assert_eq!(key.open_record(manifest(), &sealed).unwrap_err(), BoxError::Refused);
    }

    #[test]
    fn a_tag_proves_its_own_bytes_for_its_own_use_only() {
        let key = key();
        let tag = key.header_tag(b"header");
        assert!(key.proves_header(b"header", &tag));
        assert!(!key.proves_header(b"headeR", &tag));
        assert!(!key.proves_anchor(b"header", &tag));
    }

    #[test]
    fn equal_secrets_have_one_fingerprint_and_a_single_bit_makes_another() {
        let key = key();
        let first = key.fingerprint(b"dc_0123457x9z");
        assert_eq!(key.fingerprint(b"dc_0123457x9z"), first);
        for at in 0..13 * 8 {
            let mut other = *b"dc_0123457x9z";
            other[at / 8] ^= 1 << (at % 8);
            assert_ne!(key.fingerprint(&other), first, "bit {at}");
        }
    }

    #[test]
    fn a_fingerprint_means_nothing_in_another_vault_and_is_no_plain_hash() {
        let secret = b"dc_0123457x9z";
        let (one, two) = (key(), key());
        assert_ne!(one.fingerprint(secret), two.fingerprint(secret));
        assert_ne!(one.fingerprint(secret)[..], primitives::sha256(&[secret])[..FINGERPRINT_LEN]);
        assert_ne!(one.fingerprint(secret)[..], one.header_tag(secret)[..FINGERPRINT_LEN]);
    }

    #[test]
    fn debug_shows_no_key() {
        let key = VaultKey::from_root(
            KeyAddress { vault: VaultId::from_bytes([1; 16]), epoch: 1 },
            &[0xAB; 32],
        );
        let shown = format!("{key:?}").to_lowercase();
        assert!(!shown.contains("ab"), "{shown}");
    }
}
