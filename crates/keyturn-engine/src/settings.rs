//! The settings that are a matter of security.

use keyturn_core::{SecretString, SecuritySettings, SecuritySettingsError};
use keyturn_vault::{Batch, JournalEntry, Protection, Unlock, Vault};

use crate::{Engine, EngineError};

impl Engine {
    /// The settings; an error while the vault is locked, since they lie inside it.
    pub fn security(&self) -> Result<SecuritySettings, EngineError> {
        self.read(|vault| Ok(vault.settings().security.clone()))
    }

    /// Changes the settings; the journal has the names of what changed.
    pub fn set_security(
        &self,
        security: SecuritySettings,
        caller: &str,
    ) -> Result<SecuritySettings, EngineError> {
        security.check()?;
        self.write(|vault| {
            if security.passphrase_before_reveal {
                check_passphrase(vault)?;
            }
            let mut all = vault.settings().clone();
            let changed = security.differences(&all.security);
            if changed.is_empty() {
                return Ok(security);
            }
            all.security = security.clone();
            let mut batch = Batch::new();
            batch.put_settings(all);
            let entry = self.plain_entry(caller, "settings");
            batch.append_journal(vec![JournalEntry { changed, ..entry }]);
            self.commit(vault, batch)?;
            Ok(security)
        })
    }

    /// Says why the passphrase cannot be asked for, where there is none; an error while the vault is locked.
    pub fn passphrase_problem(&self) -> Result<Option<SecuritySettingsError>, EngineError> {
        self.read(|vault| Ok(check_passphrase(vault).err()))
    }

    /// Proves the passphrase of the open vault; one that is locked stays so.
    pub fn prove_passphrase(&self, passphrase: &SecretString) -> Result<(), EngineError> {
        self.read(|vault| {
            check_passphrase(vault)?;
            Ok(vault.prove(Unlock::Passphrase(passphrase), &*self.ports.keystore)?)
        })
    }
}

fn check_passphrase(vault: &Vault) -> Result<(), SecuritySettingsError> {
    match vault.protection() {
        Protection::Keyring => Err(SecuritySettingsError::NoPassphrase),
        Protection::Passphrase | Protection::Both => Ok(()),
    }
}
