//! Somebody with SQLite and without the key changes the file: all of it is found before use.

use keyturn_vault::{Batch, OpenError, Vault};
use rusqlite::Connection;

use crate::support::{Home, add, secrets, token, value_of};

/// A vault with a few records of every kind.
fn home() -> (Home, keyturn_core::CredentialId) {
    let home = Home::new();
    let mut vault = home.create();
    add(&mut vault, "one", "1");
    let id = add(&mut vault, "two", "2");
    let mut batch = Batch::new();
    batch.put_token(token(id, "production", "tok"));
    vault.commit(batch).unwrap();
    drop(vault);
    (home, id)
}

fn rows(raw: &Connection) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut statement = raw.prepare("SELECT id, box FROM rec ORDER BY id").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

fn expect_found(home: &Home, case: &str) {
    let error = home.open().map(drop).unwrap_err();
    let found = matches!(
        error,
        OpenError::Tampered { .. } | OpenError::Damaged { .. } | OpenError::WrongKey
    );
    assert!(found, "{case}: {error:?}");
}

#[test]
fn every_swap_of_two_boxes_is_found() {
    let (home, _) = home();
    let raw = home.raw();
    let rows = rows(&raw);
    assert!(rows.len() >= 8, "{}", rows.len());
    let set = |id: &[u8], sealed: &[u8]| {
        raw.execute("UPDATE rec SET box = ?2 WHERE id = ?1", [id, sealed]).unwrap();
    };
    for (at, (one, one_box)) in rows.iter().enumerate() {
        for (two, two_box) in &rows[at + 1..] {
            set(one, two_box);
            set(two, one_box);
            expect_found(&home, "swap");
            set(one, one_box);
            set(two, two_box);
        }
    }
    drop(raw);
    assert!(home.open().is_ok(), "positive control");
}

#[test]
fn every_deletion_and_every_stranger_is_found() {
    let (home, _) = home();
    let raw = home.raw();
    for (id, sealed) in rows(&raw) {
        raw.execute("DELETE FROM rec WHERE id = ?1", [&id]).unwrap();
        expect_found(&home, "deletion");
        raw.execute("INSERT INTO rec VALUES (?1, ?2)", [&id, &sealed]).unwrap();
        let stranger = [0xEE; 16];
        raw.execute("INSERT INTO rec VALUES (?1, ?2)", [&stranger[..], &sealed]).unwrap();
        expect_found(&home, "duplicate under another id");
        raw.execute("DELETE FROM rec WHERE id = ?1", [&stranger[..]]).unwrap();
    }
    for table in ["hdr", "man"] {
        let copy = format!("CREATE TEMP TABLE kept_{table} AS SELECT * FROM {table}");
        raw.execute_batch(&format!("{copy}; DELETE FROM {table}")).unwrap();
        expect_found(&home, table);
        raw.execute_batch(&format!("INSERT INTO {table} SELECT * FROM kept_{table}")).unwrap();
    }
    drop(raw);
    assert!(home.open().is_ok(), "positive control");
}

#[test]
fn every_record_put_back_to_an_older_state_is_found() {
    let (home, id) = home();
    let before = rows(&home.raw());
    let old_manifest: Vec<u8> =
        home.raw().query_row("SELECT box FROM man", [], |row| row.get(0)).unwrap();
    let mut vault = home.open().unwrap();
    let mut batch = Batch::new();
    batch.put_secrets(id, secrets("newer"));
    batch.put_token(token(id, "production", "newer"));
    vault.commit(batch).unwrap();
    drop(vault);
    let raw = home.raw();
    let after = rows(&raw);
    let mut replayed = 0;
    for (old, new) in before.iter().zip(&after).filter(|(old, new)| old != new) {
        raw.execute("UPDATE rec SET box = ?2 WHERE id = ?1", [&old.0, &old.1]).unwrap();
        expect_found(&home, "replay");
        raw.execute("UPDATE rec SET box = ?2 WHERE id = ?1", [&new.0, &new.1]).unwrap();
        replayed += 1;
    }
    assert_eq!(replayed, 2, "secrets and token");
    raw.execute("UPDATE man SET box = ?1", [&old_manifest]).unwrap();
    expect_found(&home, "old manifest");
}

#[test]
fn every_flipped_byte_of_the_header_is_found() {
    let (home, _) = home();
    let raw = home.raw();
    let header: Vec<u8> = raw.query_row("SELECT bytes FROM hdr", [], |row| row.get(0)).unwrap();
    for at in 0..header.len() {
        let mut flipped = header.clone();
        flipped[at] ^= 1;
        raw.execute("UPDATE hdr SET bytes = ?1", [&flipped]).unwrap();
        let error = home.open().map(drop).unwrap_err();
        let found = matches!(
            error,
            OpenError::Tampered { .. }
                | OpenError::Damaged { .. }
                | OpenError::WrongKey
                | OpenError::Newer { .. }
                | OpenError::KeystoreUnavailable(_)
                | OpenError::NotOffered { .. }
        );
        assert!(found, "byte {at}: {error:?}");
    }
    for length in [0, 7, 33, header.len() - 1] {
        raw.execute("UPDATE hdr SET bytes = ?1", [&header[..length]]).unwrap();
        expect_found(&home, "truncated header");
    }
    raw.execute("UPDATE hdr SET bytes = ?1", [&header]).unwrap();
    drop(raw);
    assert!(home.open().is_ok(), "positive control");
}

#[test]
fn an_older_header_of_the_same_vault_is_found() {
    // Both are proven by the vault's key; the manifest's root tells which one belongs.
    let (home, _) = home();
    let (other, _) = self::home();
    let take = |from: &Home| -> Vec<u8> {
        from.raw().query_row("SELECT bytes FROM hdr", [], |row| row.get(0)).unwrap()
    };
    home.raw().execute("UPDATE hdr SET bytes = ?1", [take(&other)]).unwrap();
    let error = home.open().map(drop).unwrap_err();
    assert!(
        matches!(error, OpenError::KeystoreUnavailable(_)),
        "another vault's header: {error:?}"
    );
}

#[test]
fn records_of_another_vault_are_found() {
    let (home, _) = home();
    let (other, _) = self::home();
    let foreign = rows(&other.raw());
    let raw = home.raw();
    for (own, foreign) in rows(&raw).iter().zip(&foreign) {
        raw.execute("UPDATE rec SET box = ?2 WHERE id = ?1", [&own.0, &foreign.1]).unwrap();
        expect_found(&home, "foreign box");
        raw.execute("UPDATE rec SET box = ?2 WHERE id = ?1", [&own.0, &own.1]).unwrap();
    }
}

#[test]
fn hostile_schemas_are_refused_before_any_table_is_read() {
    for hostile in [
        "CREATE TRIGGER t AFTER UPDATE ON man BEGIN DELETE FROM rec; END",
        "CREATE VIEW v AS SELECT * FROM rec",
        "CREATE INDEX i ON rec (box)",
        "CREATE TABLE more (x)",
        "DROP TABLE man",
        "ALTER TABLE rec ADD COLUMN more BLOB",
        "ALTER TABLE rec RENAME COLUMN box TO bax",
        "DROP TABLE rec; CREATE VIEW rec AS SELECT id, box FROM man",
        "DROP TABLE rec; CREATE TABLE rec (id BLOB PRIMARY KEY NOT NULL, box BLOB NOT NULL)",
        "CREATE TABLE a (x); ANALYZE",
        "PRAGMA application_id = 1",
        "PRAGMA user_version = 0",
        "PRAGMA journal_mode = WAL",
    ] {
        let (home, _) = home();
        home.raw().execute_batch(hostile).unwrap();
        expect_found(&home, hostile);
        let peek = Vault::peek(&home.paths());
        assert!(matches!(peek, Err(OpenError::Damaged { .. })), "{hostile}: {peek:?}");
    }
}

#[test]
fn bytes_corrupted_anywhere_are_found_or_change_nothing() {
    let (home, id) = home();
    let original = home.bytes();
    let mut found = 0;
    // A prime step reaches every part of every page in time.
    for at in (0..original.len()).step_by(97) {
        let mut corrupted = original.clone();
        corrupted[at] ^= 0x10;
        std::fs::write(home.file(), &corrupted).unwrap();
        match home.open() {
            Err(_) => found += 1,
            Ok(vault) => {
                assert_eq!(value_of(&vault, id), "2", "byte {at}");
                assert_eq!(vault.credentials().count(), 2, "byte {at}");
            }
        }
    }
    // Much of a small file is the slack of its pages, where a flip changes nothing.
    assert!(found > original.len() / 97 / 5, "the flips do hit what matters: {found}");
}
