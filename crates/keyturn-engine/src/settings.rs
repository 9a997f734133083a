//! The settings that are a matter of security.

use keyturn_core::SecuritySettings;
use keyturn_vault::{Batch, JournalEntry};

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
}
