//! A keystore in memory, for tests and for trying things out; it can be made to fail.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use keyturn_core::{SecretBytes, VaultId};

use super::{Keystore, KeystoreError, Purpose};

/// Keeps values until it is dropped.
#[derive(Debug, Default)]
pub struct MemoryKeystore(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    values: BTreeMap<(VaultId, Purpose), SecretBytes>,
    failure: Option<KeystoreError>,
}

impl MemoryKeystore {
    /// An empty keystore that works.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on every call fails like this; `None` lets it work again.
    pub fn fail_with(&self, failure: Option<KeystoreError>) {
        self.state().failure = failure;
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn working(&self) -> Result<std::sync::MutexGuard<'_, State>, KeystoreError> {
        let state = self.state();
        state.failure.map_or(Ok(state), Err)
    }
}

impl Keystore for MemoryKeystore {
    fn put(&self, vault: VaultId, purpose: Purpose, value: &[u8]) -> Result<(), KeystoreError> {
        let value = SecretBytes::new(value.to_vec());
        drop(self.working()?.values.insert((vault, purpose), value));
        Ok(())
    }

    fn get(&self, vault: VaultId, purpose: Purpose) -> Result<SecretBytes, KeystoreError> {
        let state = self.working()?;
        let value = state.values.get(&(vault, purpose)).ok_or(KeystoreError::Absent)?;
        Ok(SecretBytes::new(value.expose().clone()))
    }

    fn delete(&self, vault: VaultId, purpose: Purpose) -> Result<(), KeystoreError> {
        let removed = self.working()?.values.remove(&(vault, purpose));
        removed.map(drop).ok_or(KeystoreError::Absent)
    }

    fn available(&self) -> bool {
        self.working().is_ok()
    }
}
