//! Exchanges and revocations that are on the wire: begun at the provider, not yet written here.
//!
//! A provider may have taken the old token back by the time it answers, so that closing the vault in
//! between would lose the new one. The vault therefore closes after them, and nothing new sets out
//! meanwhile; a provider that does not answer keeps it open for no longer than [`PATIENCE`].

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::{Engine, EngineError};

/// Closing waits no longer for what is on the wire.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is on the wire.
#[derive(Debug, Default)]
pub(crate) struct Wire(watch::Sender<Traffic>);

#[derive(Debug, Default)]
struct Traffic {
    aloft: usize,
    closings: usize,
}

/// On the wire for as long as it lives.
pub(crate) struct Aloft(Arc<Wire>);

/// Keeps everybody else on the ground for as long as it lives.
struct Closing<'wire>(&'wire Wire);

impl Wire {
    fn close(&self) -> Closing<'_> {
        self.0.send_modify(|traffic| traffic.closings += 1);
        Closing(self)
    }

    async fn is_empty(&self) {
        let mut traffic = self.0.subscribe();
        drop(traffic.wait_for(|traffic| traffic.aloft == 0).await);
    }
}

impl Engine {
    /// Sets out; not where the vault is about to close.
    pub(crate) fn set_out(&self) -> Result<Aloft, EngineError> {
        let set_out = self.wire.0.send_if_modified(|traffic| {
            let free = traffic.closings == 0;
            traffic.aloft += usize::from(free);
            free
        });
        if set_out { Ok(Aloft(Arc::clone(&self.wire))) } else { Err(EngineError::VaultLocked) }
    }

    /// Closes the vault once everything that is on the wire was written, or after a few seconds
    /// without it.
    pub async fn land_and_lock(&self) -> Result<(), EngineError> {
        let _closing = self.wire.close();
        drop(tokio::time::timeout(PATIENCE, self.wire.is_empty()).await);
        self.lock()
    }
}

impl Drop for Aloft {
    fn drop(&mut self) {
        self.0.0.send_modify(|traffic| traffic.aloft -= 1);
    }
}

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.0.send_modify(|traffic| traffic.closings -= 1);
    }
}
