//! The schedule's file: nothing readable in it, and nothing but its own key opens it.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use keyturn_core::VaultId;
use keyturn_core::reminder::{About, ReminderSettings, Schedule, Subject};
use keyturn_core::rotation::DueReason;
use keyturn_vault::{
    Keystore, KeystoreError, MemoryKeystore, Purpose, ScheduleError, ScheduleFile,
};

use crate::support::Home;

const NAME: &str = "cnary-name";

fn schedule() -> Schedule {
    let about = About::Due {
        on: "2028-02-29".parse().unwrap(),
        reason: DueReason::Interval,
        since: None,
        by_support: Some(3),
    };
    let credential = keyturn_core::CredentialId::from_bytes([7; 16]);
    let reference = format!("acme/{NAME}").parse().unwrap();
    Schedule {
        settings: ReminderSettings { hide_names: true, ..ReminderSettings::default() },
        subjects: vec![Subject { credential, reference, about }],
        ..Schedule::default()
    }
}

struct Written {
    home: Home,
    vault: VaultId,
}

impl Written {
    fn new() -> Self {
        let written = Self { home: Home::new(), vault: VaultId::make_random() };
        written.file().write(&written.home.keystore, &schedule()).unwrap();
        written
    }

    fn file(&self) -> ScheduleFile {
        ScheduleFile::new(&self.home.paths(), self.vault)
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(self.home.paths().schedule()).unwrap()
    }

    fn put(&self, bytes: &[u8]) {
        fs::write(self.home.paths().schedule(), bytes).unwrap();
    }

    fn read(&self) -> Result<Option<Schedule>, ScheduleError> {
        self.file().read(&self.home.keystore)
    }

    fn is_passed_over(&self) -> bool {
        matches!(self.read(), Err(ScheduleError::PassedOver { .. }))
    }
}

#[test]
fn a_schedule_is_read_again_by_a_process_that_knows_only_the_keyring() {
    let written = Written::new();
    assert_eq!(written.read().unwrap(), Some(schedule()));
    let nothing = Home::new();
    let mut none = ScheduleFile::new(&nothing.paths(), written.vault);
    assert_eq!(none.read(&nothing.keystore).unwrap(), None);
}

#[test]
fn its_file_is_private_shows_no_name_and_its_size_only_in_steps() {
    let written = Written::new();
    let path = written.home.paths().schedule();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let bytes = written.bytes();
    let has =
        |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|one| one == text.as_bytes());
    assert!(has(&serde_json::to_vec(&schedule()).unwrap(), NAME), "positive control");
    assert!(!has(&bytes, NAME) && !has(&bytes, "acme") && !has(&bytes, "2028"));
    let mut longer = schedule();
    longer.subjects.extend(schedule().subjects);
    written.file().write(&written.home.keystore, &longer).unwrap();
    assert_eq!(written.bytes().len(), bytes.len());
    let beside = fs::read_dir(path.parent().unwrap()).unwrap().count();
    assert_eq!(beside, 1, "nothing is left beside it");
}

/// Every field: magic, format, vault, suite, salt, commitment, ciphertext and tag.
#[test]
fn a_schedule_with_any_bit_flipped_or_a_byte_less_or_more_is_passed_over() {
    let written = Written::new();
    let bytes = written.bytes();
    // Every byte of the head and of the box's own; of the long ciphertext one in seven.
    let dense = 26 + 1 + 32 + 32;
    let places =
        (0..dense).chain((dense..bytes.len() - 16).step_by(7)).chain(bytes.len() - 16..bytes.len());
    for at in places {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1;
        written.put(&flipped);
        assert!(written.is_passed_over(), "byte {at}");
    }
    for length in (0..bytes.len()).step_by(97) {
        written.put(&bytes[..length]);
        assert!(written.is_passed_over(), "{length} bytes");
    }
    written.put(&[bytes.as_slice(), &[0]].concat());
    assert!(written.is_passed_over());
    written.put(&bytes);
    assert_eq!(written.read().unwrap(), Some(schedule()), "positive control");
}

#[test]
fn a_schedule_of_another_vault_or_without_its_key_is_passed_over_and_written_anew() {
    let written = Written::new();
    let mut other = ScheduleFile::new(&written.home.paths(), VaultId::make_random());
    let refused = other.read(&written.home.keystore).unwrap_err();
    assert!(refused.to_string().contains("another vault"), "{refused}");
    written.home.keystore.delete(written.vault, Purpose::Schedule).unwrap();
    assert!(written.is_passed_over());
    written.file().write(&written.home.keystore, &schedule()).unwrap();
    assert_eq!(written.read().unwrap(), Some(schedule()));
}

#[test]
fn without_a_keyring_nothing_is_written_and_what_is_there_stays() {
    let written = Written::new();
    let bytes = written.bytes();
    for failure in [KeystoreError::Unavailable, KeystoreError::Locked, KeystoreError::TimedOut] {
        written.home.keystore.fail_with(Some(failure));
        let refused = written.file().write(&written.home.keystore, &Schedule::default());
        assert!(matches!(refused, Err(ScheduleError::Keystore(_))), "{refused:?}");
        assert!(matches!(written.read(), Err(ScheduleError::Keystore(_))));
        assert_eq!(written.bytes(), bytes);
    }
}

#[test]
fn its_key_is_not_the_one_that_opens_the_vault() {
    let home = Home::new();
    let vault = home.create();
    ScheduleFile::new(&home.paths(), vault.vault_id()).write(&home.keystore, &schedule()).unwrap();
    let key = home.keystore.get(vault.vault_id(), Purpose::Schedule).unwrap();
    let slot = home.keystore.get(vault.vault_id(), Purpose::Slot).unwrap();
    assert_ne!(key.expose(), slot.expose());
    let thief = MemoryKeystore::new();
    thief.put(vault.vault_id(), Purpose::Slot, key.expose()).unwrap();
    drop(vault);
    let unlock = keyturn_vault::Unlock::Keyring;
    assert!(keyturn_vault::Vault::open(&home.paths(), unlock, &thief).is_err());
}
