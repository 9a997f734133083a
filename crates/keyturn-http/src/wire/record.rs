//! What happens while one request is sent, noted by the parts that see it happen.
//!
//! The resolver, the connector and the TLS handshake run inside the client's future, so that a
//! task-local tells them whose request it is. A connection that the client opens in the background
//! belongs to nobody and is not noted.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

tokio::task_local! {
    /// The record of the request that this task is sending.
    pub(super) static RECORD: Arc<Record>;
}

/// What happened while one request was sent.
#[derive(Debug, Default)]
pub(super) struct Record(Mutex<Phases>);

#[derive(Debug, Default, Clone)]
pub(super) struct Phases {
    /// When connecting began, the look-up included.
    pub(super) connect_from: Option<Instant>,
    /// How long the look-up took.
    pub(super) dns: Option<Duration>,
    /// When the TLS handshake began: the connection stood then.
    pub(super) tls_from: Option<Instant>,
    /// When everything stood.
    pub(super) connected_at: Option<Instant>,
    /// The cipher suite that the handshake ended with.
    pub(super) cipher: Option<String>,
    /// The certificates that the server sent, its own first.
    pub(super) chain: Vec<Vec<u8>>,
}

impl Record {
    pub(super) fn phases(&self) -> Phases {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn note(&self, change: impl FnOnce(&mut Phases)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// Notes something in the record of the request that this task is sending, if it is sending one.
pub(super) fn note(change: impl FnOnce(&mut Phases)) {
    // Outside of a request there is nothing to note in, and nobody to tell.
    let _outside = RECORD.try_with(|record| record.note(change));
}
