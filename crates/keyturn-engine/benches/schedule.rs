//! What reminders of 10,000 credentials cost: reckoning the schedule anew, looking whether something is
//! due, and writing the schedule's file.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Days};
use keyturn_core::{
    Credential, CredentialId, FixedChance, ManualClock, RotationPolicy, Secret, SecretFields,
};
use keyturn_engine::{AddCredential, Engine, Init, Ports, UnlockWith};
use keyturn_http::HttpTransport;
use keyturn_providers::Catalogue;
use keyturn_vault::{Batch, KdfCost, MemoryKeystore, Protection, Unlock, Vault, VaultPaths};

const CREDENTIALS: usize = 10_000;
const ROUNDS: usize = 15;
const RECKONED_WITHIN: Duration = Duration::from_millis(20);
/// Every second one that is due is told, so that there is something to remember.
const TOLD: usize = 2;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let keystore = Arc::new(MemoryKeystore::new());
    let at = |file: &str| folder.path().join(file);
    let paths = || VaultPaths {
        vault: at("vault.kyt"),
        backups: at("backups"),
        anchor: at("anchor"),
        lock: at("lock"),
    };
    let now = DateTime::from_timestamp(1_772_000_000, 0).unwrap();
    let clock = Arc::new(ManualClock::at(now));
    let engine = Engine::new(Ports {
        clock: clock.clone(),
        chance: Arc::new(FixedChance(0.5)),
        transport: Arc::new(HttpTransport::new()),
        keystore: keystore.clone(),
        catalogue: Catalogue::builtin(),
        own_profiles: at("providers"),
        paths: paths(),
        kdf_cost: KdfCost::CHEAPEST,
    });
    engine.init(&Init { protection: Some(Protection::Keyring), passphrase: None }).unwrap();
    engine.add(first(), "bench").unwrap();
    engine.lock().unwrap();
    let mut vault = Vault::open(&paths(), Unlock::Keyring, &*keystore).unwrap();
    let first = vault.credentials().next().unwrap().clone();
    let mut batch = Batch::new();
    (1..CREDENTIALS).for_each(|number| batch.put_credential(another(&first, number)));
    vault.commit(batch).unwrap();
    drop(vault);
    engine.unlock(&UnlockWith::Keyring).unwrap();
    engine.load_schedule();
    let due = engine.reminders_to_tell();
    let told: Vec<_> = due.into_iter().step_by(TOLD).map(|one| one.id).collect();
    engine.told(&told).unwrap();

    let reckoned = median(|| engine.reckon_reminders().unwrap());
    let looked = median(|| {
        assert!(!engine.reminders_to_tell().is_empty());
        assert!(engine.next_reminder_at().is_some());
    });
    let written = median(|| {
        engine.mark_read(&[]).unwrap();
        engine.flush_schedule().unwrap();
    });
    println!("schedule of {CREDENTIALS} credentials (median of {ROUNDS})");
    let verdict = if reckoned <= RECKONED_WITHIN { "holds" } else { "MISSED" };
    println!(
        "  reckoned anew           {reckoned:>10.2?}   at most {RECKONED_WITHIN:?}: {verdict}"
    );
    println!("  looked what is due      {looked:>10.2?}");
    println!("  written, vault and file {written:>10.2?}");
    assert!(reckoned <= RECKONED_WITHIN, "the schedule takes too long");
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            work();
            begun.elapsed()
        })
        .collect();
    times.sort();
    times[ROUNDS / 2]
}

/// Every other provider, with rules of every kind.
fn another(first: &Credential, number: usize) -> Credential {
    let providers = ["deepvue", "deepcurrent", "deepidv", "deeply"];
    let day = |days: usize| first.created_at.date_naive() + Days::new(u64::try_from(days).unwrap());
    let rotation = match number % 4 {
        0 => RotationPolicy { expires_on: Some(day(number % 400)), ..RotationPolicy::default() },
        1 => RotationPolicy { rotate_every_days: Some(90), ..RotationPolicy::default() },
        2 => RotationPolicy { replace_on: Some(day(number % 700)), ..RotationPolicy::default() },
        _ => RotationPolicy::default(),
    };
    Credential {
        id: CredentialId::make_random(),
        name: format!("key-{number}").parse().unwrap(),
        provider: providers[number % providers.len()].parse().unwrap(),
        rotation,
        ..first.clone()
    }
}

fn first() -> AddCredential {
    let name = "client_secret".parse().unwrap();
    let secrets: SecretFields =
        [(name, Secret::new("a-long-lived-key".to_owned()))].into_iter().collect();
    AddCredential {
        provider: "deepvue".parse().unwrap(),
        name: "main".parse().unwrap(),
        environments: Vec::new(),
        owner: None,
        note: None,
        fields: BTreeMap::from([("client_id".parse().unwrap(), "id-1".to_owned())]),
        secrets,
        mark: None,
        rotation: RotationPolicy::default(),
        plan: None,
        keep_fresh: false,
        allow_plain_http: false,
    }
}
