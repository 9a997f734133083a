//! Backups: verified copies that open elsewhere with the recovery key.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use chrono::TimeDelta;
use keyturn_vault::{BackupError, MemoryKeystore, Protection, Unlock, Vault};

use crate::support::{Home, add, clock, value_of};

#[test]
fn a_backup_opens_on_a_new_machine_with_the_recovery_key() {
    let home = Home::new();
    let (mut vault, recovery) = home.create_protected(Protection::Keyring, None);
    let id = add(&mut vault, "main", "value");
    let backup = vault.backup(&clock()).unwrap();
    assert_eq!(backup.generation, vault.generation());
    assert_eq!(fs::metadata(&backup.path).unwrap().permissions().mode() & 0o777, 0o600);
    add(&mut vault, "later", "not in the backup");
    drop(vault);

    let elsewhere = Home::new();
    let paths = elsewhere.paths();
    fs::create_dir(paths.vault.parent().unwrap()).unwrap();
    let private = fs::Permissions::from_mode(0o700);
    fs::set_permissions(paths.vault.parent().unwrap(), private).unwrap();
    fs::copy(&backup.path, &paths.vault).unwrap();
    let text = recovery.expose_text();
    let vault = Vault::open(&paths, Unlock::Recovery(&text), &MemoryKeystore::new()).unwrap();
    assert_eq!(value_of(&vault, id), "value");
    assert_eq!(vault.credentials().count(), 1);
    assert!(!vault.is_quarantined(), "no anchor knows of anything newer there");
}

#[test]
fn the_last_five_backups_stay_and_other_files_are_left_alone() {
    let home = Home::new();
    let vault = home.create();
    let clock = clock();
    let first = vault.backup(&clock).unwrap();
    fs::write(home.paths().backups.join("note.txt"), "mine").unwrap();
    let mut newest = Vec::new();
    for _ in 0..6 {
        clock.advance(TimeDelta::seconds(1));
        newest.push(vault.backup(&clock).unwrap().path);
    }
    let mut names: Vec<_> =
        fs::read_dir(home.paths().backups).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    assert!(!first.path.exists());
    assert_eq!(names.len(), 6, "five backups and the note: {names:?}");
    for path in newest.iter().skip(1) {
        assert!(path.exists(), "{}", path.display());
    }
}

#[test]
fn an_unfinished_backup_is_cleared_away_by_the_next() {
    let home = Home::new();
    let vault = home.create();
    fs::create_dir(home.paths().backups).unwrap();
    fs::set_permissions(home.paths().backups, fs::Permissions::from_mode(0o700)).unwrap();
    let unfinished = home.paths().backups.join(".unfinished");
    fs::write(&unfinished, "torn").unwrap();
    vault.backup(&clock()).unwrap();
    assert!(!unfinished.exists());
}

#[test]
fn a_backup_folder_that_is_open_to_others_is_refused() {
    let home = Home::new();
    let vault = home.create();
    let folder = home.paths().backups;
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("file"), "").unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    assert!(matches!(vault.backup(&clock()), Err(BackupError::Exposed { .. })));
}

#[test]
fn a_vault_that_was_changed_behind_its_back_makes_no_backup() {
    let home = Home::new();
    let mut vault = home.create();
    add(&mut vault, "main", "value");
    drop(vault);
    let vault = home.open().unwrap();
    // Another process cannot write through SQLite; a hostile one writes bytes.
    let mut bytes = home.bytes();
    let last = bytes.len() - 20;
    bytes[last] ^= 1;
    fs::write(home.file(), bytes).unwrap();
    let refused = vault.backup(&clock());
    let kept = fs::read_dir(home.paths().backups).unwrap().count();
    // SQLite may still hold the good page in its cache; what is kept was verified in any case.
    assert_eq!(kept, usize::from(refused.is_ok()));
}
