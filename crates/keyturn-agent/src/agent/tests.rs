//! Locking by itself, on a clock that stands still.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use keyturn_core::{FixedChance, ManualClock};
use keyturn_engine::{Init, Ports, TrashChoice};
use keyturn_http::HttpTransport;
use keyturn_providers::Catalogue;
use keyturn_vault::{KdfCost, MemoryKeystore, Protection, VaultPaths};
use tokio::sync::mpsc::UnboundedReceiver;

use super::*;
use crate::session::Order;

/// An agent in this folder, on this clock, with the other end of its session.
pub(crate) fn agent_in(
    folder: &Path,
    clock: Arc<ManualClock>,
    keystore: Arc<MemoryKeystore>,
) -> (Arc<Agent>, UnboundedReceiver<Order>) {
    // As the agent's own folder is: a vault is made in no other that holds something, and the log is in it.
    std::fs::set_permissions(folder, Permissions::from_mode(0o700)).unwrap();
    let path = |name: &str| folder.join(name);
    let engine = Engine::new(Ports {
        clock: clock.clone(),
        chance: Arc::new(FixedChance(0.5)),
        transport: Arc::new(HttpTransport::new()),
        keystore,
        catalogue: Catalogue::builtin(),
        own_profiles: path("providers"),
        paths: VaultPaths {
            vault: path("vault.kyt"),
            backups: path("backups"),
            anchor: path("anchor"),
            lock: path("vault.lock"),
        },
        kdf_cost: KdfCost::CHEAPEST,
    });
    let home = Home::resolve(Some(folder.to_owned()), 1, |_| None).unwrap();
    let (session, orders) = Session::new();
    let log = Log::to_file(folder, clock).unwrap();
    (Arc::new(Agent::new(Arc::new(engine), home, log, session)), orders)
}

/// An agent with an open vault, and its clock.
pub(crate) fn opened(folder: &tempfile::TempDir) -> (Arc<Agent>, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::at("2026-06-15T12:00:00Z".parse().unwrap()));
    let (agent, _) = agent_in(folder.path(), clock.clone(), Arc::new(MemoryKeystore::new()));
    let protection = Some(Protection::Keyring);
    agent.engine.init(&Init { protection, passphrase: None }).unwrap();
    agent.unlocked();
    (agent, clock)
}

/// Whether it is still open after so long without use, by these settings.
async fn is_open_after(security: SecuritySettings, span: TimeDelta) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let (agent, clock) = opened(&folder);
    agent.engine.set_security(security, "test").unwrap();
    clock.advance(span);
    agent.lock_when_idle().await;
    agent.engine.is_unlocked()
}

fn after(seconds: Option<u32>) -> SecuritySettings {
    SecuritySettings { lock_after_s: seconds, ..SecuritySettings::default() }
}

#[tokio::test]
async fn nobodys_vault_is_locked_after_ten_minutes_and_not_a_second_earlier() {
    let usual = SecuritySettings::default;
    assert!(is_open_after(usual(), TimeDelta::seconds(599)).await);
    assert!(!is_open_after(usual(), TimeDelta::seconds(600)).await);
}

#[tokio::test]
async fn the_time_that_the_user_set_counts() {
    assert!(is_open_after(after(Some(3_600)), TimeDelta::seconds(3_599)).await);
    assert!(!is_open_after(after(Some(3_600)), TimeDelta::hours(1)).await);
    assert!(!is_open_after(after(Some(60)), TimeDelta::seconds(60)).await);
}

#[tokio::test]
async fn a_vault_that_never_locks_by_itself_is_locked_after_twelve_hours_all_the_same() {
    assert!(is_open_after(after(None), TimeDelta::hours(12) - TimeDelta::seconds(1)).await);
    assert!(!is_open_after(after(None), TimeDelta::hours(12)).await);
}

#[tokio::test]
async fn every_use_begins_the_time_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (agent, clock) = opened(&folder);
    for _ in 0..3 {
        clock.advance(TimeDelta::minutes(9));
        agent.used();
        agent.lock_when_idle().await;
        assert!(agent.engine.is_unlocked());
    }
    clock.advance(TimeDelta::minutes(10));
    let mut events = agent.events.subscribe();
    agent.lock_when_idle().await;
    assert!(!agent.engine.is_unlocked());
    assert_eq!(events.try_recv().unwrap(), Event::Locked, "windows are told");
}

#[tokio::test]
async fn why_it_was_locked_is_known_until_it_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let (agent, clock) = opened(&folder);
    assert_eq!(agent.locked_by(), None);
    clock.advance(TimeDelta::minutes(10));
    agent.lock_when_idle().await;
    assert_eq!(agent.locked_by(), Some(LockedBy::Idle));
    agent.lock(LockedBy::User, "the user locked it").await.unwrap();
    assert_eq!(agent.locked_by(), Some(LockedBy::Idle), "it was locked already");
    agent.unlocked();
    assert_eq!(agent.locked_by(), None);
}

#[tokio::test]
async fn what_lay_in_the_trash_for_thirty_days_goes_while_the_vault_is_open_and_that_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (agent, clock) = opened(&folder);
    let reference = added(&agent);
    agent.engine.remove(&reference, "test").unwrap();
    clock.advance(TimeDelta::days(30) - TimeDelta::seconds(1));
    agent.tidy();
    assert_eq!(agent.engine.trash().unwrap().len(), 1);
    clock.advance(TimeDelta::seconds(1));
    let mut events = agent.events.subscribe();
    agent.tidy();
    assert!(agent.engine.trash().unwrap().is_empty());
    assert_eq!(events.try_recv().unwrap(), Event::CredentialChanged(reference));
    agent.engine.lock().unwrap();
    agent.tidy();
    let closed = agent.engine.empty_trash(&TrashChoice::default(), true, "test");
    assert!(closed.is_err(), "a locked vault is left alone");
}

fn added(agent: &Agent) -> keyturn_core::CredentialRef {
    let mut secrets = keyturn_core::SecretFields::new();
    let value = keyturn_core::Secret::new("canary-long-lived-key".to_owned());
    secrets.insert("api_key".parse().unwrap(), value);
    let request = keyturn_engine::AddCredential {
        provider: "deepidv".parse().unwrap(),
        name: "main".parse().unwrap(),
        environments: Vec::new(),
        owner: None,
        note: None,
        fields: std::collections::BTreeMap::default(),
        secrets,
        mark: None,
        rotation: keyturn_core::RotationPolicy::default(),
        plan: None,
        keep_fresh: false,
        allow_plain_http: false,
    };
    agent.engine.add(request, "test").unwrap().credential.reference()
}
