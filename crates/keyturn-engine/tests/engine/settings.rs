//! The settings inside the vault.

use keyturn_core::SecuritySettings;
use keyturn_engine::EngineError;

use crate::world::World;

fn other() -> SecuritySettings {
    SecuritySettings {
        lock_after_s: None,
        clear_clipboard_after_s: 45,
        ..SecuritySettings::default()
    }
}

#[tokio::test]
async fn settings_outlive_a_lock_and_a_restart() {
    let world = World::new();
    assert_eq!(world.engine.security().unwrap(), SecuritySettings::default());
    world.engine.set_security(other(), "test").unwrap();
    let world = world.restart();
    assert_eq!(world.engine.security().unwrap(), other());
    world.engine.lock().unwrap();
    assert!(matches!(world.engine.security(), Err(EngineError::VaultLocked)));
}

#[tokio::test]
async fn a_change_is_written_down_by_its_name_and_none_writes_nothing() {
    let world = World::new();
    world.engine.set_security(other(), "test").unwrap();
    world.engine.set_security(other(), "test").unwrap();
    let journal = world.journal();
    let [_, only] = &*journal else { panic!("one entry: {journal:?}") };
    assert_eq!(only.action, "settings");
    assert_eq!(only.changed, ["lock_after_s", "clear_clipboard_after_s"]);
}

#[tokio::test]
async fn what_protects_nothing_is_refused_and_nothing_changes() {
    let world = World::new();
    let refused = SecuritySettings { reveal_s: 0, ..other() };
    let refused = world.engine.set_security(refused, "test").unwrap_err();
    assert_eq!(refused.to_string(), "a secret is shown for 3 to 120 s, and not for 0 s");
    assert_eq!(world.engine.security().unwrap(), SecuritySettings::default());
}

#[tokio::test]
async fn a_vault_without_a_passphrase_says_that_it_has_none_to_ask_for() {
    let world = World::on_keyring();
    let asks = SecuritySettings { passphrase_before_reveal: true, ..other() };
    let refused = world.engine.set_security(asks.clone(), "test").unwrap_err();
    assert!(refused.to_string().contains("no passphrase to ask for"), "{refused}");
    assert_eq!(world.engine.security().unwrap(), SecuritySettings::default());
    assert!(world.engine.passphrase_problem().unwrap().is_some());
    let world = World::new();
    assert_eq!(world.engine.passphrase_problem().unwrap(), None);
    world.engine.set_security(asks.clone(), "test").unwrap();
    assert_eq!(world.engine.security().unwrap(), asks);
}
