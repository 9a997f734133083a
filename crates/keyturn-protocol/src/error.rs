//! The one error that crosses the socket.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What kind of failure it is. Closed: a variant is added only when a consumer acts on it.
///
/// The command line maps each to an exit status in one table, the window to words and an action in
/// another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// What was asked cannot be understood, or contradicts itself.
    InvalidInput,
    /// It exists already.
    AlreadyExists,
    /// There is no vault yet.
    VaultAbsent,
    /// The vault is locked.
    VaultLocked,
    /// The vault does not open with what was given; never says which part was wrong.
    WrongKey,
    /// Too many wrong attempts: wait.
    TooManyAttempts,
    /// The OS keyring does not answer or is locked.
    KeyringUnavailable,
    /// There is no such credential, field, environment, sample or provider.
    NotFound,
    /// A rule forbids it: clear text, foreign host, wrong endpoint for this secret, ….
    RefusedByPolicy,
    /// This caller was not allowed to use the vault.
    NoConsent,
    /// It creates or reveals something and needs a yes.
    ConfirmationNeeded,
    /// It shows a key, and the user wants to be asked for the passphrase before.
    PassphraseFirst,
    /// The provider refused the credential.
    CredentialRefused,
    /// The provider answered, but not with what its documentation says.
    ProviderAnswer,
    /// The provider takes it later: its limits are reached, or it asked to wait.
    NotYet,
    /// The provider cannot be reached.
    Network,
    /// The provider's certificate or TLS version was refused.
    Tls,
    /// The provider did not answer in time.
    Timeout,
    /// The vault file is damaged or was tampered with.
    VaultDamaged,
    /// The vault file was written by a newer version.
    VaultNewer,
    /// The vault file is older than it should be: it is open for reading only.
    VaultQuarantined,
    /// Saving failed, e.g. because the disk is full; the old state stays.
    NotSaved,
    /// The clipboard cannot be reached.
    ClipboardUnavailable,
    /// The agent cannot be started or reached.
    AgentUnreachable,
    /// The running agent is of another version than the client.
    RestartNeeded,
    /// A mistake of Keyturn's own.
    Internal,
}

/// A failure as clients get it: what failed, and what to do. Never holds a secret, a query or a body.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[error("{message}")]
pub struct ApiError {
    /// The kind of failure.
    pub code: ErrorCode,
    /// What failed and what it means: a sentence without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// When trying again makes sense, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<DateTime<Utc>>,
}

impl ApiError {
    /// An error without a hint.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None, retry_at: None }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
