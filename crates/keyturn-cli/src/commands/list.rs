//! `keyturn list`.

use clap::Args;
use keyturn_core::ProviderId;
use keyturn_protocol::calls::{CredentialView, ListCredentials};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::output::table::{Cell, Table};
use crate::output::words;
use crate::parse;

/// List the credentials with their tokens and rotation dates
///
/// Example:
///     keyturn list --expiring 1h
///     keyturn list --format json
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct List {
    /// Only those of this provider
    #[arg(long, value_name = "ID")]
    provider: Option<ProviderId>,

    /// Only those whose key is due within this span
    #[arg(long, value_name = "SPAN", value_parser = parse::days)]
    due: Option<i64>,

    /// Only those whose token ends within this span
    #[arg(long, value_name = "SPAN", value_parser = parse::seconds)]
    expiring: Option<i64>,
}

impl List {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let filtered = self.provider.is_some() || self.due.is_some() || self.expiring.is_some();
        let credentials = context.agent()?.call(ListCredentials {
            provider: self.provider,
            due_within_days: self.due,
            expiring_within_s: self.expiring,
        })?;
        if context.is_json() {
            context.output.json(&credentials)?;
        } else if credentials.is_empty() {
            context.output.text(if filtered {
                "No credential matches."
            } else {
                "There are no credentials yet. Add one with `keyturn add PROVIDER`."
            })?;
        } else {
            context.output.text(&table(&credentials).render(context.output.colors()))?;
        }
        Ok(Status::Done)
    }
}

fn table(credentials: &[CredentialView]) -> Table {
    let mut table = Table::new(&["REF", "ENVIRONMENT", "TOKEN", "ENDS", "ROTATION", "OWNER"]);
    for credential in credentials {
        table.row(vec![
            Cell::plain(credential.reference.to_string()),
            Cell::plain(credential.environment.as_str()),
            words::token_short(&credential.token),
            Cell::optional(credential.token.expires_at.map(words::moment)),
            words::rotation(&credential.rotation),
            Cell::optional(credential.owner.as_deref()),
        ]);
    }
    table
}
