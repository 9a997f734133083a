//! `keyturn edit`.

use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use keyturn_core::{CredentialName, CredentialRef, EnvironmentName};
use keyturn_protocol::calls::EditCredential;

use crate::commands::show;
use crate::context::Context;
use crate::exit::Status;
use crate::failure::{Failure, usage};
use crate::input::fields::FieldFlags;
use crate::parse;

/// Change a credential
///
/// What is not named stays as it is. A new secret forgets the tokens that the old one bought.
///
/// Example:
///     keyturn edit acme/main --owner "Payments team" --rotate-every 60d
///     keyturn edit acme/main --secret client_secret
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Edit {
    /// The credential, PROVIDER/NAME
    #[arg(value_name = "REF")]
    reference: CredentialRef,

    /// A new name
    #[arg(long, value_name = "NAME")]
    rename: Option<CredentialName>,

    /// The environment it is for, instead of those before; repeat for more
    #[arg(long = "environment", value_name = "ENV")]
    environments: Option<Vec<EnvironmentName>>,

    /// Who is responsible for it; an empty text removes it
    #[arg(long, value_name = "TEXT")]
    owner: Option<String>,

    /// What to remember about it; an empty text removes it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,

    #[command(flatten)]
    fields: FieldFlags,

    /// The day it was issued, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = parse::day)]
    issued: Option<NaiveDate>,

    /// The day it ends, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = parse::day)]
    expires: Option<NaiveDate>,

    /// How long it may be used, like 90d, or never to set no limit
    #[arg(long, value_name = "SPAN", value_parser = parse::interval_or_never)]
    rotate_every: Option<u32>,

    /// The provider's plan, whose limits are then kept; an empty text removes it
    #[arg(long, value_name = "NAME")]
    plan: Option<String>,

    /// Whether its tokens are renewed in the background while the vault is open
    #[arg(long, value_enum, value_name = "on|off")]
    keep_fresh: Option<Switch>,

    /// Agree to clear text, where a new environment is an own device without TLS
    #[arg(long)]
    allow_plain_http: bool,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Switch {
    /// From now on
    On,
    /// No longer
    Off,
}

impl Edit {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let fields = self.fields.parse()?;
        let mut agent = context.agent()?;
        let call = EditCredential {
            reference: self.reference,
            name: self.rename,
            environments: self.environments,
            owner: self.owner,
            note: self.note,
            secrets: fields.read_secrets(context)?,
            fields: fields.open,
            issued_on: self.issued,
            expires_on: self.expires,
            rotate_every_days: self.rotate_every,
            plan: self.plan,
            keep_fresh: self.keep_fresh.map(|switch| switch == Switch::On),
            allow_plain_http: self.allow_plain_http,
        };
        if changes_nothing(&call) {
            return Err(usage("nothing was named to change", "See `keyturn edit --help`.").into());
        }
        show::print(context, &agent.call(call)?)?;
        Ok(Status::Done)
    }
}

fn changes_nothing(call: &EditCredential) -> bool {
    call.name.is_none()
        && call.environments.is_none()
        && call.owner.is_none()
        && call.note.is_none()
        && call.fields.is_empty()
        && call.secrets.is_empty()
        && call.issued_on.is_none()
        && call.expires_on.is_none()
        && call.rotate_every_days.is_none()
        && call.plan.is_none()
        && call.keep_fresh.is_none()
}
