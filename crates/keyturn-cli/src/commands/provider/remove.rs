//! `keyturn provider remove`.

use clap::Args;
use keyturn_core::ProviderId;
use keyturn_protocol::calls::RemoveProfile;
use serde_json::json;

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;

/// Remove a profile of your own
///
/// Refused while credentials use it.
///
/// Example:
///     keyturn provider remove acme
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Remove {
    /// The provider, see `keyturn provider list`
    id: ProviderId,
}

impl Remove {
    pub(super) fn run(self, context: &Context) -> Result<Status, Failure> {
        context.agent()?.call(RemoveProfile { id: self.id.clone() })?;
        if context.is_json() {
            context.output.json(&json!({ "removed": self.id }))?;
        } else {
            context.output.text(&format!("The profile of {} is removed.", self.id))?;
        }
        Ok(Status::Done)
    }
}
