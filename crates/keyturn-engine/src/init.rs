//! Making the vault.

use keyturn_core::SecretString;
use keyturn_vault::{CreateError, Protection, RecoveryKey, Vault};

use crate::{Engine, EngineError};

/// What a new vault shall be like.
#[derive(Debug)]
pub struct Init {
    /// What shall open it; `None` takes both where a keyring answers, else the passphrase.
    pub protection: Option<Protection>,
    /// The passphrase, where one is needed.
    pub passphrase: Option<SecretString>,
}

impl Engine {
    /// Makes the vault and leaves it open. With a calibrated cost it takes a few seconds, since the
    /// key derivation is measured on this machine first.
    pub fn init(&self, request: &Init) -> Result<(Protection, RecoveryKey), EngineError> {
        let protection = match request.protection {
            Some(protection) => protection,
            None if self.ports.keystore.available() => Protection::Both,
            None => Protection::Passphrase,
        };
        if protection != Protection::Keyring && request.passphrase.is_none() {
            return Err(EngineError::PassphraseNeeded);
        }
        let mut slot = self.vault_slot();
        if slot.is_some() {
            // The vault itself would say no more than that it is in use.
            return Err(CreateError::Exists { path: self.ports.paths.vault.clone() }.into());
        }
        let (vault, recovery_key) = Vault::create(
            &self.ports.paths,
            protection,
            request.passphrase.as_ref().filter(|_| protection != Protection::Keyring),
            &*self.ports.keystore,
            self.ports.kdf_cost,
            &*self.ports.clock,
        )?;
        self.own_profiles.take_over(vault.settings());
        self.take_over_reminders(&vault);
        *slot = Some(vault);
        Ok((protection, recovery_key))
    }
}
