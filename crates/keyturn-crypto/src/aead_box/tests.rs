//! The box: every byte of it and of its additional data counts.

use super::*;

const KEY: [u8; KEY_LEN] = [7; KEY_LEN];
const AAD: [u8; 42] = [9; 42];

#[test]
fn sizes_come_in_steps_of_256_and_bodies_survive() {
    for length in [0, 1, 251, 252, 253, 508, 509, 70_000] {
        let body = vec![0xAB; length];
        let sealed = seal(&KEY, 3, &AAD, &body);
        assert_eq!((sealed.len() - BOX_OVERHEAD) % STEP, 0);
        assert_eq!(sealed.len(), sealed_len(length));
        assert_eq!(&*open(&KEY, 3, &AAD, &sealed).unwrap(), body.as_slice());
    }
    assert_eq!(sealed_len(252), BOX_OVERHEAD + 256);
    assert_eq!(sealed_len(253), BOX_OVERHEAD + 512);
}

#[test]
fn every_flipped_byte_is_found() {
    let sealed = seal(&KEY, 3, &AAD, b"body");
    for at in 0..sealed.len() {
        for bit in [1, 0x80] {
            let mut flipped = sealed.clone();
            flipped[at] ^= bit;
            assert!(open(&KEY, 3, &AAD, &flipped).is_err(), "byte {at}");
        }
    }
}

#[test]
fn every_flipped_byte_of_the_additional_data_is_found() {
    let sealed = seal(&KEY, 3, &AAD, b"body");
    for at in 0..AAD.len() {
        let mut flipped = AAD;
        flipped[at] ^= 1;
        assert_eq!(open(&KEY, 3, &flipped, &sealed).unwrap_err(), BoxError::Refused, "byte {at}");
    }
}

#[test]
fn another_key_or_kind_is_refused() {
    let sealed = seal(&KEY, 3, &AAD, b"body");
    assert_eq!(open(&[8; KEY_LEN], 3, &AAD, &sealed).unwrap_err(), BoxError::Refused);
    assert_eq!(open(&KEY, 4, &AAD, &sealed).unwrap_err(), BoxError::Refused);
}

#[test]
fn every_truncation_and_an_extension_is_refused() {
    let sealed = seal(&KEY, 3, &AAD, b"body");
    for length in 0..sealed.len() {
        assert!(open(&KEY, 3, &AAD, &sealed[..length]).is_err(), "{length} bytes");
    }
    let longer = [sealed.as_slice(), &[0; STEP]].concat();
    assert!(open(&KEY, 3, &AAD, &longer).is_err());
}

#[test]
fn an_unknown_suite_is_named_as_such() {
    let mut sealed = seal(&KEY, 3, &AAD, b"body");
    sealed[0] = 2;
    assert_eq!(open(&KEY, 3, &AAD, &sealed).unwrap_err(), BoxError::UnknownSuite);
}

#[test]
fn two_boxes_of_one_body_share_nothing_but_the_suite() {
    let (one, two) = (seal(&KEY, 3, &AAD, b"body"), seal(&KEY, 3, &AAD, b"body"));
    assert_ne!(one[1..33], two[1..33], "salt");
    assert_ne!(one[33..65], two[33..65], "commitment");
    assert_ne!(one[65..], two[65..], "ciphertext");
}

/// A body whose padding is not what sealing writes, authenticated with the right key all the same.
fn sealed_padding(plaintext: &[u8]) -> Vec<u8> {
    let salt = [5; SALT_LEN];
    let keys = BoxKeys::derive(&KEY, 3, &salt);
    let mut buffer = plaintext.to_vec();
    let tag = primitives::gcm_seal(keys.key(), keys.nonce(), &AAD, &mut buffer);
    [&[SUITE], salt.as_slice(), keys.commitment(), &buffer, &tag].concat()
}

#[test]
fn padding_has_one_form() {
    let mut plaintext = [0; STEP];
    plaintext[3] = 4;
    assert_eq!(open(&KEY, 3, &AAD, &sealed_padding(&plaintext)).unwrap().len(), 4);
    let mut dirty = plaintext;
    dirty[STEP - 1] = 1;
    assert_eq!(open(&KEY, 3, &AAD, &sealed_padding(&dirty)).unwrap_err(), BoxError::Refused);
    let mut long = plaintext;
    long[0] = 0xFF;
    assert_eq!(open(&KEY, 3, &AAD, &sealed_padding(&long)).unwrap_err(), BoxError::Refused);
    let wide = [plaintext, [0; STEP]].concat();
    assert_eq!(open(&KEY, 3, &AAD, &sealed_padding(&wide)).unwrap_err(), BoxError::Refused);
}
