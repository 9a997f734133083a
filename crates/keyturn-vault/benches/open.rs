//! Opening a vault of 10,000 records beyond the key derivation, and saving into it.
//!
//! The derivation is measured apart in the same run: opening with the keyring needs none. Every record
//! here is a credential's metadata, the costliest kind to open; 10,000 secrets lie beside them, which
//! are hashed only.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::time::{Duration, Instant};

use keyturn_core::{
    Credential, Field, FieldValue, ManualClock, RevealState, SecretFields, SecretString,
};
use keyturn_vault::{Batch, KdfCost, MemoryKeystore, Protection, Unlock, Vault, VaultPaths};

const RECORDS: usize = 10_000;
const ROUNDS: usize = 15;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let keystore = MemoryKeystore::new();
    let paths = paths(&folder, "keyring");
    let clock = ManualClock::at(chrono::DateTime::from_timestamp(1_772_000_000, 0).unwrap());
    let create = |paths: &VaultPaths, protection, passphrase: Option<&SecretString>, cost| {
        Vault::create(paths, protection, passphrase, &keystore, cost, &clock).unwrap().0
    };
    let mut vault = create(&paths, Protection::Keyring, None, KdfCost::CHEAPEST);
    vault.commit(metadata(RECORDS)).unwrap();
    drop(vault);
    let opening = median(|| {
        let begun = Instant::now();
        let vault = Vault::open(&paths, Unlock::Keyring, &keystore).unwrap();
        let took = begun.elapsed();
        assert_eq!(vault.credentials().count(), RECORDS);
        took
    });
    println!("vault open, 10,000 records beyond the KDF: {opening} ms (bar 100 ms)");

    let mut vault = Vault::open(&paths, Unlock::Keyring, &keystore).unwrap();
    let ids: Vec<_> = vault.credentials().map(|credential| credential.id).collect();
    let mut batch = Batch::new();
    for id in &ids {
        batch.put_secrets(*id, secrets());
    }
    vault.commit(batch).unwrap();
    drop(vault);
    let opening = median(|| {
        let begun = Instant::now();
        drop(Vault::open(&paths, Unlock::Keyring, &keystore).unwrap());
        begun.elapsed()
    });
    println!("vault open, 10,000 credentials with secrets (20,000 records): {opening} ms");

    let mut vault = Vault::open(&paths, Unlock::Keyring, &keystore).unwrap();
    let mut saves: Vec<Duration> = (0..100)
        .map(|at| {
            let mut batch = Batch::new();
            batch.put_secrets(ids[at], secrets());
            let begun = Instant::now();
            vault.commit(batch).unwrap();
            begun.elapsed()
        })
        .collect();
    saves.sort_unstable();
    println!("vault save among 20,000 records, p95: {} ms (bar 20 ms)", ms(saves[95]));
    drop(vault);

    let paths = self::paths(&folder, "passphrase");
    let passphrase = SecretString::new("tulip-anvil-coral-ninety".to_owned());
    drop(create(&paths, Protection::Passphrase, Some(&passphrase), KdfCost::Calibrate));
    let derivation = median(|| {
        let begun = Instant::now();
        drop(Vault::open(&paths, Unlock::Passphrase(&passphrase), &keystore).unwrap());
        begun.elapsed()
    });
    println!("vault open, empty, calibrated KDF included: {derivation} ms (aim 700 to 1000 ms)");
}

fn median(measure: impl FnMut() -> Duration) -> String {
    let mut rounds: Vec<_> = std::iter::repeat_with(measure).take(ROUNDS).collect();
    rounds.sort_unstable();
    ms(rounds[ROUNDS / 2])
}

fn ms(span: Duration) -> String {
    format!("{:.1}", span.as_secs_f64() * 1000.0)
}

fn paths(folder: &tempfile::TempDir, name: &str) -> VaultPaths {
    let at = |file: &str| folder.path().join(name).join(file);
    VaultPaths {
        vault: at("vault.kyt"),
        backups: at("backups"),
        anchor: at("anchor"),
        lock: at("lock"),
    }
}

fn metadata(count: usize) -> Batch {
    let now = chrono::DateTime::from_timestamp(1_772_000_000, 0).unwrap();
    let mut batch = Batch::new();
    for number in 0..count {
        let reference = format!("provider-{}/credential-{number}", number % 40).parse().unwrap();
        batch.put_credential(Credential {
            owner: Some("Platform team".to_owned()),
            fields: vec![
                Field {
                    name: "client_id".parse().unwrap(),
                    value: FieldValue::Open(format!("client-{number:08}")),
                },
                Field {
                    name: "client_secret".parse().unwrap(),
                    value: FieldValue::Secret { last_four: Some("7x9z".to_owned()) },
                },
            ],
            reveal: RevealState::NotApplicable,
            secret_version: 1,
            secrets_stored_at: None,
            ..Credential::new(reference, vec!["production".parse().unwrap()], now)
        });
    }
    batch
}

fn secrets() -> SecretFields {
    let value = SecretString::new("a-secret-of-forty-characters-0123456789a".to_owned());
    [("client_secret".parse().unwrap(), value)].into_iter().collect()
}
