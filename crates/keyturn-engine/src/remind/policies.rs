//! The rules in force, and how the user wants to be reminded.

use std::sync::Arc;

use keyturn_core::Countdown;
use keyturn_core::reminder::ReminderSettings;
use keyturn_core::rotation::Policies;
use keyturn_vault::Batch;

use super::RemindError;
use crate::{Engine, EngineError};

impl Engine {
    /// The rules by which keys are due. While the vault is locked, those of when it was open.
    pub fn policies(&self) -> Arc<Policies> {
        Arc::clone(&self.reminding().policies)
    }

    /// How and when it is reminded.
    pub fn reminder_settings(&self) -> ReminderSettings {
        self.reminding().book.settings().clone()
    }

    /// From when on a token ends soon, and very soon: the same for every list, the tray and the window.
    pub fn countdown(&self) -> Countdown {
        self.reminding().book.settings().countdown
    }

    /// Changes how and when it is reminded, and how long keys may live; answers what counts from now on.
    pub fn set_reminder_settings(
        &self,
        settings: ReminderSettings,
        caller: &str,
    ) -> Result<ReminderSettings, EngineError> {
        let settings = settings.checked(self.now()).map_err(RemindError::from)?;
        for policy in &settings.providers {
            self.profile(&policy.provider)?;
        }
        self.write(|vault| {
            let mut all = vault.settings().clone();
            all.reminders = settings.clone();
            let mut batch = Batch::new();
            batch.put_settings(all);
            batch.append_journal(vec![self.plain_entry(caller, "remind settings")]);
            self.commit(vault, batch)
        })?;
        Ok(settings)
    }
}
