//! `keyturn lock`.

use clap::Args;
use keyturn_protocol::calls::{LockVault, VaultState};
use serde_json::json;

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;

/// Lock the vault
///
/// Its key leaves the memory, and nobody may use it until it is opened again. Where no agent runs
/// it is locked already.
///
/// Example:
///     keyturn lock
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Lock {}

impl Lock {
    #[expect(clippy::unused_self, reason = "every command runs the same way")]
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        if let Some(mut agent) = context.running_agent()? {
            agent.call(LockVault {})?;
        }
        let there = context.home()?.vault().exists();
        if context.is_json() {
            let state = if there { VaultState::Locked } else { VaultState::Absent };
            context.output.json(&json!({ "state": state }))?;
        } else {
            context.output.text(if there {
                "The vault is locked."
            } else {
                "There is no vault yet."
            })?;
        }
        Ok(Status::Done)
    }
}
