//! Slots: each opens with its own secret only, and every field of it counts.

use keyturn_core::VaultId;

use super::*;
use crate::KdfCost;

const EPOCH: u32 = 1;

fn vault() -> VaultId {
    VaultId::from_bytes([0x11; 16])
}

fn key() -> VaultKey {
    VaultKey::make_random(vault(), EPOCH)
}

fn cost() -> KdfParameters {
    KdfParameters::from_cost(KdfCost::CHEAPEST).unwrap()
}

fn phrase(text: &str) -> SecretString {
    SecretString::new(text.to_owned())
}

#[test]
fn every_kind_of_slot_gives_the_key_back() {
    let key = key();
    let (text, keyring, recovery) =
        (phrase("tulip-anvil"), KeyringSecret::make_random(), RecoveryKey::make_random());
    for secret in [
        SlotSecret::Keyring(&keyring),
        SlotSecret::Passphrase(&text),
        SlotSecret::Both(&text, &keyring),
        SlotSecret::Recovery(&recovery),
    ] {
        let slot = Slot::make(&key, secret, cost()).unwrap();
        let read = Slot::from_bytes(&slot.to_bytes()).unwrap();
        assert_eq!(read, slot);
        let opened = read.open(vault(), EPOCH, secret).unwrap();
        assert_eq!(opened.root(), key.root(), "{:?}", secret.kind());
    }
}

#[test]
fn a_wrong_half_of_both_looks_like_any_wrong_key() {
    let (text, keyring) = (phrase("tulip-anvil"), KeyringSecret::make_random());
    let slot = Slot::make(&key(), SlotSecret::Both(&text, &keyring), cost()).unwrap();
    let (other_text, other_keyring) = (phrase("tulip-anvils"), KeyringSecret::make_random());
    let refused = [
        slot.open(vault(), EPOCH, SlotSecret::Both(&other_text, &keyring)),
        slot.open(vault(), EPOCH, SlotSecret::Both(&text, &other_keyring)),
    ];
    for refusal in refused {
        assert_eq!(refusal.unwrap_err().to_string(), "the key does not open this vault");
    }
}

#[test]
fn every_flipped_byte_of_a_keyring_slot_is_found() {
    let keyring = KeyringSecret::make_random();
    let bytes = Slot::make(&key(), SlotSecret::Keyring(&keyring), cost()).unwrap().to_bytes();
    for at in 0..SLOT_LEN {
        let mut flipped = bytes;
        flipped[at] ^= 1;
        let opened = Slot::from_bytes(&flipped)
            .and_then(|slot| slot.open(vault(), EPOCH, SlotSecret::Keyring(&keyring)));
        assert!(opened.is_err(), "byte {at}");
    }
}

#[test]
fn every_header_field_of_a_passphrase_slot_is_bound() {
    let text = phrase("tulip-anvil");
    let bytes = Slot::make(&key(), SlotSecret::Passphrase(&text), cost()).unwrap().to_bytes();
    // id, kind, KDF, and the lowest bytes of memory, passes and lanes, then the KDF's salt.
    for (at, bit) in
        [(0, 1), (15, 1), (16, 1), (17, 1), (21, 1), (25, 4), (29, 2), (30, 1), (61, 1)]
    {
        let mut flipped = bytes;
        flipped[at] ^= bit;
        let opened = Slot::from_bytes(&flipped)
            .and_then(|slot| slot.open(vault(), EPOCH, SlotSecret::Passphrase(&text)));
        assert!(opened.is_err(), "byte {at}");
    }
}

#[test]
fn the_wrapping_binds_slot_fields_even_where_the_derived_key_stays_the_same() {
    // The id takes no part in the derivation; only the additional data holds it.
    let keyring = KeyringSecret::make_random();
    let slot = Slot::make(&key(), SlotSecret::Keyring(&keyring), cost()).unwrap();
    let mut other = slot.clone();
    other.header.id = [0; 16];
    assert!(matches!(
        other.open(vault(), EPOCH, SlotSecret::Keyring(&keyring)),
        Err(SlotError::WrongKey)
    ));
}

#[test]
fn a_slot_opens_in_its_own_vault_and_epoch_only() {
    let keyring = KeyringSecret::make_random();
    let secret = SlotSecret::Keyring(&keyring);
    let slot = Slot::make(&key(), secret, cost()).unwrap();
    assert!(slot.open(VaultId::from_bytes([0x12; 16]), EPOCH, secret).is_err());
    assert!(slot.open(vault(), 2, secret).is_err());
    assert!(slot.open(vault(), EPOCH, secret).is_ok(), "positive control");
}

#[test]
fn hostile_kdf_parameters_are_refused_when_the_slot_is_read() {
    let text = phrase("tulip-anvil");
    let bytes = Slot::make(&key(), SlotSecret::Passphrase(&text), cost()).unwrap().to_bytes();
    for (memory, passes, lanes) in [
        (8_u32, 3_u32, 1_u32),
        (u32::MAX, 3, 1),
        (65_536, 1, 1),
        (65_536, u32::MAX, 1),
        (65_536, 3, 0),
    ] {
        let mut hostile = bytes;
        hostile[18..22].copy_from_slice(&memory.to_be_bytes());
        hostile[22..26].copy_from_slice(&passes.to_be_bytes());
        hostile[26..30].copy_from_slice(&lanes.to_be_bytes());
        let refused = Slot::from_bytes(&hostile);
        assert!(matches!(refused, Err(SlotError::Kdf(KdfError::OutOfBounds))), "{memory}");
    }
}

#[test]
fn an_empty_passphrase_makes_no_slot() {
    let refused = Slot::make(&key(), SlotSecret::Passphrase(&phrase("")), cost());
    assert!(matches!(refused, Err(SlotError::Passphrase(PassphraseError::Empty))));
}

#[test]
fn a_keyring_value_of_another_length_is_no_secret() {
    assert!(KeyringSecret::from_bytes(&[1; 31]).is_none());
    assert!(KeyringSecret::from_bytes(&[1; 33]).is_none());
    assert!(KeyringSecret::from_bytes(&[1; 32]).is_some());
}
