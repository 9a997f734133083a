//! A vault in a folder of its own, opened by a keystore in memory so that no test waits for a KDF.

use std::path::PathBuf;

use chrono::DateTime;
use keyturn_core::{
    Credential, CredentialId, Expiry, ExpirySource, Field, FieldValue, ManualClock, RevealState,
    SecretFields, SecretString, Token,
};
use keyturn_vault::{
    Batch, JournalEntry, KdfCost, MemoryKeystore, OpenError, Protection, RecoveryKey, Unlock,
    Vault, VaultPaths,
};
use rusqlite::Connection;

pub(crate) struct Home {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) keystore: MemoryKeystore,
}

pub(crate) fn clock() -> ManualClock {
    ManualClock::at(DateTime::from_timestamp(1_772_000_000, 0).unwrap())
}

pub(crate) fn secret(text: &str) -> SecretString {
    SecretString::new(text.to_owned())
}

impl Home {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), keystore: MemoryKeystore::new() }
    }

    pub(crate) fn paths(&self) -> VaultPaths {
        let root = self.folder.path();
        VaultPaths {
            vault: root.join("data/vault.kyt"),
            backups: root.join("data/backups"),
            anchor: root.join("state/anchor"),
            lock: root.join("run/vault.lock"),
        }
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.paths().vault
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        std::fs::read(self.file()).unwrap()
    }

    pub(crate) fn create_protected(
        &self,
        protection: Protection,
        passphrase: Option<&SecretString>,
    ) -> (Vault, RecoveryKey) {
        let cost = KdfCost::CHEAPEST;
        Vault::create(&self.paths(), protection, passphrase, &self.keystore, cost, &clock())
            .unwrap()
    }

    pub(crate) fn create(&self) -> Vault {
        self.create_protected(Protection::Keyring, None).0
    }

    pub(crate) fn open(&self) -> Result<Vault, OpenError> {
        Vault::open(&self.paths(), Unlock::Keyring, &self.keystore)
    }

    /// The file as somebody with SQLite and no key sees it.
    pub(crate) fn raw(&self) -> Connection {
        Connection::open(self.file()).unwrap()
    }
}

pub(crate) fn credential(name: &str) -> Credential {
    let reference = format!("acme/{name}").parse().unwrap();
    Credential {
        owner: Some("Ops".to_owned()),
        fields: vec![Field {
            name: "api_key".parse().unwrap(),
            value: FieldValue::Secret { last_four: Some("7x9z".to_owned()) },
        }],
        reveal: RevealState::NotApplicable,
        secret_version: 1,
        secrets_stored_at: None,
        ..Credential::new(reference, vec!["production".parse().unwrap()], clock_time())
    }
}

fn clock_time() -> DateTime<chrono::Utc> {
    DateTime::from_timestamp(1_772_000_000, 0).unwrap()
}

pub(crate) fn secrets(value: &str) -> SecretFields {
    [("api_key".parse().unwrap(), secret(value))].into_iter().collect()
}

pub(crate) fn token(owner: CredentialId, environment: &str, value: &str) -> Token {
    Token {
        credential: owner,
        environment: environment.parse().unwrap(),
        access_token: secret(value),
        refresh_token: None,
        token_type: "bearer".to_owned(),
        issued_at: clock_time(),
        expiry: Expiry {
            at: DateTime::from_timestamp(1_772_086_400, 0),
            source: ExpirySource::JwtClaim,
        },
        secret_version: 1,
    }
}

pub(crate) fn entry(action: &str) -> JournalEntry {
    JournalEntry {
        reference: Some("acme/main".to_owned()),
        host: Some("api.acme.example".to_owned()),
        path: Some("/v1/{id}".to_owned()),
        status: Some(200),
        ..JournalEntry::new(clock_time(), "test", action)
    }
}

/// A credential with its secret, saved.
pub(crate) fn add(vault: &mut Vault, name: &str, value: &str) -> CredentialId {
    let credential = credential(name);
    let id = credential.id;
    let mut batch = Batch::new();
    batch.put_credential(credential);
    batch.put_secrets(id, secrets(value));
    vault.commit(batch).unwrap();
    id
}

pub(crate) fn value_of(vault: &Vault, id: CredentialId) -> String {
    let fields = vault.secrets(id).unwrap();
    fields.get(&"api_key".parse().unwrap()).unwrap().expose().clone()
}
