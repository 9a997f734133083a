//! A frozen vault of format 1. It has to open for ever.
//!
//! Run with `KEYTURN_WRITE_FROZEN=1` to make it anew; only a change before the first release may.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use keyturn_core::CredentialId;
use keyturn_vault::{Batch, MemoryKeystore, Protection, Settings, Unlock, Vault};

use crate::support::{Home, credential, entry, secret, secrets, token, value_of};

const PASSPHRASE: &str = "frozen tulip anvil coral";
const ID: CredentialId = CredentialId::from_bytes([0xF1; 16]);

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn write_fixture() {
    let home = Home::new();
    let passphrase = secret(PASSPHRASE);
    let (mut vault, recovery) = home.create_protected(Protection::Passphrase, Some(&passphrase));
    let mut batch = Batch::new();
    let mut main = credential("main");
    main.id = ID;
    batch.put_credential(main);
    batch.put_secrets(ID, secrets("frozen secret"));
    batch.put_token(token(ID, "production", "frozen token"));
    batch.put_settings(Settings::default());
    batch.append_journal(vec![entry("frozen")]);
    vault.commit(batch).unwrap();
    drop(vault);
    fs::copy(home.file(), fixture("format-1.kyt")).unwrap();
    fs::write(fixture("format-1.recovery"), recovery.expose_text().expose()).unwrap();
}

#[test]
fn a_vault_of_format_1_opens_with_its_passphrase_and_its_recovery_key() {
    if std::env::var_os("KEYTURN_WRITE_FROZEN").is_some() {
        write_fixture();
    }
    let home = Home::new();
    let paths = home.paths();
    fs::create_dir(paths.vault.parent().unwrap()).unwrap();
    fs::set_permissions(paths.vault.parent().unwrap(), fs::Permissions::from_mode(0o700)).unwrap();
    fs::copy(fixture("format-1.kyt"), &paths.vault).unwrap();
    fs::set_permissions(&paths.vault, fs::Permissions::from_mode(0o600)).unwrap();
    let passphrase = secret(PASSPHRASE);
    let recovery = secret(&fs::read_to_string(fixture("format-1.recovery")).unwrap());
    for unlock in [Unlock::Passphrase(&passphrase), Unlock::Recovery(&recovery)] {
        let vault = Vault::open(&paths, unlock, &MemoryKeystore::new()).unwrap();
        assert_eq!(vault.generation(), 2);
        assert_eq!(vault.credential(ID).unwrap().reference().to_string(), "acme/main");
        assert_eq!(value_of(&vault, ID), "frozen secret");
        let token = vault.token(ID, &"production".parse().unwrap()).unwrap().unwrap();
        assert_eq!(token.access_token.expose(), "frozen token");
        let journal = vault.journal().unwrap();
        assert_eq!(journal.last().unwrap(), &entry("frozen"));
    }
}
