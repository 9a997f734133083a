//! `keyturn trash restore`.

use clap::Args;
use keyturn_core::{CredentialId, CredentialName, CredentialRef};
use keyturn_protocol::calls::RestoreCredential;

use crate::commands::show;
use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;

/// Take a credential out of the trash
///
/// It comes back with its secrets, its history and what was written down about it; its tokens are
/// bought anew. Of several that had the same name, it is the one that was removed last.
///
/// Example:
///     keyturn trash restore acme/old
///     keyturn trash restore acme/main --as main-2025
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Restore {
    /// The credential, PROVIDER/NAME
    #[arg(value_name = "REF")]
    reference: CredentialRef,

    /// A new name, where another credential has its own
    #[arg(long = "as", value_name = "NAME")]
    name: Option<CredentialName>,

    /// Which of several with that name
    #[arg(long, value_name = "ID")]
    id: Option<CredentialId>,
}

impl Restore {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let Self { reference, name, id } = self;
        let restored = context.agent()?.call(RestoreCredential { reference, id, name })?;
        show::print(context, &restored)?;
        Ok(Status::Done)
    }
}
