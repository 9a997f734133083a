//! Status, making, opening and closing the vault.

use std::sync::Arc;

use keyturn_engine::{EngineError, Init, Status, UnlockWith, VaultStatus};
use keyturn_protocol::calls::{
    AgentView, Done, InitVault, InitVaultAnswer, LockedBy, OpenWindow, ProtectionMode,
    StatusAnswer, UnlockMethod, UnlockVault, VaultState, VaultView,
};
use keyturn_protocol::{ApiError, ErrorCode, Event, SecretOnWire};
use keyturn_vault::Protection;

use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;
use crate::handle::attempt::attempt;

pub(super) fn status(agent: &Agent) -> Result<StatusAnswer, ApiError> {
    let Status { vault, protection } = agent.engine.status().map_err(|error| to_api(&error))?;
    let (state, credentials, generation) = match vault {
        VaultStatus::Absent => (VaultState::Absent, None, None),
        VaultStatus::Locked => (VaultState::Locked, None, None),
        VaultStatus::Unlocked { credentials, generation, quarantined } => {
            let state = if quarantined { VaultState::Quarantined } else { VaultState::Unlocked };
            (state, Some(credentials), Some(generation))
        }
    };
    Ok(StatusAnswer {
        state,
        agent: AgentView {
            pid: Some(std::process::id()),
            updated: agent.is_updated(),
            locked_by: agent.locked_by(),
        },
        vault: VaultView { path: agent.home.vault(), credentials, generation },
        protect: protection.map(mode),
    })
}

pub(super) async fn init(
    agent: &Arc<Agent>,
    caller: &Caller,
    call: InitVault,
) -> Result<InitVaultAnswer, ApiError> {
    let engine = Arc::clone(&agent.engine);
    let request = Init {
        protection: call.protect.map(protection),
        passphrase: call.passphrase.map(|passphrase| passphrase.0),
    };
    let made = tokio::task::spawn_blocking(move || engine.init(&request)).await;
    let (protection, recovery_key) = finished(made)?;
    agent.grants.add(caller);
    agent.consents.unlocked_by(caller);
    agent.unlocked();
    Ok(InitVaultAnswer {
        protect: mode(protection),
        recovery_key: SecretOnWire(recovery_key.expose_text()),
    })
}

pub(super) async fn unlock(
    agent: &Arc<Agent>,
    caller: &Caller,
    call: UnlockVault,
) -> Result<Done, ApiError> {
    let with = match call.method {
        UnlockMethod::Keyring => UnlockWith::Keyring,
        UnlockMethod::Passphrase(passphrase) => UnlockWith::Passphrase(passphrase.0),
        UnlockMethod::Recovery(key) => UnlockWith::Recovery(key.0),
    };
    let was_open = agent.engine.is_unlocked();
    attempt(agent, "unlock", move |engine| engine.unlock(&with)).await?;
    agent.grants.add(caller);
    agent.consents.unlocked_by(caller);
    if was_open {
        agent.used();
    } else {
        agent.unlocked();
    }
    Ok(Done {})
}

pub(super) async fn lock(agent: &Agent, by: LockedBy, reason: &str) -> Result<Done, ApiError> {
    agent.lock(by, reason).await.map(|()| Done {})
}

pub(super) fn finished<T>(
    task: Result<Result<T, EngineError>, tokio::task::JoinError>,
) -> Result<T, ApiError> {
    match task {
        Ok(result) => result.map_err(|error| to_api(&error)),
        Err(_) => Err(ApiError::new(ErrorCode::Internal, "the vault's work was broken off")
            .hint("The agent's log says more.")),
    }
}

const fn mode(protection: Protection) -> ProtectionMode {
    match protection {
        Protection::Keyring => ProtectionMode::Keyring,
        Protection::Passphrase => ProtectionMode::Passphrase,
        Protection::Both => ProtectionMode::Both,
    }
}

const fn protection(mode: ProtectionMode) -> Protection {
    match mode {
        ProtectionMode::Keyring => Protection::Keyring,
        ProtectionMode::Passphrase => Protection::Passphrase,
        ProtectionMode::Both => Protection::Both,
    }
}

/// Passes the wish to see the window on to the one that is open.
pub(super) fn open_window(agent: &Agent, call: &OpenWindow) -> Done {
    agent.tell(if call.palette {
        Event::PaletteRequested
    } else {
        Event::OpenRequested(call.reference.clone())
    });
    Done {}
}
