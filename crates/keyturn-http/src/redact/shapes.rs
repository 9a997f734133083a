//! The shapes in which a secret may come back.

use base64::Engine as _;
use base64::engine::general_purpose::{
    GeneralPurpose, STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD,
};
use keyturn_core::{SecretBytes, SecretString};

/// Shorter values are left alone in texts: they occur in anything.
pub(super) const SHORTEST: usize = 6;

/// The shapes of a secret: as it is, in base64 (alone and within a longer text, as in Basic
/// authentication), in hexadecimal and in UTF-16. Any of them may be escaped, which [`super::escapes`]
/// undoes.
pub(super) fn shapes(secret: &SecretString) -> Vec<SecretBytes> {
    let text = secret.expose().as_str();
    if text.len() < SHORTEST {
        return Vec::new();
    }
    let raw = text.as_bytes();
    let mut shapes: Vec<SecretBytes> = Vec::new();
    let mut add = |shape: Vec<u8>| {
        let shape = SecretBytes::new(shape);
        let new = shapes.iter().all(|known| known.expose() != shape.expose());
        if new && shape.expose().len() >= SHORTEST {
            shapes.push(shape);
        }
    };
    add(raw.to_vec());
    add(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    add(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    for alphabet in [STANDARD, URL_SAFE, STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
        add(alphabet.encode(raw).into_bytes());
    }
    for alphabet in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
        (0..3).for_each(|offset| add(within_base64(&alphabet, raw, offset)));
    }
    for digits in [b"0123456789abcdef", b"0123456789ABCDEF"] {
        let pair = |byte: &u8| [digits[usize::from(byte >> 4)], digits[usize::from(byte & 15)]];
        add(raw.iter().flat_map(pair).collect());
    }
    shapes
}

/// The characters that a secret alone decides on when it stands `offset` bytes into a longer text
/// (modulo 3): those that it shares with what stands before and behind it are left out.
fn within_base64(alphabet: &GeneralPurpose, raw: &[u8], offset: usize) -> Vec<u8> {
    let shifted = [&[0, 0][..offset], raw].concat();
    let encoded = SecretString::new(alphabet.encode(SecretBytes::new(shifted).expose()));
    let shared_before = (offset * 8).div_ceil(6);
    let own = encoded.expose().as_bytes().get(shared_before..).unwrap_or_default();
    let shared_behind = usize::from(!(offset + raw.len()).is_multiple_of(3));
    own[..own.len().saturating_sub(shared_behind)].to_vec()
}
