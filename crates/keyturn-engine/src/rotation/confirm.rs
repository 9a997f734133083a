//! Noting that the provider was told that the new key arrived, which may end the old one (DC7).

use keyturn_core::CredentialRef;
use keyturn_vault::Batch;

use super::RotationError;
use crate::{Engine, EngineError, version};

impl Engine {
    /// Notes the confirmation. Refused while consumers that are written down do not have the new key,
    /// unless `consumers_behind` says that they may stop working.
    pub fn confirm_next(
        &self,
        reference: &CredentialRef,
        consumers_behind: bool,
        caller: &str,
    ) -> Result<(), EngineError> {
        self.write(|vault| {
            let mut turning = self.turning(vault, reference)?;
            let already = turning.rotation.confirmed_at.is_some();
            turning.rotation.confirm(self.now()).map_err(RotationError::from)?;
            if already {
                return Ok(());
            }
            let wanted = version::wanted(&turning.credential);
            let consumers = turning.credential.consumers.iter();
            let behind = consumers.filter(|consumer| consumer.version != Some(wanted));
            let names: Vec<String> = behind.map(|consumer| consumer.name.clone()).collect();
            if !names.is_empty() && !consumers_behind {
                return Err(
                    RotationError::ConsumersBehind { reference: reference.clone(), names }.into()
                );
            }
            let mut batch = Batch::new();
            self.write_step(&mut batch, turning, "rotate confirm", caller);
            self.commit(vault, batch)
        })
    }
}
