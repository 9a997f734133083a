//! What only the inside can show: a disk that is full, a record that is not in its place.

use keyturn_core::{Credential, CredentialId, ManualClock, SecretFields, SecretString};

use super::Vault;
use crate::catalog::Place;
use crate::{
    Batch, JournalEntry, KdfCost, MemoryKeystore, Protection, ReadError, SaveError, SecretSlot,
    Unlock, VaultPaths,
};

pub(super) struct Home {
    _folder: tempfile::TempDir,
    pub(super) paths: VaultPaths,
    pub(super) keystore: MemoryKeystore,
}

pub(super) fn create() -> (Home, Vault) {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join("home").join(name);
    let paths = VaultPaths {
        vault: at("vault.kyt"),
        backups: at("backups"),
        anchor: at("anchor"),
        lock: at("lock"),
    };
    let keystore = MemoryKeystore::new();
    let clock = ManualClock::at(chrono::DateTime::from_timestamp(1_772_000_000, 0).unwrap());
    let protection = Protection::Keyring;
    let (vault, _) =
        Vault::create(&paths, protection, None, &keystore, KdfCost::CHEAPEST, &clock).unwrap();
    (Home { _folder: folder, paths, keystore }, vault)
}

fn journal_of(kilobytes: usize) -> Batch {
    let at = chrono::DateTime::from_timestamp(1_772_000_000, 0).unwrap();
    let entry = JournalEntry::new(at, &"x".repeat(1024), "fill");
    let mut batch = Batch::new();
    batch.append_journal(vec![entry; kilobytes]);
    batch
}

#[test]
fn on_a_full_disk_the_old_state_stands_in_the_file_and_in_memory() {
    let (home, mut vault) = create();
    vault.commit(journal_of(1)).unwrap();
    let before = std::fs::read(&home.paths.vault).unwrap();
    vault.file.as_ref().unwrap().limit_pages(0);
    let refused = vault.commit(journal_of(500)).unwrap_err();
    assert!(matches!(refused, SaveError::DiskFull), "{refused:?}");
    assert_eq!(vault.generation(), 2);
    assert_eq!(vault.journal().unwrap().len(), 2);
    assert_eq!(std::fs::read(&home.paths.vault).unwrap(), before, "not a byte differs");
    vault.file.as_ref().unwrap().limit_pages(10_000);
    vault.commit(journal_of(500)).unwrap();
    assert_eq!(vault.journal().unwrap().len(), 502, "with room again it goes on");
    drop(vault);
    let vault = Vault::open(&home.paths, Unlock::Keyring, &home.keystore).unwrap();
    assert_eq!(vault.generation(), 3);
}

#[test]
fn a_lost_file_stops_everything_but_locking() {
    let (home, mut vault) = create();
    vault.file = None;
    assert!(matches!(vault.journal(), Err(ReadError::Lost)));
    assert!(matches!(vault.commit(journal_of(1)), Err(SaveError::Read(ReadError::Lost))));
    vault.lock(&home.keystore);
    assert!(Vault::open(&home.paths, Unlock::Keyring, &home.keystore).is_ok());
}

#[test]
fn debug_of_an_open_vault_shows_no_metadata() {
    let (_home, mut vault) = create();
    let mut batch = Batch::new();
    batch.put_settings(crate::Settings {
        environments: vec![crate::OwnEnvironment {
            provider: "canary".parse().unwrap(),
            name: "canary".parse().unwrap(),
            base_url: "https://canary".to_owned(),
            token_origin: None,
            ca_pem: None,
            allow_plain_http: false,
        }],
        profiles: vec![crate::AcceptedProfile {
            id: "canary".parse().unwrap(),
            text: "canary".to_owned(),
        }],
        reminders: keyturn_core::reminder::ReminderSettings::default(),
        security: keyturn_core::SecuritySettings::default(),
    });
    vault.commit(batch).unwrap();
    assert!(!format!("{vault:?}").contains("canary"));
    let mut batch = Batch::new();
    let field = ("api_key".parse().unwrap(), SecretString::new("canary".to_owned()));
    batch.put_secrets(CredentialId::make_random(), [field].into_iter().collect::<SecretFields>());
    assert!(!format!("{batch:?}").contains("canary"), "a batch shows no secret either");
}

#[test]
fn of_a_deleted_credential_no_record_holds_anything_but_the_journal_its_name() {
    const CANARY: &str = "canary-key-7x9z";
    let (_home, mut vault) = create();
    let at = chrono::DateTime::from_timestamp(1_772_000_000, 0).unwrap();
    let environments = vec!["production".parse().unwrap()];
    let credential = Credential::new("acme/main".parse().unwrap(), environments, at);
    let id = credential.id;
    let secrets = || -> SecretFields {
        [("api_key".parse().unwrap(), SecretString::new(CANARY.to_owned()))].into_iter().collect()
    };
    let held = |vault: &Vault, text: &str| {
        vault.bodies().iter().any(|body| body.windows(text.len()).any(|it| it == text.as_bytes()))
    };
    let mut batch = Batch::new();
    batch.put_credential(credential);
    for slot in [SecretSlot::Current, SecretSlot::Next, SecretSlot::Previous] {
        batch.put_secrets_in(id, slot, secrets());
    }
    batch.put_kept(id, crate::kept::tests::kept(1));
    batch.put_exchanges(id, vec![crate::exchange::tests::noted("CNARY-noted")]);
    batch.put_saved_requests(id, vec![crate::exchange::tests::saved("CNARY-saved")]);
    vault.commit(batch).unwrap();
    let parts = [CANARY, "CNARY1234F", "CNARY-noted", "CNARY-saved"];
    assert!(parts.iter().all(|part| held(&vault, part)), "positive control");
    let mut batch = Batch::new();
    batch.delete_credential(id);
    vault.commit(batch).unwrap();
    assert!(!held(&vault, CANARY), "no slot is left");
    assert!(!held(&vault, "CNARY"), "no exchange and no saved request is left");
    assert!(vault.credential(id).is_none());
}

#[test]
fn a_list_that_is_no_list_is_refused_when_it_is_read_and_can_be_replaced() {
    let (home, mut vault) = create();
    let at = chrono::DateTime::from_timestamp(1_772_000_000, 0).unwrap();
    let environments = vec!["production".parse().unwrap()];
    let credential = Credential::new("acme/main".parse().unwrap(), environments, at);
    let id = credential.id;
    let mut batch = Batch::new();
    batch.put_credential(credential);
    vault.commit(batch).unwrap();
    let bodies: [&[u8]; 4] = [b"", b"\x01", b"\x02[]", b"\x01[{\"name\":\"one\",\"later\":1}]"];
    for body in bodies {
        vault.forge(Place::exchanges(id), Some(body));
        vault.forge(Place::saved_requests(id), Some(body));
        drop(vault);
        vault = Vault::open(&home.paths, Unlock::Keyring, &home.keystore).unwrap();
        assert!(matches!(vault.exchanges(id), Err(ReadError::Tampered { .. })), "{body:?}");
        assert!(matches!(vault.saved_requests(id), Err(ReadError::Tampered { .. })), "{body:?}");
    }
    let mut batch = Batch::new();
    batch.put_exchanges(id, vec![crate::exchange::tests::noted("/")]);
    batch.put_saved_requests(id, Vec::new());
    vault.commit(batch).unwrap();
    assert_eq!(vault.exchanges(id).unwrap().len(), 1);
    assert!(vault.saved_requests(id).unwrap().is_empty());
}
