//! The agent's log: what it did and when, for the user who wonders. Never a secret, a query or a body.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use keyturn_core::Clock;

/// Where the agent writes what it did.
#[derive(Clone)]
pub(crate) struct Log {
    clock: Arc<dyn Clock>,
    out: Arc<Mutex<Out>>,
}

enum Out {
    Terminal,
    File(File),
}

/// A log larger than this begins anew when the agent starts; the last one is kept beside it.
const MAX_LOG: u64 = 1024 * 1024;

impl Log {
    /// Writes to standard error.
    pub(crate) fn to_terminal(clock: Arc<dyn Clock>) -> Self {
        Self { clock, out: Arc::new(Mutex::new(Out::Terminal)) }
    }

    /// Writes to `agent.log` in this folder.
    pub(crate) fn to_file(folder: &Path, clock: Arc<dyn Clock>) -> io::Result<Self> {
        let path = folder.join("agent.log");
        if path.metadata().is_ok_and(|found| found.len() > MAX_LOG) {
            std::fs::rename(&path, folder.join("agent.log.1"))?;
        }
        let file = OpenOptions::new().create(true).append(true).mode(0o600).open(&path)?;
        Ok(Self { clock, out: Arc::new(Mutex::new(Out::File(file))) })
    }

    /// Writes one line. A log that cannot be written is no reason to stop.
    pub(crate) fn line(&self, text: &str) {
        let line = format!("{} {text}\n", self.clock.now().format("%Y-%m-%dT%H:%M:%SZ"));
        drop(match &mut *self.out.lock().unwrap_or_else(PoisonError::into_inner) {
            Out::Terminal => io::stderr().write_all(line.as_bytes()),
            Out::File(file) => file.write_all(line.as_bytes()),
        });
    }
}
