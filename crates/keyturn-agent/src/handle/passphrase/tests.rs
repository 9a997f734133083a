use chrono::TimeDelta;
use keyturn_core::{ManualClock, SecretString, SecuritySettings};
use keyturn_engine::Init;
use keyturn_vault::{MemoryKeystore, Protection};

use super::*;
use crate::agent::tests::agent_in;

const RIGHT: &str = "correct horse battery";

/// An agent whose vault opens with a passphrase, and its clock.
fn opened(folder: &tempfile::TempDir, asks: bool) -> (Arc<Agent>, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::at("2026-06-15T12:00:00Z".parse().unwrap()));
    let (agent, _) = agent_in(folder.path(), clock.clone(), Arc::new(MemoryKeystore::new()));
    let passphrase = Some(SecretString::new(RIGHT.to_owned()));
    agent.engine.init(&Init { protection: Some(Protection::Passphrase), passphrase }).unwrap();
    let security =
        SecuritySettings { passphrase_before_reveal: asks, ..SecuritySettings::default() };
    agent.engine.set_security(security, "test").unwrap();
    (agent, clock)
}

async fn code_of(agent: &Arc<Agent>, given: Option<&str>) -> Option<ErrorCode> {
    let given = given.map(SecretOnWire::new);
    before_showing(agent, given).await.err().map(|error| error.code)
}

#[tokio::test]
async fn with_the_switch_off_nothing_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let (agent, _) = opened(&folder, false);
    assert_eq!(code_of(&agent, None).await, None);
}

#[tokio::test]
async fn with_it_on_only_the_passphrase_lets_through_and_each_wrong_one_makes_the_next_wait() {
    let folder = tempfile::tempdir().unwrap();
    let (agent, clock) = opened(&folder, true);
    assert_eq!(code_of(&agent, None).await, Some(ErrorCode::PassphraseFirst));
    assert_eq!(code_of(&agent, Some(RIGHT)).await, None);
    for wait in [1, 2, 4] {
        assert_eq!(code_of(&agent, Some("wrong")).await, Some(ErrorCode::WrongKey));
        clock.advance(TimeDelta::milliseconds(wait * 1_000 - 1));
        assert_eq!(code_of(&agent, Some(RIGHT)).await, Some(ErrorCode::TooManyAttempts));
        clock.advance(TimeDelta::milliseconds(1));
    }
    assert_eq!(code_of(&agent, Some(RIGHT)).await, None);
    assert_eq!(code_of(&agent, Some("wrong")).await, Some(ErrorCode::WrongKey), "counted anew");
}

#[tokio::test]
async fn a_locked_vault_stays_locked_whatever_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    let (agent, _) = opened(&folder, true);
    agent.engine.lock().unwrap();
    assert_eq!(code_of(&agent, Some(RIGHT)).await, Some(ErrorCode::VaultLocked));
    assert!(!agent.engine.is_unlocked());
}
