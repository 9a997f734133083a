//! `keyturn trash empty`.

use clap::Args;
use keyturn_core::{CredentialId, CredentialRef};
use keyturn_protocol::calls::EmptyTrash;

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::input::call_with_yes;

/// Delete what is in the trash for good, or one credential of it
///
/// Their secrets are gone from the vault then; backups that were made before still have them. The
/// journal keeps what was done with them. The keys themselves go on working at the provider.
///
/// Example:
///     keyturn trash empty
///     keyturn trash empty acme/old --yes
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Empty {
    /// Only this credential, PROVIDER/NAME
    #[arg(value_name = "REF")]
    reference: Option<CredentialRef>,

    /// Only the one with this id
    #[arg(long, value_name = "ID")]
    id: Option<CredentialId>,

    /// Do not ask
    #[arg(long, short)]
    yes: bool,
}

impl Empty {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let mut agent = context.agent()?;
        let call =
            |confirmed| EmptyTrash { reference: self.reference.clone(), id: self.id, confirmed };
        let question = "Delete for good?";
        let emptied = call_with_yes(context, &mut agent, self.yes, question, call)?;
        if context.is_json() {
            context.output.json(&emptied)?;
        } else if emptied.deleted.is_empty() {
            context.output.text("The trash is empty.")?;
        } else {
            let names: Vec<_> = emptied.deleted.iter().map(ToString::to_string).collect();
            context.output.text(&format!("Deleted for good: {}.", names.join(", ")))?;
        }
        Ok(Status::Done)
    }
}
