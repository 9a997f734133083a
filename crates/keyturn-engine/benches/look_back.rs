//! What reads the whole journal or looks through all versions: consumers, finder, health. And what an
//! older vault costs once, when its versions are filled in.
//!
//! 10,000 credentials and 10,000 entries in a real file, which no developer has.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::{
    Clock as _, Credential, Field, FieldValue, FixedChance, RevealState, Secret, SystemClock,
};
use keyturn_engine::{Engine, Ports, UnlockWith};
use keyturn_http::{Endpoint, Outgoing, SendError, Sending, Transport};
use keyturn_providers::Catalogue;
use keyturn_vault::{Batch, JournalEntry, KdfCost, MemoryKeystore, Protection, Vault, VaultPaths};

const CREDENTIALS: usize = 10_000;
const ENTRIES: usize = 10_000;
const BAR: Duration = Duration::from_millis(250);
const PASSPHRASE: &str = "correct horse battery staple vulture";

/// Nothing here asks a provider.
struct Nobody;

impl Transport for Nobody {
    fn send<'a>(&'a self, _: &'a Endpoint, _: &'a Outgoing) -> Sending<'a> {
        Box::pin(async { Err(SendError::Dns { host: "nobody.example".to_owned() }) })
    }
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let keystore = Arc::new(MemoryKeystore::new());
    fill(&folder, &keystore);
    let engine = Engine::new(Ports {
        clock: Arc::new(SystemClock),
        chance: Arc::new(FixedChance(0.5)),
        transport: Arc::new(Nobody),
        keystore,
        catalogue: Catalogue::builtin(),
        own_profiles: folder.path().join("providers"),
        paths: paths(&folder),
        kdf_cost: KdfCost::CHEAPEST,
    });
    let first = unlock(&engine);
    engine.lock().unwrap();
    let then = unlock(&engine);
    let once = first.saturating_sub(then);
    println!(
        "{CREDENTIALS} credentials of an older vault: their versions are filled in within {} ms, once",
        once.as_millis()
    );
    let reference = "deepidv/key-7".parse().unwrap();
    told("who uses a credential", || {
        let shown = engine.consumers(&reference).unwrap();
        assert_eq!(shown.seen.len(), 1);
    });
    told("a key by its last four characters", || {
        assert!(!engine.find("0007").unwrap().is_empty());
    });
    told("a text that nothing has", || assert!(engine.find("zzzz").unwrap().is_empty()));
    told("the health of all", || {
        assert_eq!(engine.health().unwrap().credentials as usize, CREDENTIALS);
    });
}

/// The median of nine.
fn told(what: &str, work: impl Fn()) {
    let mut times: Vec<Duration> = (0..9)
        .map(|_| {
            let begun = Instant::now();
            work();
            begun.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!(
        "{what}, {CREDENTIALS} credentials, {ENTRIES} journal entries: {:.1} ms (bar {} ms)",
        times[4].as_secs_f64() * 1_000.0,
        BAR.as_millis()
    );
}

fn unlock(engine: &Engine) -> Duration {
    let begun = Instant::now();
    engine.unlock(&UnlockWith::Passphrase(Secret::new(PASSPHRASE.to_owned()))).unwrap();
    begun.elapsed()
}

fn fill(folder: &tempfile::TempDir, keystore: &MemoryKeystore) {
    let passphrase = Secret::new(PASSPHRASE.to_owned());
    let (mut vault, _) = Vault::create(
        &paths(folder),
        Protection::Passphrase,
        Some(&passphrase),
        keystore,
        KdfCost::CHEAPEST,
        &SystemClock,
    )
    .unwrap();
    let now = SystemClock.now();
    let mut batch = Batch::new();
    let mut entries = Vec::new();
    for number in 0..CREDENTIALS {
        let credential = credential(number, now);
        let key = format!("idv-canary-of-the-bench-{number:04}");
        let secrets = [("api_key".parse().unwrap(), Secret::new(key))];
        if number < ENTRIES {
            entries.push(entry(&credential, now - TimeDelta::minutes(5)));
        }
        batch.put_credential(credential.clone());
        batch.put_secrets(credential.id, secrets.into_iter().collect());
    }
    batch.append_journal(entries);
    vault.commit(batch).unwrap();
    vault.lock(keystore);
}

fn entry(credential: &Credential, at: DateTime<Utc>) -> JournalEntry {
    let caller = "keyturn (4711) < make (4000) < zsh (1234) < foot (1)";
    JournalEntry {
        credential: Some(credential.id),
        reference: Some(credential.reference().to_string()),
        version: Some(1),
        ..JournalEntry::new(at, caller, "get")
    }
}

fn credential(number: usize, now: DateTime<Utc>) -> Credential {
    let value = FieldValue::Secret { last_four: Some(format!("{number:04}")) };
    let reference = format!("deepidv/key-{number}").parse().unwrap();
    Credential {
        owner: Some("Ann".to_owned()),
        fields: vec![Field { name: "api_key".parse().unwrap(), value }],
        reveal: RevealState::NotApplicable,
        secret_version: 1,
        ..Credential::new(reference, vec!["production".parse().unwrap()], now)
    }
}

fn paths(folder: &tempfile::TempDir) -> VaultPaths {
    VaultPaths {
        vault: folder.path().join("vault.kyt"),
        backups: folder.path().join("backups"),
        anchor: folder.path().join("anchor"),
        lock: folder.path().join("vault.lock"),
    }
}
