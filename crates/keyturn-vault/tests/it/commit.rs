//! Saving and reading: all or nothing, in the file and in memory.

use keyturn_core::reminder::{Mark, ReminderLog, ReminderSettings};
use keyturn_core::{CredentialId, SecuritySettings};
use keyturn_vault::{
    AcceptedProfile, Batch, OwnEnvironment, ReadError, SaveError, Settings, Vault,
};

use crate::support::{Home, add, credential, entry, secrets, token, value_of};

#[test]
fn everything_that_was_saved_is_there_after_reopening() {
    let home = Home::new();
    let mut vault = home.create();
    let main = credential("main");
    let id = main.id;
    let settings = Settings {
        environments: vec![OwnEnvironment {
            provider: "acme".parse().unwrap(),
            name: "edge".parse().unwrap(),
            base_url: "http://10.0.0.7:8000".to_owned(),
            token_origin: None,
            ca_pem: None,
            allow_plain_http: true,
        }],
        profiles: vec![AcceptedProfile {
            id: "acme".parse().unwrap(),
            text: "schema = 1\n".to_owned(),
        }],
        reminders: ReminderSettings { hide_names: true, ..ReminderSettings::default() },
        security: SecuritySettings { reveal_s: 30, ..SecuritySettings::default() },
    };
    let mark = Mark { credential: id, on: "2028-02-29".parse().unwrap() };
    let log = ReminderLog { marks: vec![mark], ..ReminderLog::default() };
    let mut batch = Batch::new();
    batch.put_credential(main.clone());
    batch.put_secrets(id, secrets("s3cret-value"));
    batch.put_token(token(id, "production", "tok-1"));
    batch.put_token(token(id, "edge", "tok-2"));
    batch.put_settings(settings.clone());
    batch.put_reminders(log.clone());
    batch.append_journal(vec![entry("add"), entry("token")]);
    vault.commit(batch).unwrap();
    let check = |vault: &Vault| {
        assert_eq!(vault.generation(), 2);
        assert_eq!(vault.credential(id), Some(&main));
        assert_eq!(vault.credentials().count(), 1);
        assert_eq!(value_of(vault, id), "s3cret-value");
        let production = "production".parse().unwrap();
        let read = vault.token(id, &production).unwrap().unwrap();
        assert_eq!(read.access_token.expose(), "tok-1");
        assert_eq!(vault.token_summary(id, &production), Some(&read.summary()));
        assert_eq!(vault.settings(), &settings);
        assert_eq!(vault.reminders(), &log);
        let actions: Vec<_> =
            vault.journal().unwrap().into_iter().map(|entry| entry.action).collect();
        assert_eq!(actions, ["init", "add", "token"]);
    };
    check(&vault);
    drop(vault);
    check(&home.open().unwrap());
}

#[test]
fn nothing_of_a_credential_is_readable_in_the_file() {
    let home = Home::new();
    let mut vault = home.create();
    let id = add(&mut vault, "canary-name", "canary-secret");
    let mut batch = Batch::new();
    batch.put_token(token(id, "canary-env", "canary-token"));
    batch.append_journal(vec![entry("canary-action")]);
    vault.commit(batch).unwrap();
    drop(vault);
    let mut bytes = home.bytes();
    let finds = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
    for word in ["canary", "acme", "api_key", "7x9z", "production", "Ops"] {
        assert!(!finds(&bytes, word.as_bytes()), "{word}");
    }
    bytes.extend_from_slice(b"canary");
    assert!(finds(&bytes, b"canary"), "positive control");
}

#[test]
fn removed_and_deleted_things_are_gone() {
    let home = Home::new();
    let mut vault = home.create();
    let (one, two) = (add(&mut vault, "one", "1"), add(&mut vault, "two", "2"));
    let production = "production".parse().unwrap();
    let mut batch = Batch::new();
    batch.put_token(token(one, "production", "tok"));
    batch.put_token(token(one, "edge", "tok"));
    batch.put_token(token(two, "production", "tok"));
    vault.commit(batch).unwrap();
    let mut batch = Batch::new();
    batch.remove_token(one, "edge".parse().unwrap());
    batch.remove_tokens(two);
    vault.commit(batch).unwrap();
    assert!(vault.token_summary(one, &production).is_some());
    assert!(vault.token(one, &"edge".parse().unwrap()).unwrap().is_none());
    assert!(vault.token_summary(two, &production).is_none());
    let mut batch = Batch::new();
    batch.delete_credential(one);
    vault.commit(batch).unwrap();
    drop(vault);
    let vault = home.open().unwrap();
    assert!(matches!(vault.secrets(one), Err(ReadError::NotFound)));
    assert!(vault.token(one, &production).unwrap().is_none());
    assert_eq!(value_of(&vault, two), "2");
    let records: i64 = {
        drop(vault);
        home.raw().query_row("SELECT count(*) FROM rec", [], |row| row.get(0)).unwrap()
    };
    assert_eq!(records, 5, "catalog, settings, journal, and two of the credential left");
}

#[test]
fn a_batch_with_one_bad_change_changes_nothing() {
    let home = Home::new();
    let mut vault = home.create();
    let id = add(&mut vault, "main", "old");
    let before = home.bytes();
    let mut batch = Batch::new();
    batch.put_secrets(id, secrets("new"));
    batch.put_secrets(CredentialId::make_random(), secrets("nobody's"));
    assert!(matches!(vault.commit(batch), Err(SaveError::NotFound)));
    assert_eq!(value_of(&vault, id), "old");
    assert_eq!(home.bytes(), before);
}

#[test]
fn an_empty_batch_writes_nothing() {
    let home = Home::new();
    let mut vault = home.create();
    vault.commit(Batch::new()).unwrap();
    assert_eq!(vault.generation(), 1);
}

#[test]
fn a_credential_without_stored_secrets_has_none() {
    let home = Home::new();
    let mut vault = home.create();
    let id = add(&mut vault, "main", "value");
    let mut batch = Batch::new();
    batch.put_secrets(id, [].into_iter().collect());
    vault.commit(batch).unwrap();
    assert!(vault.secrets(id).unwrap().is_empty());
}

#[test]
fn a_reveal_once_key_is_read_back_from_the_file_before_it_counts_as_saved() {
    let home = Home::new();
    let mut vault = home.create();
    let main = credential("main");
    let id = main.id;
    let mut batch = Batch::new();
    batch.put_credential(main);
    batch.put_secrets(id, secrets("shown once"));
    vault.commit_and_read_back(batch, id).unwrap();
    assert_eq!(value_of(&vault, id), "shown once");
    add(&mut vault, "next", "works on");
    drop(vault);
    assert_eq!(value_of(&home.open().unwrap(), id), "shown once");
}

#[test]
fn the_journal_goes_on_over_many_segments_in_order() {
    let home = Home::new();
    let mut vault = home.create();
    for round in 0..40 {
        let mut batch = Batch::new();
        batch.append_journal((0..20).map(|at| entry(&format!("{round}-{at}"))).collect());
        vault.commit(batch).unwrap();
    }
    let mut batch = Batch::new();
    batch.append_journal(vec![entry("twice")]);
    batch.append_journal(vec![entry("in a batch")]);
    vault.commit(batch).unwrap();
    drop(vault);
    let journal = home.open().unwrap().journal().unwrap();
    assert_eq!(journal.len(), 1 + 40 * 20 + 2);
    assert_eq!(journal[1].action, "0-0");
    assert_eq!(journal[800].action, "39-19");
    assert_eq!(journal[802].action, "in a batch");
}
