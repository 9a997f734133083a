//! `keyturn unlock`.

use clap::Args;
use keyturn_protocol::calls::{ProtectionMode, ShowStatus, UnlockMethod, UnlockVault, VaultState};
use keyturn_protocol::{ApiError, ErrorCode, SecretOnWire};
use serde_json::json;

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::input::passphrase;

/// Open the vault
///
/// This terminal, and what is started from it, may then use the vault until it is locked.
///
/// Example:
///     keyturn unlock
///     keyturn unlock --passphrase-stdin < pass.txt
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Unlock {
    /// Read the passphrase from stdin
    #[arg(long, conflicts_with = "recovery_stdin")]
    passphrase_stdin: bool,

    /// Open it with the recovery key, read from stdin
    #[arg(long)]
    recovery_stdin: bool,
}

impl Unlock {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let mut agent = context.agent()?;
        let method = if self.recovery_stdin {
            UnlockMethod::Recovery(SecretOnWire(passphrase::from_stdin("the recovery key")?))
        } else if self.passphrase_stdin {
            UnlockMethod::Passphrase(SecretOnWire(passphrase::existing(context, true)?))
        } else {
            let status = agent.call(ShowStatus {})?;
            match (status.state, status.protect) {
                (VaultState::Absent, _) => return Err(absent().into()),
                (_, Some(ProtectionMode::Keyring)) => UnlockMethod::Keyring,
                _ => UnlockMethod::Passphrase(SecretOnWire(passphrase::existing(context, false)?)),
            }
        };
        agent.call(UnlockVault { method })?;
        if context.is_json() {
            context.output.json(&json!({ "state": VaultState::Unlocked }))?;
        } else {
            context.output.text("The vault is open.")?;
        }
        Ok(Status::Done)
    }
}

fn absent() -> ApiError {
    ApiError::new(ErrorCode::VaultAbsent, "there is no vault yet")
        .hint("Make one with `keyturn init`.")
}
