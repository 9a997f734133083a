//! Secrets that stand beside each other while one set replaces another.

use keyturn_core::CredentialId;
use keyturn_vault::{Batch, SaveError, SecretSlot, Vault};

use crate::support::{Home, add, secrets};

const SLOTS: [SecretSlot; 3] = [SecretSlot::Current, SecretSlot::Next, SecretSlot::Previous];

fn values(vault: &Vault, id: CredentialId) -> [Option<String>; 3] {
    SLOTS.map(|slot| {
        let found = vault.secrets_in(id, slot).unwrap();
        found.iter().next().map(|(_, value)| value.expose().clone())
    })
}

#[test]
fn each_slot_keeps_its_own_secrets_across_reopening() {
    let home = Home::new();
    let mut vault = home.create();
    let (id, other) = (add(&mut vault, "main", "old"), add(&mut vault, "other", "other"));
    let mut batch = Batch::new();
    batch.put_secrets_in(id, SecretSlot::Next, secrets("new"));
    vault.commit_and_read_back(batch, id).unwrap();
    drop(vault);
    let mut vault = home.open().unwrap();
    assert_eq!(values(&vault, id), [Some("old".to_owned()), Some("new".to_owned()), None]);
    let mut batch = Batch::new();
    batch.put_secrets_in(id, SecretSlot::Previous, vault.secrets(id).unwrap());
    batch.put_secrets(id, secrets("new"));
    batch.put_secrets_in(id, SecretSlot::Next, keyturn_core::SecretFields::new());
    vault.commit_and_read_back(batch, id).unwrap();
    assert_eq!(values(&vault, id), [Some("new".to_owned()), None, Some("old".to_owned())]);
    assert_eq!(values(&vault, other), [Some("other".to_owned()), None, None]);
}

#[test]
fn a_deleted_credential_leaves_no_slot_behind() {
    let home = Home::new();
    let mut vault = home.create();
    let id = add(&mut vault, "main", "old");
    let mut batch = Batch::new();
    batch.put_secrets_in(id, SecretSlot::Next, secrets("new"));
    batch.put_secrets_in(id, SecretSlot::Previous, secrets("older"));
    vault.commit(batch).unwrap();
    let records = |vault: Vault| -> i64 {
        drop(vault);
        home.raw().query_row("SELECT count(*) FROM rec", [], |row| row.get(0)).unwrap()
    };
    let before = records(vault);
    let mut vault = home.open().unwrap();
    let mut batch = Batch::new();
    batch.delete_credential(id);
    vault.commit(batch).unwrap();
    assert_eq!(records(vault), before - 4, "metadata and three sets of secrets");
}

#[test]
fn no_slot_is_filled_for_a_credential_that_is_not_there() {
    let home = Home::new();
    let mut vault = home.create();
    let mut batch = Batch::new();
    batch.put_secrets_in(CredentialId::make_random(), SecretSlot::Next, secrets("new"));
    assert!(matches!(vault.commit(batch), Err(SaveError::NotFound)));
}
