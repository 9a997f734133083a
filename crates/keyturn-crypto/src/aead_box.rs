//! The box that every record, the manifest and every slot is kept in.
//!
//! `suite(1) ‖ salt(32) ‖ commitment(32) ‖ ciphertext ‖ tag(16)`. The salt is fresh for every box, and
//! HKDF-SHA-512 makes from it the AES-256-GCM key, the nonce and the commitment: every key encrypts
//! once, so no nonce can meet a key twice. The commitment is compared in constant time before anything
//! is decrypted, so that a box opens under one key only. The plaintext is its length, the body, and
//! zeros up to a step of 256 bytes. Callers: [`crate::VaultKey`] and [`crate::Slot`].

use thiserror::Error;
use zeroize::Zeroizing;

use crate::SUITE;
use crate::primitives::{self, GCM_TAG_LEN, KEY_LEN, NONCE_LEN};

/// Bytes that a box adds to its padded plaintext.
pub const BOX_OVERHEAD: usize = 1 + SALT_LEN + COMMITMENT_LEN + GCM_TAG_LEN;

/// What the sizes of plaintexts are rounded up to.
pub(crate) const STEP: usize = 256;

const SALT_LEN: usize = 32;
const COMMITMENT_LEN: usize = 32;
const PREFIX_LEN: usize = 1 + SALT_LEN + COMMITMENT_LEN;
const BODY_LENGTH_LEN: usize = 4;
const INFO: &[u8] = b"keyturn/1/box";

/// Says why a box does not open. Deliberately coarse: which check failed is nobody's business.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum BoxError {
    /// It was sealed by a suite that this build does not know.
    #[error("the box uses an unknown cipher suite")]
    UnknownSuite,
    /// It has the wrong size, another key, another place, or was changed.
    #[error("the box does not open with this key at this place")]
    Refused,
}

/// The body of an opened box; wiped when dropped.
pub struct Plaintext(Zeroizing<Vec<u8>>);

impl std::ops::Deref for Plaintext {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for Plaintext {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("<redacted>")
    }
}

/// The size of the box of a body.
pub(crate) const fn sealed_len(body: usize) -> usize {
    BOX_OVERHEAD + (body + BODY_LENGTH_LEN).next_multiple_of(STEP)
}

/// Seals `body` for the place that `kind` and `aad` name.
pub(crate) fn seal(key: &[u8; KEY_LEN], kind: u16, aad: &[u8], body: &[u8]) -> Vec<u8> {
    let mut salt = [0; SALT_LEN];
    getrandom::fill(&mut salt).expect("the operating system gives random bytes");
    seal_with_salt(key, kind, aad, body, &salt)
}

/// Seals with a given salt; a salt used twice breaks everything, so only frozen vectors may choose one.
pub(crate) fn seal_with_salt(
    key: &[u8; KEY_LEN],
    kind: u16,
    aad: &[u8],
    body: &[u8],
    salt: &[u8; SALT_LEN],
) -> Vec<u8> {
    let keys = BoxKeys::derive(key, kind, salt);
    let length = u32::try_from(body.len()).expect("a body is shorter than 4 GiB");
    // The whole box is allocated at once: growing would leave copies of the body behind.
    let mut sealed = Vec::with_capacity(sealed_len(body.len()));
    sealed.push(SUITE);
    sealed.extend_from_slice(salt);
    sealed.extend_from_slice(keys.commitment());
    sealed.extend_from_slice(&length.to_be_bytes());
    sealed.extend_from_slice(body);
    sealed.resize(sealed_len(body.len()) - GCM_TAG_LEN, 0);
    let (_, plaintext) = sealed.split_at_mut(PREFIX_LEN);
    let tag = primitives::gcm_seal(keys.key(), keys.nonce(), aad, plaintext);
    sealed.extend_from_slice(&tag);
    sealed
}

/// Opens a box at the place that `kind` and `aad` name.
pub(crate) fn open(
    key: &[u8; KEY_LEN],
    kind: u16,
    aad: &[u8],
    sealed: &[u8],
) -> Result<Plaintext, BoxError> {
    if *sealed.first().ok_or(BoxError::Refused)? != SUITE {
        return Err(BoxError::UnknownSuite);
    }
    let padded = sealed.len().checked_sub(BOX_OVERHEAD).ok_or(BoxError::Refused)?;
    if padded == 0 || padded % STEP != 0 {
        return Err(BoxError::Refused);
    }
    let split = || {
        let (salt, rest) = sealed.get(1..)?.split_first_chunk::<SALT_LEN>()?;
        let (commitment, rest) = rest.split_first_chunk::<COMMITMENT_LEN>()?;
        let (ciphertext, tag) = rest.split_last_chunk::<GCM_TAG_LEN>()?;
        Some((salt, commitment, ciphertext, tag))
    };
    let (salt, commitment, ciphertext, tag) = split().ok_or(BoxError::Refused)?;
    let keys = BoxKeys::derive(key, kind, salt);
    if !primitives::equal(keys.commitment(), commitment) {
        return Err(BoxError::Refused);
    }
    let mut plaintext = Zeroizing::new(ciphertext.to_vec());
    if !primitives::gcm_open(keys.key(), keys.nonce(), aad, &mut plaintext, tag) {
        return Err(BoxError::Refused);
    }
    unpad(plaintext)
}

/// Takes length and padding off; authenticated bytes of another shape are refused all the same.
fn unpad(mut plaintext: Zeroizing<Vec<u8>>) -> Result<Plaintext, BoxError> {
    let (length, rest) =
        plaintext.split_first_chunk::<BODY_LENGTH_LEN>().ok_or(BoxError::Refused)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| BoxError::Refused)?;
    let padding = rest.get(length..).ok_or(BoxError::Refused)?;
    if padding.len() >= STEP || padding.iter().any(|byte| *byte != 0) {
        return Err(BoxError::Refused);
    }
    // What shifting leaves behind stays within the buffer, which is wiped to its capacity.
    plaintext.copy_within(BODY_LENGTH_LEN..BODY_LENGTH_LEN + length, 0);
    plaintext.truncate(length);
    Ok(Plaintext(plaintext))
}

/// AES key, nonce and commitment of one box.
struct BoxKeys(Zeroizing<[u8; KEY_LEN + NONCE_LEN + COMMITMENT_LEN]>);

impl BoxKeys {
    fn derive(key: &[u8; KEY_LEN], kind: u16, salt: &[u8; SALT_LEN]) -> Self {
        let mut derived = Zeroizing::new([0; KEY_LEN + NONCE_LEN + COMMITMENT_LEN]);
        primitives::hkdf_sha512(salt, key, &[INFO, &kind.to_be_bytes()], derived.as_mut_slice());
        Self(derived)
    }

    fn key(&self) -> &[u8; KEY_LEN] {
        self.0.first_chunk().expect("the key comes first")
    }

    fn nonce(&self) -> &[u8; NONCE_LEN] {
        let (_, rest) = self.0.split_at(KEY_LEN);
        rest.first_chunk().expect("the nonce follows the key")
    }

    fn commitment(&self) -> &[u8; COMMITMENT_LEN] {
        self.0.last_chunk().expect("the commitment comes last")
    }
}

#[cfg(test)]
mod tests;
