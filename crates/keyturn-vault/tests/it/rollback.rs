//! A whole file put back: the anchor tells, and the vault stays read-only until the user decides.

use keyturn_vault::{Batch, SaveError, Unlock, Vault};

use crate::support::{Home, add, credential, value_of};

/// A vault whose file is one save older than its anchor.
fn rolled_back(lock: bool) -> (Home, keyturn_core::CredentialId) {
    let home = Home::new();
    let mut vault = home.create();
    let id = add(&mut vault, "main", "old");
    drop(vault);
    let old = home.bytes();
    let mut vault = home.open().unwrap();
    add(&mut vault, "second", "value");
    if lock {
        vault.lock(&home.keystore);
    } else {
        drop(vault);
    }
    std::fs::write(home.file(), old).unwrap();
    (home, id)
}

fn is_read_only(vault: &mut Vault) -> bool {
    let mut batch = Batch::new();
    batch.put_credential(credential("third"));
    matches!(vault.commit(batch), Err(SaveError::Quarantined))
}

#[test]
fn an_older_file_opens_read_only_and_stays_so() {
    let (home, id) = rolled_back(false);
    for _ in 0..2 {
        let before = home.bytes();
        let mut vault = home.open().unwrap();
        assert!(vault.is_quarantined());
        assert_eq!(value_of(&vault, id), "old", "it can be read");
        assert!(is_read_only(&mut vault));
        vault.lock(&home.keystore);
        assert_eq!(home.bytes(), before);
    }
}

#[test]
fn the_user_may_accept_an_older_file() {
    let (home, id) = rolled_back(false);
    let mut vault = home.open().unwrap();
    vault.accept_older_file().unwrap();
    assert!(!vault.is_quarantined());
    assert!(!is_read_only(&mut vault));
    drop(vault);
    let vault = home.open().unwrap();
    assert!(!vault.is_quarantined());
    assert_eq!(value_of(&vault, id), "old");
}

#[test]
fn the_keyrings_anchor_convicts_where_the_state_folders_is_gone() {
    let (home, _) = rolled_back(true);
    std::fs::remove_file(home.paths().anchor).unwrap();
    assert!(home.open().unwrap().is_quarantined());
}

#[test]
fn a_spoilt_anchor_counts_as_lost_and_is_written_anew() {
    let home = Home::new();
    drop(home.create());
    let good = std::fs::read(home.paths().anchor).unwrap();
    std::fs::write(home.paths().anchor, b"spoilt").unwrap();
    assert!(!home.open().unwrap().is_quarantined());
    assert_eq!(std::fs::read(home.paths().anchor).unwrap(), good);
}

#[test]
fn an_anchor_that_lags_behind_convicts_nobody() {
    let home = Home::new();
    let mut vault = home.create();
    let lagging = std::fs::read(home.paths().anchor).unwrap();
    add(&mut vault, "main", "value");
    drop(vault);
    std::fs::write(home.paths().anchor, lagging).unwrap();
    assert!(!home.open().unwrap().is_quarantined());
}

#[test]
fn the_recovery_key_opens_an_older_file_read_only_too() {
    let home = Home::new();
    let (mut vault, recovery) = home.create_protected(keyturn_vault::Protection::Keyring, None);
    let old = {
        drop(vault);
        home.bytes()
    };
    vault = home.open().unwrap();
    add(&mut vault, "main", "value");
    drop(vault);
    std::fs::write(home.file(), old).unwrap();
    let text = recovery.expose_text();
    let vault = Vault::open(&home.paths(), Unlock::Recovery(&text), &home.keystore).unwrap();
    assert!(vault.is_quarantined());
}
