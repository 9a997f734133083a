//! Making and opening vaults, and what is no vault.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use keyturn_vault::{
    CreateError, KdfCost, Keystore, KeystoreError, OpenError, PassphraseError, Protection, Purpose,
    SlotKind, Unlock, Vault,
};

use crate::support::{Home, clock, secret};

const GOOD: &str = "tulip-anvil-coral-ninety";

fn create_fails(home: &Home, protection: Protection, passphrase: Option<&str>) -> CreateError {
    let passphrase = passphrase.map(secret);
    let cost = KdfCost::CHEAPEST;
    let keystore = &home.keystore;
    Vault::create(&home.paths(), protection, passphrase.as_ref(), keystore, cost, &clock())
        .unwrap_err()
}

#[test]
fn every_protection_opens_with_what_it_asks_for_and_with_the_recovery_key() {
    for (protection, passphrase) in [
        (Protection::Keyring, None),
        (Protection::Passphrase, Some(secret(GOOD))),
        (Protection::Both, Some(secret("short"))),
    ] {
        let home = Home::new();
        let (vault, recovery) = home.create_protected(protection, passphrase.as_ref());
        assert_eq!((vault.protection(), vault.generation()), (protection, 1));
        let id = vault.vault_id();
        vault.lock(&home.keystore);
        let unlock = passphrase.as_ref().map_or(Unlock::Keyring, Unlock::Passphrase);
        let vault = Vault::open(&home.paths(), unlock, &home.keystore).unwrap();
        assert_eq!((vault.vault_id(), vault.is_quarantined()), (id, false));
        drop(vault);
        home.keystore.fail_with(Some(KeystoreError::Unavailable));
        let text = recovery.expose_text();
        let vault = Vault::open(&home.paths(), Unlock::Recovery(&text), &home.keystore).unwrap();
        assert_eq!(vault.vault_id(), id, "{protection:?} opens without any keyring");
    }
}

#[test]
fn a_wrong_passphrase_and_a_wrong_recovery_key_say_the_same() {
    let home = Home::new();
    drop(home.create_protected(Protection::Both, Some(&secret("short"))));
    let other = Home::new().create_protected(Protection::Keyring, None).1.expose_text();
    let (wrong, garbled) = (secret("Short"), secret("keyturn1nonsense"));
    for unlock in [Unlock::Passphrase(&wrong), Unlock::Recovery(&other), Unlock::Recovery(&garbled)]
    {
        let error = Vault::open(&home.paths(), unlock, &home.keystore).unwrap_err();
        assert_eq!(error.to_string(), "that does not open the vault");
    }
}

#[test]
fn a_way_in_that_the_vault_does_not_have_is_named() {
    let home = Home::new();
    drop(home.create());
    let passphrase = secret(GOOD);
    let error = Vault::open(&home.paths(), Unlock::Passphrase(&passphrase), &home.keystore);
    assert!(matches!(error, Err(OpenError::NotOffered { protection: "the system keyring" })));
}

#[test]
fn an_existing_vault_is_never_overwritten() {
    let home = Home::new();
    drop(home.create());
    let before = home.bytes();
    let refused = create_fails(&home, Protection::Keyring, None);
    assert!(matches!(refused, CreateError::Exists { .. }), "{refused}");
    assert_eq!(home.bytes(), before);
}

#[test]
fn passphrases_that_protect_nothing_are_refused_before_anything_is_made() {
    let home = Home::new();
    let weak = create_fails(&home, Protection::Passphrase, Some("hunter2"));
    assert!(matches!(weak, CreateError::Passphrase(PassphraseError::Weak)), "{weak}");
    let empty = create_fails(&home, Protection::Both, Some(""));
    assert!(matches!(empty, CreateError::Passphrase(PassphraseError::Empty)), "{empty}");
    let missing = create_fails(&home, Protection::Both, None);
    assert!(matches!(missing, CreateError::PassphraseMissing), "{missing}");
    let unused = create_fails(&home, Protection::Keyring, Some(GOOD));
    assert!(matches!(unused, CreateError::PassphraseUnused), "{unused}");
    assert!(!home.file().exists());
}

#[test]
fn a_cost_below_every_readers_bounds_makes_no_vault() {
    let home = Home::new();
    let cost = KdfCost::Fixed { memory_kib: 19_456, passes: 2, lanes: 1 };
    let passphrase = Some(secret(GOOD));
    let refused = Vault::create(
        &home.paths(),
        Protection::Passphrase,
        passphrase.as_ref(),
        &home.keystore,
        cost,
        &clock(),
    );
    assert!(matches!(refused, Err(CreateError::Kdf(_))));
    assert!(!home.file().exists());
}

#[test]
fn without_its_keyring_a_vault_is_neither_made_nor_opened() {
    let home = Home::new();
    home.keystore.fail_with(Some(KeystoreError::Locked));
    let refused = create_fails(&home, Protection::Keyring, None);
    assert!(matches!(refused, CreateError::KeystoreUnavailable(KeystoreError::Locked)));
    assert!(!home.file().exists());
    home.keystore.fail_with(None);
    let vault = home.create();
    let id = vault.vault_id();
    drop(vault);
    for failure in [KeystoreError::Locked, KeystoreError::TimedOut, KeystoreError::Unavailable] {
        home.keystore.fail_with(Some(failure));
        let error = home.open().unwrap_err();
        assert!(matches!(error, OpenError::KeystoreUnavailable(found) if found == failure));
    }
    home.keystore.fail_with(None);
    home.keystore.put(id, Purpose::Slot, b"not 32 bytes").unwrap();
    let error = home.open().unwrap_err();
    assert!(matches!(error, OpenError::KeystoreUnavailable(KeystoreError::WrongBytes)));
    home.keystore.put(id, Purpose::Slot, &[0; 32]).unwrap();
    assert!(matches!(home.open(), Err(OpenError::WrongKey)));
}

#[test]
fn a_vault_that_could_not_be_written_leaves_nothing_in_the_keyring() {
    let home = Home::new();
    // A folder where the unfinished file goes makes writing it fail.
    let blocked = home.folder.path().join("data/vault.kyt.new/x");
    fs::create_dir_all(&blocked).unwrap();
    fs::set_permissions(home.folder.path().join("data"), fs::Permissions::from_mode(0o700))
        .unwrap();
    let refused = create_fails(&home, Protection::Keyring, None);
    assert!(matches!(refused, CreateError::Io { .. }), "{refused}");
    assert_eq!(format!("{:?}", home.keystore).matches("redacted").count(), 0);
    fs::remove_dir_all(home.folder.path().join("data/vault.kyt.new")).unwrap();
    drop(home.create());
    assert_eq!(format!("{:?}", home.keystore).matches("redacted").count(), 1, "positive control");
}

#[test]
fn files_and_folders_are_the_users_alone_and_loose_ones_are_refused() {
    let home = Home::new();
    drop(home.create());
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let paths = home.paths();
    assert_eq!(mode(&paths.vault), 0o600);
    assert_eq!(mode(paths.vault.parent().unwrap()), 0o700);
    assert_eq!(mode(&paths.anchor), 0o600);
    assert_eq!(mode(&paths.lock), 0o600);
    fs::set_permissions(&paths.vault, fs::Permissions::from_mode(0o644)).unwrap();
    let error = home.open().unwrap_err();
    assert!(matches!(error, OpenError::Exposed { mode: 0o644, .. }), "{error}");
    assert!(error.to_string().contains("chmod go-rwx"), "it says what to do: {error}");
}

#[test]
fn a_vault_in_use_is_not_opened_twice() {
    let home = Home::new();
    let vault = home.create();
    assert!(matches!(home.open(), Err(OpenError::InUse)));
    assert!(matches!(Vault::peek(&home.paths()), Err(OpenError::InUse)));
    drop(vault);
    assert!(home.open().is_ok());
}

#[test]
fn a_second_program_with_sqlite_cannot_write_while_the_vault_is_open() {
    let home = Home::new();
    let vault = home.create();
    let raw = home.raw();
    raw.busy_timeout(std::time::Duration::ZERO).unwrap();
    assert!(raw.execute("DELETE FROM rec", []).is_err());
    drop(raw);
    drop(vault);
    assert!(home.open().is_ok());
}

#[test]
fn peek_tells_what_a_vault_is_without_a_key_and_changes_nothing() {
    let home = Home::new();
    assert!(matches!(Vault::peek(&home.paths()), Err(OpenError::Absent { .. })));
    let (vault, _) = home.create_protected(Protection::Both, Some(&secret("short")));
    let id = vault.vault_id();
    drop(vault);
    let before = home.bytes();
    let peek = Vault::peek(&home.paths()).unwrap();
    assert_eq!((peek.vault_id, peek.format, peek.protection), (id, 1, Protection::Both));
    assert_eq!(peek.slots, [SlotKind::Both, SlotKind::Recovery]);
    assert_eq!(home.bytes(), before);
}

#[test]
fn what_is_no_vault_is_called_so() {
    let home = Home::new();
    drop(home.create());
    let file = home.file();
    let original = home.bytes();
    let expect_damaged = |case: &str| {
        let error = home.open().unwrap_err();
        assert!(matches!(error, OpenError::Damaged { .. }), "{case}: {error:?}");
    };
    let write = |bytes: &[u8]| fs::write(&file, bytes).unwrap();
    write(b"");
    expect_damaged("an empty file");
    write(&[0x5A; 8192]);
    expect_damaged("noise");
    write(&original[..4096]);
    expect_damaged("the first page alone");
    fs::remove_file(&file).unwrap();
    assert!(matches!(home.open(), Err(OpenError::Absent { .. })));
    fs::create_dir(&file).unwrap();
    expect_damaged("a folder");
    fs::remove_dir(&file).unwrap();
    let elsewhere = home.folder.path().join("elsewhere");
    fs::write(&elsewhere, &original).unwrap();
    symlink(&elsewhere, &file).unwrap();
    expect_damaged("a link");
    fs::remove_file(&file).unwrap();
    write(&original);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    assert!(home.open().is_ok(), "positive control");
}

#[test]
fn a_vault_below_a_linked_folder_opens() {
    let home = Home::new();
    drop(home.create());
    let link = home.folder.path().join("link");
    symlink(home.folder.path().join("data"), &link).unwrap();
    let mut paths = home.paths();
    paths.vault = link.join("vault.kyt");
    assert!(Vault::open(&paths, Unlock::Keyring, &home.keystore).is_ok());
}

#[test]
fn a_vault_of_a_newer_version_is_refused_and_untouched() {
    for newer in ["user_version", "header"] {
        let home = Home::new();
        drop(home.create());
        let raw = home.raw();
        if newer == "user_version" {
            raw.pragma_update(None, "user_version", 2).unwrap();
            raw.execute_batch("CREATE TABLE of_the_future (x)").unwrap();
        } else {
            let mut header: Vec<u8> =
                raw.query_row("SELECT bytes FROM hdr", [], |row| row.get(0)).unwrap();
            header[9] = 2;
            header[11] = 2;
            raw.execute("UPDATE hdr SET bytes = ?1", [header]).unwrap();
        }
        drop(raw);
        let before = home.bytes();
        for error in [home.open().unwrap_err(), Vault::peek(&home.paths()).unwrap_err()] {
            assert!(matches!(error, OpenError::Newer { format: 2 }), "{newer}: {error:?}");
        }
        assert_eq!(home.bytes(), before, "{newer}");
    }
}

#[test]
fn a_save_that_a_crash_cut_off_is_undone_by_peek_and_by_open() {
    for first in ["peek", "open"] {
        let home = Home::new();
        let mut vault = home.create();
        let id = crate::support::add(&mut vault, "main", "value");
        drop(vault);
        let file = home.file();
        let journal = home.folder.path().join("data/vault.kyt-journal");
        // A transaction that spills to the disk before it ends, and is photographed there.
        let raw = home.raw();
        raw.execute_batch("PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN").unwrap();
        raw.execute("UPDATE rec SET box = zeroblob(100000)", []).unwrap();
        let (torn, hot) = (fs::read(&file).unwrap(), fs::read(&journal).unwrap());
        raw.execute_batch("ROLLBACK").unwrap();
        drop(raw);
        assert_ne!(torn, home.bytes(), "the photograph shows a torn file");
        fs::write(&file, torn).unwrap();
        fs::write(&journal, hot).unwrap();
        if first == "peek" {
            Vault::peek(&home.paths()).unwrap();
        }
        let vault = home.open().unwrap();
        assert_eq!(crate::support::value_of(&vault, id), "value", "{first}");
    }
}

#[test]
fn a_vault_moves_between_threads() {
    fn assert_send<T: Send>() {}
    assert_send::<Vault>();
}
