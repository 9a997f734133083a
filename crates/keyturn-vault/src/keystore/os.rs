//! The operating system's keyring, reached from one thread that is given five seconds for an answer.
//!
//! Keyrings block, ask the user or fall silent as they like; so all calls run on a worker thread of
//! their own, one after the other, and the caller waits five seconds at most. The worker ends with the
//! keystore. Each call connects anew: a keyring that comes back is used at once, and no failed start is
//! remembered. The platform's part is a `keyring` (keyring-core) store: [`super::secret_service`] on
//! Linux, the vendors' stores on macOS and Windows (never compiled so far).
//!
//! Limit: what passes through D-Bus lies in the bus library's buffers, which nobody wipes; it is
//! encrypted for the session there.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use keyring::api::CredentialStore;
use keyturn_core::{SecretBytes, VaultId};

use super::{Keystore, KeystoreError, Purpose};

/// The longest that any call takes.
const PATIENCE: Duration = Duration::from_secs(5);
/// What the keyring shows as the secrets' service.
const SERVICE: &str = "keyturn";
/// No vault's id; asking for its value shows whether the keyring answers.
const NO_VAULT: VaultId = VaultId::from_bytes([0; 16]);

/// The keyring of the user's session.
#[derive(Debug, Default)]
pub struct OsKeystore(Mutex<Option<Sender<Job>>>);

/// One call on its way to the worker.
struct Job {
    user: String,
    action: Action,
    /// After this the caller is gone, and nothing may happen any more.
    until: Instant,
    answer: Sender<Result<Option<SecretBytes>, KeystoreError>>,
}

enum Action {
    Put(SecretBytes),
    Get,
    Delete,
}

impl OsKeystore {
    /// Reaches the keyring when it is first asked for something.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn ask(
        &self,
        vault: VaultId,
        purpose: Purpose,
        action: Action,
    ) -> Result<Option<SecretBytes>, KeystoreError> {
        let (answer, answered) = channel();
        let user = format!("{vault}/{}", purpose.as_str());
        let job = Job { user, action, until: Instant::now() + PATIENCE, answer };
        self.worker()?.send(job).map_err(|_| KeystoreError::Unavailable)?;
        answered.recv_timeout(PATIENCE).unwrap_or_else(|failure| {
            Err(match failure {
                RecvTimeoutError::Timeout => KeystoreError::TimedOut,
                RecvTimeoutError::Disconnected => KeystoreError::Unavailable,
            })
        })
    }

    fn worker(&self) -> Result<Sender<Job>, KeystoreError> {
        let mut worker = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = worker.as_ref() {
            return Ok(sender.clone());
        }
        let (sender, jobs) = channel();
        thread::Builder::new()
            .name("keystore".to_owned())
            .spawn(move || work(&jobs))
            .map_err(|_| KeystoreError::Unavailable)?;
        Ok(worker.insert(sender).clone())
    }
}

impl Keystore for OsKeystore {
    fn put(&self, vault: VaultId, purpose: Purpose, value: &[u8]) -> Result<(), KeystoreError> {
        let value = SecretBytes::new(value.to_vec());
        self.ask(vault, purpose, Action::Put(value)).map(drop)
    }

    fn get(&self, vault: VaultId, purpose: Purpose) -> Result<SecretBytes, KeystoreError> {
        self.ask(vault, purpose, Action::Get)?.ok_or(KeystoreError::WrongBytes)
    }

    fn delete(&self, vault: VaultId, purpose: Purpose) -> Result<(), KeystoreError> {
        self.ask(vault, purpose, Action::Delete).map(drop)
    }

    fn available(&self) -> bool {
        matches!(self.get(NO_VAULT, Purpose::Slot), Ok(_) | Err(KeystoreError::Absent))
    }
}

impl std::fmt::Debug for Job {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Job")
    }
}

fn work(jobs: &Receiver<Job>) {
    while let Ok(job) = jobs.recv() {
        let answer =
            if Instant::now() < job.until { perform(&job) } else { Err(KeystoreError::TimedOut) };
        // The caller may have left.
        drop(job.answer.send(answer));
    }
}

fn perform(job: &Job) -> Result<Option<SecretBytes>, KeystoreError> {
    let modifiers = platform::modifiers();
    let entry = platform::store()
        .and_then(|store| store.build(SERVICE, &job.user, modifiers.as_ref()))
        .map_err(failure)?;
    match &job.action {
        Action::Put(value) => entry.set_secret(value.expose()).map(|()| None),
        Action::Get => entry.get_secret().map(|value| Some(SecretBytes::new(value))),
        Action::Delete => entry.delete_credential().map(|()| None),
    }
    .map_err(failure)
}

/// Reads the kind of a failure only: some of them carry the secret's bytes.
fn failure(error: keyring::Error) -> KeystoreError {
    match error {
        keyring::Error::NoEntry => KeystoreError::Absent,
        keyring::Error::NoStorageAccess(_) => KeystoreError::Locked,
        keyring::Error::BadEncoding(_) | keyring::Error::BadDataFormat(..) => {
            KeystoreError::WrongBytes
        }
        keyring::Error::PlatformFailure(source) => {
            source.downcast_ref().copied().unwrap_or(KeystoreError::Unavailable)
        }
        _ => KeystoreError::Unavailable,
    }
}

#[cfg(target_os = "linux")]
mod platform {
    use super::{Arc, CredentialStore};

    #[expect(clippy::unnecessary_wraps, reason = "the other platforms' stores may fail to start")]
    pub(super) fn store() -> keyring::Result<Arc<CredentialStore>> {
        Ok(Arc::new(crate::keystore::secret_service::SecretServiceStore))
    }

    pub(super) const fn modifiers() -> Option<std::collections::HashMap<&'static str, &'static str>>
    {
        None
    }
}

/// The login keychain. Never compiled so far; written from the store's documentation.
#[cfg(target_os = "macos")]
mod platform {
    use super::{Arc, CredentialStore};

    pub(super) fn store() -> keyring::Result<Arc<CredentialStore>> {
        let store: Arc<CredentialStore> = apple_native_keyring_store::keychain::Store::new()?;
        Ok(store)
    }

    pub(super) const fn modifiers() -> Option<std::collections::HashMap<&'static str, &'static str>>
    {
        None
    }
}

/// The Credential Manager, on this machine only. Never compiled so far; written from the store's
/// documentation.
#[cfg(target_os = "windows")]
mod platform {
    use super::{Arc, CredentialStore};

    pub(super) fn store() -> keyring::Result<Arc<CredentialStore>> {
        let store: Arc<CredentialStore> = windows_native_keyring_store::Store::new()?;
        Ok(store)
    }

    pub(super) fn modifiers() -> Option<std::collections::HashMap<&'static str, &'static str>> {
        Some([("persistence", "Local")].into())
    }
}
