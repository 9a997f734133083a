//! Frozen vectors of format 1: what these inputs give today they give for ever.
//!
//! The same code that checks them makes them: run the test with `KEYTURN_WRITE_FROZEN=1` to write
//! `fixtures/format-1.txt` anew. Only a new format may do that. docs/vault-format.md walks through them.

use std::fmt::Write;

use keyturn_core::{RecordId, SecretString, VaultId};

use crate::aad::KeyAddress;
use crate::{
    KdfCost, KdfParameters, KeyringSecret, RecordAddress, RecoveryKey, Slot, SlotSecret, VaultKey,
};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/format-1.txt");

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

fn counting<const N: usize>(from: u8) -> [u8; N] {
    std::array::from_fn(|at| from.wrapping_add(u8::try_from(at % 256).unwrap()))
}

/// All vectors, one `name = hex` a line.
fn vectors() -> String {
    let mut lines = String::new();
    let mut line = |name: &str, bytes: &[u8]| writeln!(lines, "{name} = {}", hex(bytes)).unwrap();

    let vault = VaultId::from_bytes(counting(0x10));
    let address = KeyAddress { vault, epoch: 1 };
    let root = counting::<32>(0x40);
    let key = VaultKey::from_root(address, &root);
    line("vault id", vault.as_bytes());
    line("vault key", &root);
    line("header tag of 'header'", &key.header_tag(b"header"));
    line("anchor tag of 'anchor'", &key.anchor_tag(b"anchor"));
    line("fingerprint of 'secret'", &key.fingerprint(b"secret"));

    let place = RecordAddress { record: RecordId::from_bytes(counting(0xA0)), kind: 3 };
    let salt = counting::<32>(0x60);
    line("record id", place.record.as_bytes());
    line("record aad", &address.record_aad(place));
    line("record salt", &salt);
    line("record body", b"body");
    let sealed = key.seal_record_with_salt(place, b"body", &salt);
    line("record box", &sealed);
    assert_eq!(&*key.open_record(place, &sealed).unwrap(), b"body");

    let passphrase = SecretString::new("tulip-anvil-coral-\u{fb01}nety".to_owned());
    let keyring = KeyringSecret::from_bytes(&counting::<32>(0x80)).unwrap();
    let recovery = RecoveryKey::from_bytes(counting(0xC0));
    let cost = KdfParameters::from_cost(KdfCost::CHEAPEST).unwrap();
    let random = counting::<80>(0x01);
    line("passphrase", passphrase.expose().as_bytes());
    line("keyring secret", keyring.expose_bytes());
    line("recovery key", recovery.bytes());
    line("recovery key text", recovery.expose_text().expose().as_bytes());
    line("slot randomness", &random);
    for (name, secret) in [
        ("keyring slot", SlotSecret::Keyring(&keyring)),
        ("passphrase slot", SlotSecret::Passphrase(&passphrase)),
        ("both slot", SlotSecret::Both(&passphrase, &keyring)),
        ("recovery slot", SlotSecret::Recovery(&recovery)),
    ] {
        let slot = Slot::make_with(&key, secret, cost, &random).unwrap();
        line(name, &slot.to_bytes());
    }
    lines
}

#[test]
fn the_vectors_of_format_1_still_hold() {
    let made = vectors();
    if std::env::var_os("KEYTURN_WRITE_FROZEN").is_some() {
        std::fs::write(PATH, &made).unwrap();
    }
    let frozen = std::fs::read_to_string(PATH).unwrap();
    for (made, frozen) in made.lines().zip(frozen.lines()) {
        assert_eq!(made, frozen);
    }
    assert_eq!(made, frozen, "no vector is missing");
}
