//! `keyturn remove`.

use clap::Args;
use keyturn_core::CredentialRef;
use keyturn_protocol::calls::RemoveCredential;
use keyturn_protocol::{ApiError, ErrorCode};
use serde_json::json;

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::input::confirm;

/// Remove a credential
///
/// It stays in the encrypted trash for 30 days. The key itself goes on working at the provider.
///
/// Example:
///     keyturn remove acme/old --yes
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Remove {
    /// The credential, PROVIDER/NAME
    #[arg(value_name = "REF")]
    reference: CredentialRef,

    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

impl Remove {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let mut agent = context.agent()?;
        let agreed = self.yes
            || (context.can_ask() && confirm(&format!("Move {} to the trash?", self.reference))?);
        if !agreed {
            let message = format!("{} was not removed, since nobody agreed to it", self.reference);
            return Err(ApiError::new(ErrorCode::ConfirmationNeeded, message)
                .hint("Add --yes to remove it without being asked.")
                .into());
        }
        agent.call(RemoveCredential { reference: self.reference.clone() })?;
        if context.is_json() {
            context.output.json(&json!({ "removed": self.reference }))?;
        } else {
            context.output.text(&format!("{} is in the trash for 30 days.", self.reference))?;
        }
        Ok(Status::Done)
    }
}
