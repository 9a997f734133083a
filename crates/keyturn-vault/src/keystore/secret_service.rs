//! The Secret Service (gnome-keyring, KWallet, KeePassXC) as a keyring-core store.
//!
//! Asynchronous underneath with a deadline over everything, since the services block without one. It
//! never unlocks anything and never raises a prompt: a locked collection is [`KeystoreError::Locked`].
//! Items go to the default collection, with the attributes `service` and `username`.

use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use keyring::api::{Credential, CredentialApi, CredentialStoreApi};
use keyring::{Entry, Error, Result};
use secret_service::{EncryptionType, SecretService};

use super::KeystoreError;

/// Less than what the caller waits, so that the caller hears the true reason.
const DEADLINE: Duration = Duration::from_millis(4_500);

/// The store; it holds no connection.
#[derive(Debug)]
pub(super) struct SecretServiceStore;

/// One item of it.
#[derive(Debug)]
struct Item {
    service: String,
    user: String,
}

impl CredentialStoreApi for SecretServiceStore {
    fn vendor(&self) -> String {
        "Secret Service".to_owned()
    }

    fn id(&self) -> String {
        "keyturn".to_owned()
    }

    fn build(
        &self,
        service: &str,
        user: &str,
        _modifiers: Option<&HashMap<&str, &str>>,
    ) -> Result<Entry> {
        let item = Item { service: service.to_owned(), user: user.to_owned() };
        Ok(Entry::new_with_credential(Arc::new(item)))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl CredentialApi for Item {
    fn set_secret(&self, secret: &[u8]) -> Result<()> {
        within_deadline(async {
            let service = connect().await?;
            let collection = service.get_default_collection().await.map_err(failure)?;
            if collection.is_locked().await.map_err(failure)? {
                return Err(locked());
            }
            let label = format!("Keyturn vault {}", self.user);
            let attributes = self.attributes();
            let kind = "application/octet-stream";
            collection
                .create_item(&label, attributes, secret, true, kind)
                .await
                .map(drop)
                .map_err(failure)
        })
    }

    fn get_secret(&self) -> Result<Vec<u8>> {
        within_deadline(async {
            let service = connect().await?;
            let found = service.search_items(self.attributes()).await.map_err(failure)?;
            match found.unlocked.first() {
                Some(item) => item.get_secret().await.map_err(failure),
                None if found.locked.is_empty() => Err(absent(&service).await),
                None => Err(locked()),
            }
        })
    }

    fn delete_credential(&self) -> Result<()> {
        within_deadline(async {
            let service = connect().await?;
            let found = service.search_items(self.attributes()).await.map_err(failure)?;
            if !found.locked.is_empty() {
                return Err(locked());
            }
            if found.unlocked.is_empty() {
                return Err(absent(&service).await);
            }
            for item in &found.unlocked {
                item.delete().await.map_err(failure)?;
            }
            Ok(())
        })
    }

    fn get_credential(&self) -> Result<Option<Arc<Credential>>> {
        self.get_secret().map(|secret| {
            drop(keyturn_core::SecretBytes::new(secret));
            None
        })
    }

    fn get_specifiers(&self) -> Option<(String, String)> {
        Some((self.service.clone(), self.user.clone()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Item {
    fn attributes(&self) -> HashMap<&str, &str> {
        [("service", self.service.as_str()), ("username", self.user.as_str())].into()
    }
}

async fn connect() -> Result<SecretService<'static>> {
    let connection = zbus::connection::Builder::session()
        .map_err(|_| unavailable())?
        .method_timeout(DEADLINE)
        .build()
        .await
        .map_err(|_| unavailable())?;
    SecretService::connect_with_existing(EncryptionType::Dh, connection).await.map_err(failure)
}

/// Why an item was not found: a locked or missing collection hides what is in it.
async fn absent(service: &SecretService<'_>) -> Error {
    match service.get_default_collection().await {
        Err(error) => failure(error),
        Ok(collection) => match collection.is_locked().await {
            Ok(false) => Error::NoEntry,
            Ok(true) => locked(),
            Err(error) => failure(error),
        },
    }
}

/// Runs to its end or its deadline; everything it started ends with it.
fn within_deadline<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|_| unavailable())?;
    runtime.block_on(async {
        tokio::time::timeout(DEADLINE, work).await.unwrap_or_else(|_| Err(timed_out()))
    })
}

fn failure(error: secret_service::Error) -> Error {
    match error {
        secret_service::Error::Locked | secret_service::Error::Prompt => locked(),
        secret_service::Error::Crypto(_) => platform(KeystoreError::WrongBytes),
        secret_service::Error::Zbus(zbus::Error::InputOutput(io))
            if io.kind() == std::io::ErrorKind::TimedOut =>
        {
            timed_out()
        }
        _ => unavailable(),
    }
}

fn locked() -> Error {
    Error::NoStorageAccess(Box::new(KeystoreError::Locked))
}

fn timed_out() -> Error {
    platform(KeystoreError::TimedOut)
}

fn unavailable() -> Error {
    platform(KeystoreError::Unavailable)
}

fn platform(error: KeystoreError) -> Error {
    Error::PlatformFailure(Box::new(error))
}
