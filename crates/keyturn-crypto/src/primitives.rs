//! The primitives, each behind one function, so that the test vectors run through what the code uses.
//!
//! Nothing here draws random bytes or chooses a nonce. Limits: AES-GCM loses confidentiality and
//! authenticity when a key meets a nonce twice (no key here encrypts twice, see [`crate::aead_box`])
//! and commits to no key (the box adds that).

use aes_gcm::aead::inout::InOutBuf;
use aes_gcm::aead::{AeadInOut, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce, Tag};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256, Sha512};
use subtle::ConstantTimeEq;

/// Bytes of a key.
pub(crate) const KEY_LEN: usize = 32;
/// Bytes of an AES-GCM nonce.
pub(crate) const NONCE_LEN: usize = 12;
/// Bytes of an AES-GCM tag.
pub(crate) const GCM_TAG_LEN: usize = 16;

/// Encrypts `buffer` in place and returns the tag.
pub(crate) fn gcm_seal(
    key: &[u8; KEY_LEN],
    nonce: &[u8; NONCE_LEN],
    aad: &[u8],
    buffer: &mut [u8],
) -> [u8; GCM_TAG_LEN] {
    Aes256Gcm::new(key.into())
        .encrypt_inout_detached(&Nonce::from(*nonce), aad, InOutBuf::from(buffer))
        .expect("a box is far shorter than AES-GCM's limit of 64 GiB")
        .into()
}

/// Decrypts `buffer` in place; `false`, and an unchanged buffer, where the tag does not fit.
#[must_use]
pub(crate) fn gcm_open(
    key: &[u8; KEY_LEN],
    nonce: &[u8; NONCE_LEN],
    aad: &[u8],
    buffer: &mut [u8],
    tag: &[u8; GCM_TAG_LEN],
) -> bool {
    Aes256Gcm::new(key.into())
        .decrypt_inout_detached(&Nonce::from(*nonce), aad, InOutBuf::from(buffer), &Tag::from(*tag))
        .is_ok()
}

/// Fills `out` by HKDF-SHA-512 (RFC 5869).
pub(crate) fn hkdf_sha512(salt: &[u8], key_material: &[u8], info: &[&[u8]], out: &mut [u8]) {
    Hkdf::<Sha512>::new(Some(salt), key_material)
        .expand_multi_info(info, out)
        .expect("no derivation asks for more than 16,320 bytes");
}

/// The HMAC-SHA-256 of `message`.
pub(crate) fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes any key");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// The SHA-256 of all parts, one after the other. Callers keep the parts' bounds unambiguous.
#[must_use]
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

/// Compares two tags without telling by its time where they differ.
#[must_use]
pub(crate) fn equal(left: &[u8; 32], right: &[u8; 32]) -> bool {
    left.ct_eq(right).into()
}

#[cfg(test)]
mod tests;
