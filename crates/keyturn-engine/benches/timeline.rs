//! What the timeline and the calendar file of 10,000 credentials cost, beyond an open vault. Time on the
//! processor is counted, so that other programs on the machine do not.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::unwrap_used, reason = "a benchmark")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{Days, TimeDelta};
use keyturn_core::rotation::{OldKeyEnd, Route, SupportRequest};
use keyturn_core::{
    Clock, Credential, CredentialId, FixedChance, Rotation, RotationPolicy, Secret, SystemClock,
};
use keyturn_engine::{AddCredential, Engine, Init, Ports, UnlockWith};
use keyturn_http::HttpTransport;
use keyturn_providers::Catalogue;
use keyturn_vault::{Batch, KdfCost, MemoryKeystore, Protection, Unlock, Vault, VaultPaths};

const CREDENTIALS: usize = 10_000;
const ROUNDS: usize = 15;

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
    let engine = Arc::new(Engine::new(Ports {
        clock: Arc::new(SystemClock),
        chance: Arc::new(FixedChance(0.5)),
        transport: Arc::new(HttpTransport::new()),
        keystore: keystore.clone(),
        catalogue: Catalogue::builtin(),
        own_profiles: at("providers"),
        paths: paths(),
        kdf_cost: KdfCost::CHEAPEST,
    }));
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

    let timeline = median(|| {
        let begun = on_the_processor();
        let timeline = engine.timeline().unwrap();
        let took = on_the_processor().saturating_sub(begun);
        assert_eq!(timeline.lanes.len(), CREDENTIALS);
        took
    });
    let verdict = if timeline <= Duration::from_millis(50) { "ok" } else { "MISSED" };
    println!("timeline of 10,000 credentials: {} ms (bar 50 ms) {verdict}", ms(timeline));
    let calendar = median(|| {
        let begun = on_the_processor();
        let calendar = engine.calendar(true).unwrap();
        let took = on_the_processor().saturating_sub(begun);
        assert!(calendar.events as usize >= CREDENTIALS);
        took
    });
    println!("calendar file of 10,000 credentials, alarms included: {} ms", ms(calendar));
    engine.lock().unwrap();
}

fn first() -> AddCredential {
    let secret = Secret::new("a-secret-of-forty-characters-0123456789a".to_owned());
    AddCredential {
        provider: "deepvue".parse().unwrap(),
        name: "credential-0".parse().unwrap(),
        environments: Vec::new(),
        owner: Some("Platform team, Europe".to_owned()),
        note: None,
        fields: BTreeMap::from([("client_id".parse().unwrap(), "id-1".to_owned())]),
        secrets: [("client_secret".parse().unwrap(), secret)].into_iter().collect(),
        mark: None,
        rotation: policy(0),
        plan: None,
        keep_fresh: false,
        allow_plain_http: false,
    }
}

/// One like the first, with other days; each tenth is being replaced.
fn another(first: &Credential, number: usize) -> Credential {
    let mut credential = first.clone();
    credential.id = CredentialId::make_random();
    credential.name = format!("credential-{number}").parse().unwrap();
    credential.rotation = policy(number);
    if number.is_multiple_of(10) {
        let route = Route { requested: true, confirmed: true, old_key: OldKeyEnd::OnConfirmation };
        let mut rotation = Rotation::start(route, SystemClock.now() - TimeDelta::days(3));
        let on = SystemClock.today();
        rotation.ask(SupportRequest { on, ticket: None, note: None }).unwrap();
        credential.rotating = Some(rotation);
    }
    credential
}

fn policy(number: usize) -> RotationPolicy {
    let today = SystemClock.today();
    let days = |days: usize| Days::new(u64::try_from(days).unwrap());
    RotationPolicy {
        issued_on: Some(today - days(number % 300)),
        expires_on: Some(today + days(400 + number % 500)),
        rotate_every_days: Some(365),
        ..RotationPolicy::default()
    }
}

/// How long this thread was on a processor so far, to a tick of the scheduler.
fn on_the_processor() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    let nanos = told.split(' ').next().and_then(|nanos| nanos.parse().ok());
    Duration::from_nanos(nanos.unwrap())
}

fn median(measure: impl FnMut() -> Duration) -> Duration {
    let mut rounds: Vec<_> = std::iter::repeat_with(measure).take(ROUNDS).collect();
    rounds.sort_unstable();
    rounds[ROUNDS / 2]
}

fn ms(span: Duration) -> String {
    format!("{:.1}", span.as_secs_f64() * 1000.0)
}
