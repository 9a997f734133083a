//! The vault as a whole: how it stands, making, opening and closing it.
//!
//! Opening it is called from this process, since the agent grants the vault to whoever opens it.

use keyturn_protocol::SecretOnWire;
use keyturn_protocol::calls::{
    InitVault, LockVault, ProtectionMode, ShowStatus, StatusAnswer, UnlockMethod, UnlockVault,
};
use serde::Serialize;
use tauri::State;

use crate::agent::Agent;
use crate::commands::Answer;
use crate::input::Input;
use crate::recovery::PendingRecovery;

/// What opens a vault that was just made; its recovery key stays here.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) struct VaultMade {
    protect: ProtectionMode,
}

/// Asks how things stand.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn show_status(agent: State<'_, Agent>) -> Answer<StatusAnswer> {
    agent.call(ShowStatus {}).await
}

/// Makes the vault and keeps its recovery key until it is confirmed.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn init_vault(
    agent: State<'_, Agent>,
    recovery: State<'_, PendingRecovery>,
    protect: Input<Option<ProtectionMode>>,
    passphrase: Input<Option<SecretOnWire>>,
) -> Answer<VaultMade> {
    let call = InitVault { protect: protect.0, passphrase: passphrase.0 };
    let made = agent.call(call).await?;
    recovery.hold(made.recovery_key.0);
    Ok(VaultMade { protect: made.protect })
}

/// Opens the vault; without a passphrase or recovery key by the OS keyring.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn unlock_vault(
    agent: State<'_, Agent>,
    passphrase: Input<Option<SecretOnWire>>,
    recovery_key: Input<Option<SecretOnWire>>,
) -> Answer<()> {
    let recovery = recovery_key.0.map(UnlockMethod::Recovery);
    let given = recovery.or(passphrase.0.map(UnlockMethod::Passphrase));
    let method = given.unwrap_or(UnlockMethod::Keyring);
    agent.call(UnlockVault { method }).await.map(|_| ())
}

/// Closes the vault.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn lock_vault(agent: State<'_, Agent>) -> Answer<()> {
    agent.call(LockVault {}).await.map(|_| ())
}
