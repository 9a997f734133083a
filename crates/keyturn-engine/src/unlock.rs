//! Opening and closing the vault.

use keyturn_core::SecretString;
use keyturn_vault::{Unlock, Vault};

use crate::engine::guard;
use crate::observed::Observed;
use crate::{Engine, EngineError};

/// What the vault is opened with.
#[derive(Debug)]
pub enum UnlockWith {
    /// The OS keyring alone.
    Keyring,
    /// The passphrase, with the keyring's secret where the vault wants both.
    Passphrase(SecretString),
    /// The recovery key.
    Recovery(SecretString),
}

impl Engine {
    /// Opens the vault. Where it is open already, what was given is proven all the same: the answer
    /// decides whether another caller is let in.
    pub fn unlock(&self, with: &UnlockWith) -> Result<(), EngineError> {
        let unlock = match with {
            UnlockWith::Keyring => Unlock::Keyring,
            UnlockWith::Passphrase(passphrase) => Unlock::Passphrase(passphrase),
            UnlockWith::Recovery(key) => Unlock::Recovery(key),
        };
        let mut slot = self.vault_slot();
        if let Some(vault) = &*slot {
            return Ok(vault.prove(unlock, &*self.ports.keystore)?);
        }
        let mut vault = Vault::open(&self.ports.paths, unlock, &*self.ports.keystore)?;
        *self.observed() = Observed { seen: vault.observations().clone(), ..Observed::default() };
        self.own_profiles.take_over(vault.settings());
        self.fill_versions(&mut vault);
        self.take_over_reminders(&vault);
        *slot = Some(vault);
        drop(slot);
        self.write_marks();
        // What cannot be deleted now is the next time; the vault is open all the same.
        drop(self.purge_trash());
        // What could not be written before it was closed.
        if self.has_pending() {
            self.unwritten.notify_one();
        }
        Ok(())
    }

    /// Closes the vault and wipes its key. Names and due dates stay for the reminders, and journal
    /// entries that could not be written, unless the vault takes none. It does not wait for what is on
    /// the wire: see [`Engine::land_and_lock`].
    pub fn lock(&self) -> Result<(), EngineError> {
        let mut slot = self.vault_slot();
        let Some(mut vault) = slot.take() else {
            return Ok(());
        };
        // Under the slot's guard: nothing is noted of an open vault after this.
        let flushed = self.flush(&mut vault);
        if vault.is_quarantined() {
            self.forget_pending();
        }
        self.own_profiles.forget();
        guard(&self.pastes).clear();
        guard(&self.leads).clear();
        self.keep_reminders();
        *self.observed() = Observed::default();
        self.forget_exchange_numbers();
        vault.lock(&*self.ports.keystore);
        flushed
    }
}
