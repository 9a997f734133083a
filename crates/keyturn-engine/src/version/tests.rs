use chrono::TimeDelta;
use keyturn_core::{Consumer, Field, ManualClock, Secret, SecretString};
use keyturn_providers::Catalogue;
use keyturn_vault::{KdfCost, MemoryKeystore, Protection, VaultPaths};

use super::*;

const OLD: &str = "dc_old-old-old-7x9z";
const NEW: &str = "dc_new-new-new-k2p4";

struct Fixture {
    vault: Vault,
    profile: Profile,
    now: DateTime<Utc>,
    _folder: tempfile::TempDir,
}

impl Fixture {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let paths = VaultPaths {
            vault: folder.path().join("vault.kyt"),
            backups: folder.path().join("backups"),
            anchor: folder.path().join("anchor"),
            lock: folder.path().join("vault.lock"),
        };
        let passphrase = Secret::new("correct horse battery staple vulture".to_owned());
        let (vault, _) = Vault::create(
            &paths,
            Protection::Passphrase,
            Some(&passphrase),
            &MemoryKeystore::new(),
            KdfCost::CHEAPEST,
            &ManualClock::at("2026-06-15T12:00:00Z".parse().unwrap()),
        )
        .unwrap();
        let profile = Catalogue::builtin().get(&"deepcurrent".parse().unwrap()).unwrap().clone();
        Self { vault, profile, now: "2026-06-15T12:00:00Z".parse().unwrap(), _folder: folder }
    }

    fn later(&mut self) -> DateTime<Utc> {
        self.now += TimeDelta::days(1);
        self.now
    }

    /// A credential whose key is in use, as version 1.
    fn credential(&mut self) -> Credential {
        let mut credential = empty(self.now);
        note_current(&self.vault, &self.profile, &mut credential, &key(OLD), self.now);
        credential
    }

    fn store_next(&mut self, credential: &mut Credential, value: &str) -> u32 {
        let at = self.later();
        note_next(&self.vault, &self.profile, credential, &key(value), at).unwrap()
    }
}

fn key(value: &str) -> SecretFields {
    secrets(&[("api_key", value)])
}

fn secrets(fields: &[(&str, &str)]) -> SecretFields {
    let secret = |value: &str| SecretString::new(value.to_owned());
    fields.iter().map(|(name, value)| (name.parse().unwrap(), secret(value))).collect()
}

fn empty(now: DateTime<Utc>) -> Credential {
    let environments = vec!["production".parse().unwrap()];
    let reference = "deepcurrent/main".parse().unwrap();
    Credential { secret_version: 1, ..Credential::new(reference, environments, now) }
}

/// Every version as `number standing`, the secrets' own number in front.
fn stands(credential: &Credential) -> String {
    let versions = credential.versions.iter();
    let words = versions.map(|version| format!(" {} {:?}", version.number, version.standing));
    format!("{}:{}", credential.secret_version, words.collect::<String>())
}

#[test]
fn a_rotation_moves_the_versions_along_and_the_last_one_has_the_secrets_number() {
    let mut fixture = Fixture::new();
    let mut credential = fixture.credential();
    assert_eq!(stands(&credential), "1: 1 Current");
    assert_eq!(fixture.store_next(&mut credential, NEW), 2);
    assert_eq!((stands(&credential).as_str(), wanted(&credential)), ("1: 1 Current 2 Next", 2));
    let promoted_at = fixture.later();
    note_promotion(&mut credential, promoted_at);
    assert_eq!(stands(&credential), "2: 1 Previous 2 Current");
    assert_eq!(credential.versions[0].since, promoted_at);
    note_retirement(&mut credential, fixture.later());
    assert_eq!(stands(&credential), "2: 1 Retired 2 Current");
    assert_eq!(credential.versions[0].last_fours.values().next().unwrap(), "7x9z");
}

#[test]
fn a_way_back_gives_no_number_to_two_values() {
    let mut fixture = Fixture::new();
    let mut credential = fixture.credential();
    fixture.store_next(&mut credential, NEW);
    note_promotion(&mut credential, fixture.later());
    note_roll_back(&mut credential, fixture.later());
    assert_eq!(stands(&credential), "1: 1 Current 2 Next");
    assert_eq!(fixture.store_next(&mut credential, NEW), 2, "the same value is the same version");
    assert_eq!(fixture.store_next(&mut credential, "dc_third-third-aaaa"), 3);
    assert_eq!(stands(&credential), "1: 1 Current 2 Retired 3 Next");
    note_cancel(&mut credential, fixture.later());
    assert_eq!(fixture.store_next(&mut credential, "dc_fourth-fourth-bbbb"), 4);
    note_promotion(&mut credential, fixture.later());
    assert_eq!(stands(&credential), "4: 1 Previous 2 Retired 3 Retired 4 Current");
}

#[test]
fn an_edit_beside_a_stored_next_key_takes_a_number_of_its_own() {
    let mut fixture = Fixture::new();
    let mut credential = fixture.credential();
    fixture.store_next(&mut credential, NEW);
    credential.secret_version += 1;
    let at = fixture.later();
    note_current(
        &fixture.vault,
        &fixture.profile,
        &mut credential,
        &key("dc_edited-edited-cccc"),
        at,
    );
    assert_eq!(stands(&credential), "3: 1 Retired 2 Next 3 Current");
    note_promotion(&mut credential, fixture.later());
    assert_eq!(stands(&credential), "2: 1 Retired 2 Current 3 Previous");
}

#[test]
fn the_same_secrets_under_another_number_are_one_version_and_its_consumers_go_along() {
    let mut fixture = Fixture::new();
    let mut credential = fixture.credential();
    let stored_at = credential.versions[0].stored_at;
    credential.consumers.push(Consumer {
        id: 1,
        name: "make".to_owned(),
        added_on: fixture.now.date_naive(),
        version: Some(1),
    });
    // As when the open client id changes beside it.
    credential.secret_version += 1;
    let at = fixture.later();
    note_current(&fixture.vault, &fixture.profile, &mut credential, &key(OLD), at);
    assert_eq!(stands(&credential), "2: 2 Current");
    assert_eq!(credential.versions[0].stored_at, stored_at, "it is as old as before");
    assert_eq!(credential.consumers[0].version, Some(2));
}

#[test]
fn a_key_that_was_known_by_its_last_four_alone_is_the_same_once_it_is_caught() {
    let fixture = Fixture::new();
    let mut credential = empty(fixture.now);
    let missing = FieldValue::Missing { last_four: Some("7x9z".to_owned()) };
    credential.fields = vec![Field { name: "api_key".parse().unwrap(), value: missing }];
    let (vault, profile) = (&fixture.vault, &fixture.profile);
    note_current(vault, profile, &mut credential, &SecretFields::new(), fixture.now);
    assert_eq!(credential.versions[0].last_fours.len(), 1);
    let mut caught = credential.clone();
    caught.secret_version += 1;
    note_current(vault, profile, &mut caught, &key(OLD), fixture.now);
    assert_eq!(stands(&caught), "2: 2 Current");
    let mut other = credential;
    other.fields.clear();
    other.secret_version += 1;
    note_current(vault, profile, &mut other, &key(NEW), fixture.now);
    assert_eq!(stands(&other), "2: 1 Retired 2 Current", "it ends in other characters");
}

#[test]
fn a_key_that_comes_after_its_credential_is_the_first_one() {
    let fixture = Fixture::new();
    let mut credential = empty(fixture.now);
    let (vault, profile) = (&fixture.vault, &fixture.profile);
    note_current(vault, profile, &mut credential, &SecretFields::new(), fixture.now);
    credential.secret_version += 1;
    note_current(vault, profile, &mut credential, &key(OLD), fixture.now);
    assert_eq!(stands(&credential), "2: 2 Current");
}

#[test]
fn nothing_of_a_password_is_kept_but_its_fingerprint_and_that_goes_with_it() {
    let mut fixture = Fixture::new();
    let mut credential = empty(fixture.now);
    let both = secrets(&[("api_key", OLD), ("password", "a-long-password-of-a-person")]);
    note_current(&fixture.vault, &fixture.profile, &mut credential, &both, fixture.now);
    let (key_field, password): (FieldName, FieldName) =
        ("api_key".parse().unwrap(), "password".parse().unwrap());
    let version = &credential.versions[0];
    assert!(version.last_fours.contains_key(&key_field), "positive control");
    assert!(!version.last_fours.contains_key(&password));
    assert!(version.fingerprints.contains_key(&password), "reuse is seen while it is stored");
    fixture.store_next(&mut credential, NEW);
    note_promotion(&mut credential, fixture.later());
    note_retirement(&mut credential, fixture.later());
    let retired = &credential.versions[0];
    assert!(retired.fingerprints.contains_key(&key_field));
    assert!(!retired.fingerprints.contains_key(&password));
}

#[test]
fn a_short_machine_made_secret_shows_nothing_of_itself() {
    let fixture = Fixture::new();
    let mut credential = empty(fixture.now);
    let (vault, profile) = (&fixture.vault, &fixture.profile);
    note_current(vault, profile, &mut credential, &key("dc_short7x9"), fixture.now);
    assert!(credential.versions[0].last_fours.is_empty());
}
