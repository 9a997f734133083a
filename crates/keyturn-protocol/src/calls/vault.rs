//! Calls about the vault as a whole.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::DisplayVariables;
use crate::SecretOnWire;

/// Asks how things stand; needs neither an unlocked vault nor a grant.
#[derive(Debug, Serialize, Deserialize)]
pub struct ShowStatus {}

/// How things stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct StatusAnswer {
    /// The vault's state.
    pub state: VaultState,
    /// The agent.
    pub agent: AgentView,
    /// The vault.
    pub vault: VaultView,
    /// What opens it; `None` where there is none.
    pub protect: Option<ProtectionMode>,
}

/// The vault's state; the words of the command line's JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum VaultState {
    /// There is no vault.
    Absent,
    /// It is there and locked.
    Locked,
    /// It is open.
    Unlocked,
    /// It is open for reading only: the file is older than it should be.
    Quarantined,
}

/// The agent, as `status` shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AgentView {
    /// Its process id; `None` when none runs.
    pub pid: Option<u32>,
    /// Whether it took the place of an older one and the vault was not opened since.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<bool>", optional))]
    pub updated: bool,
    /// Why it locked the vault last; `None` while the vault is open, or where this agent never opened it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub locked_by: Option<LockedBy>,
}

/// Why the vault was locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum LockedBy {
    /// The user did it, here or elsewhere.
    User,
    /// Nobody used it for as long as the user set.
    Idle,
    /// It was open for the longest time that there is.
    Longest,
    /// The machine went to sleep.
    Sleep,
    /// The screen was locked.
    Screen,
    /// The agent ends.
    Ending,
}

/// The vault, as `status` shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct VaultView {
    /// Its file.
    pub path: PathBuf,
    /// How many credentials it holds; `None` while it is locked.
    pub credentials: Option<usize>,
    /// How often it was written; `None` while it is locked.
    pub generation: Option<u64>,
}

/// What opens a vault besides its recovery key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ProtectionMode {
    /// A secret in the OS keyring.
    Keyring,
    /// A passphrase.
    Passphrase,
    /// Both together.
    Both,
}

/// Makes the vault.
#[derive(Debug, Serialize, Deserialize)]
pub struct InitVault {
    /// What shall open it; `None` takes `both` where a keyring answers, else `passphrase`.
    pub protect: Option<ProtectionMode>,
    /// The passphrase, where one is needed.
    pub passphrase: Option<SecretOnWire>,
}

/// What the user must keep of a new vault.
#[derive(Debug, Serialize, Deserialize)]
pub struct InitVaultAnswer {
    /// What opens it.
    pub protect: ProtectionMode,
    /// The recovery key; it is told this once.
    pub recovery_key: SecretOnWire,
}

/// Shows the user the recovery key that the caller was told a moment ago, in a window that the agent
/// opens: see [`crate::prompt`].
#[derive(Debug, Serialize, Deserialize)]
pub struct ShowRecoveryKey {
    /// The key.
    pub key: SecretOnWire,
    /// Whether it is shown as a kit to be printed, for as long as that takes.
    #[serde(default)]
    pub to_print: bool,
}

/// Copies the recovery key that the caller was told a moment ago, as any other secret: it is cleared after
/// the seconds that are answered.
#[derive(Debug, Serialize, Deserialize)]
pub struct CopyRecoveryKey {
    /// The key.
    pub key: SecretOnWire,
    /// Where the screen is.
    pub display: DisplayVariables,
}

/// How long a copy stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CopiedFor {
    /// After how many seconds the clipboard is cleared.
    pub clears_in_s: u64,
}

/// Unlocks the vault, and grants its use to the caller's terminal or process tree.
#[derive(Debug, Serialize, Deserialize)]
pub struct UnlockVault {
    /// By what.
    pub method: UnlockMethod,
}

/// What a vault is unlocked with.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnlockMethod {
    /// The OS keyring alone.
    Keyring,
    /// The passphrase, with the keyring's secret where the vault wants both.
    Passphrase(SecretOnWire),
    /// The recovery key.
    Recovery(SecretOnWire),
}

/// Locks the vault; anyone who can reach the socket may.
#[derive(Debug, Serialize, Deserialize)]
pub struct LockVault {}
