//! What is understood of logind's signals, and what follows: with a fake logind on a private bus.

use std::collections::HashMap;

use keyturn_core::SecuritySettings;
use keyturn_protocol::Event;

use super::fake::FakeLogind;
use super::*;
use crate::agent::tests::opened;

const OF_SESSION: &str = "/org/freedesktop/login1/session/_32";

fn signal<B: serde::Serialize + zbus::zvariant::DynamicType>(
    path: &str,
    interface: &str,
    member: &str,
    body: &B,
) -> Message {
    Message::signal(path, interface, member).unwrap().build(body).unwrap()
}

#[test]
fn the_beginning_and_the_end_of_a_sleep_are_told_apart() {
    assert_eq!(meaning(&signal(PLACE, MANAGER, "PrepareForSleep", &true)), Some(Told::Sleeping));
    assert_eq!(meaning(&signal(PLACE, MANAGER, "PrepareForSleep", &false)), Some(Told::Awake));
    assert_eq!(meaning(&signal(PLACE, MANAGER, "PrepareForShutdown", &true)), None);
}

#[test]
fn a_screen_is_locked_by_logind_or_says_so_afterwards() {
    let locked = Some(Told::Locked(OF_SESSION.to_owned()));
    assert_eq!(meaning(&signal(OF_SESSION, SESSION, "Lock", &())), locked);
    assert_eq!(meaning(&signal(OF_SESSION, SESSION, "Unlock", &())), None);
    let hint = |locked: bool| {
        let changed = HashMap::from([("LockedHint", Value::from(locked))]);
        let body = (SESSION, changed, Vec::<String>::new());
        meaning(&signal(OF_SESSION, PROPERTIES, "PropertiesChanged", &body))
    };
    assert_eq!(hint(true), locked);
    assert_eq!(hint(false), None, "it was unlocked");
}

/// An agent with an open vault that listens to the fake.
struct Listening {
    logind: FakeLogind,
    agent: Arc<Agent>,
    listener: tokio::task::JoinHandle<()>,
    _folder: tempfile::TempDir,
}

impl Listening {
    async fn with(security: SecuritySettings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (agent, _) = opened(&folder);
        agent.engine.set_security(security, "test").unwrap();
        let logind = FakeLogind::start().await;
        let bus = logind.connect().await;
        let listening = Arc::clone(&agent);
        let listener = tokio::spawn(async move { listen(&listening, &bus).await.unwrap() });
        Self { logind, agent, listener, _folder: folder }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

#[tokio::test]
async fn the_vault_is_locked_before_the_machine_sleeps_and_the_next_sleep_is_waited_for_again() {
    let mut world = Listening::with(SecuritySettings::default()).await;
    let inhibitor = world.logind.asked_to_wait().await;
    assert!(world.agent.engine.is_unlocked(), "positive control");
    world.logind.prepare_for_sleep(true).await;
    inhibitor.let_go().await;
    assert!(!world.agent.engine.is_unlocked(), "the machine waited for the lock");
    assert_eq!(world.agent.signals.problem(), None);
    world.logind.prepare_for_sleep(false).await;
    let again = world.logind.asked_to_wait().await;
    world.logind.prepare_for_sleep(true).await;
    again.let_go().await;
}

#[tokio::test]
async fn who_does_not_want_it_keeps_an_open_vault_and_the_sleep_is_not_held_up() {
    let off = SecuritySettings {
        lock_on_sleep: false,
        lock_on_screen_lock: false,
        ..SecuritySettings::default()
    };
    let mut world = Listening::with(off).await;
    let inhibitor = world.logind.asked_to_wait().await;
    world.logind.lock(fake::OWN).await;
    // What comes after it shows that it was heard.
    world.logind.prepare_for_sleep(true).await;
    inhibitor.let_go().await;
    assert!(world.agent.engine.is_unlocked());
}

#[tokio::test]
async fn the_vault_is_locked_with_the_users_screen_and_not_with_somebody_elses() {
    let awake = SecuritySettings { lock_on_sleep: false, ..SecuritySettings::default() };
    let mut world = Listening::with(awake).await;
    let inhibitor = world.logind.asked_to_wait().await;
    world.logind.lock(fake::FOREIGN).await;
    world.logind.prepare_for_sleep(true).await;
    inhibitor.let_go().await;
    assert!(world.agent.engine.is_unlocked(), "another user's screen");
    let mut events = world.agent.events.subscribe();
    world.logind.lock(fake::OWN).await;
    while events.recv().await.unwrap() != Event::Locked {}
    assert!(!world.agent.engine.is_unlocked());
}
