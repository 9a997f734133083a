//! `keyturn edit`.

use chrono::NaiveDate;
use clap::Args;
use keyturn_core::{CredentialName, CredentialRef, EnvironmentName};
use keyturn_protocol::SecretOnWire;
use keyturn_protocol::calls::EditCredential;

use crate::commands::add::mark;
use crate::commands::show;
use crate::context::Context;
use crate::exit::Status;
use crate::failure::{Failure, usage};
use crate::input::call_with_yes;
use crate::input::fields::FieldFlags;
use crate::parse::{self, DayOrNever, Switch};

/// Change a credential
///
/// What is not named stays as it is. A new secret forgets the tokens that the old one bought. Where
/// stored secrets would go to another host than before, you are asked first.
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

    /// Record the last four characters of a key that is shown once, and whose value is lost
    #[arg(long, value_name = "XXXX")]
    last_four: Option<String>,

    /// Say that the provider has not shown the key yet
    #[arg(long, conflicts_with = "last_four")]
    not_revealed: bool,

    /// Say that a key that is shown once is lost: only its rotation brings another
    #[arg(long, conflicts_with_all = ["last_four", "not_revealed"])]
    lost: bool,

    /// The day it was issued, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = parse::day)]
    issued: Option<NaiveDate>,

    /// The day it ends, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = parse::day)]
    expires: Option<NaiveDate>,

    /// How long it may be used, like 90d, or never to set no limit
    #[arg(long, value_name = "SPAN", value_parser = parse::interval_or_never)]
    rotate_every: Option<u32>,

    /// The day on which you want to replace it, YYYY-MM-DD, or never to choose none
    #[arg(long, value_name = "DATE", value_parser = parse::day_or_never)]
    replace_on: Option<DayOrNever>,

    /// Whether it is never reminded of by an interval, and only its age is shown
    #[arg(long, value_name = "SWITCH", value_enum)]
    age_only: Option<Switch>,

    /// The provider's plan, whose limits are then kept; an empty text removes it
    #[arg(long, value_name = "NAME")]
    plan: Option<String>,

    /// Whether its tokens are renewed in the background while the vault is open
    #[arg(long, value_enum, value_name = "on|off")]
    keep_fresh: Option<Switch>,

    /// Whether it is at hand: in the tray, and among the favourites
    #[arg(long, value_enum, value_name = "on|off")]
    favourite: Option<Switch>,

    /// Agree to clear text, where a new environment is an own device without TLS
    #[arg(long)]
    allow_plain_http: bool,

    /// Agree that stored secrets go to another host than before
    #[arg(long, short)]
    yes: bool,
}

impl Edit {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let fields = self.fields.parse()?;
        let mut agent = context.agent()?;
        let secrets = fields.read_secrets(context)?;
        let call = |confirmed| EditCredential {
            reference: self.reference.clone(),
            name: self.rename.clone(),
            environments: self.environments.clone(),
            owner: self.owner.clone(),
            note: self.note.clone(),
            secrets: secrets
                .iter()
                .map(|(name, secret)| (name.clone(), duplicate(secret)))
                .collect(),
            fields: fields.open.clone(),
            mark: mark(self.not_revealed, self.lost, self.last_four.clone()),
            issued_on: self.issued,
            expires_on: self.expires,
            clear_issued_on: false,
            clear_expires_on: false,
            rotate_every_days: self.rotate_every,
            replace_on: match self.replace_on {
                Some(DayOrNever::On(day)) => Some(day),
                Some(DayOrNever::Never) | None => None,
            },
            clear_replace_on: self.replace_on == Some(DayOrNever::Never),
            age_only: self.age_only.map(Switch::is_on),
            plan: self.plan.clone(),
            keep_fresh: self.keep_fresh.map(Switch::is_on),
            favourite: self.favourite.map(Switch::is_on),
            allow_plain_http: self.allow_plain_http,
            confirmed,
        };
        if changes_nothing(&call(self.yes)) {
            return Err(usage("nothing was named to change", "See `keyturn edit --help`.").into());
        }
        let question = "Let the stored secrets go there?";
        let changed = call_with_yes(context, &mut agent, self.yes, question, call)?;
        show::print(context, &changed)?;
        Ok(Status::Done)
    }
}

fn duplicate(secret: &SecretOnWire) -> SecretOnWire {
    SecretOnWire(secret.0.duplicate())
}

fn changes_nothing(call: &EditCredential) -> bool {
    call.name.is_none()
        && call.environments.is_none()
        && call.owner.is_none()
        && call.note.is_none()
        && call.fields.is_empty()
        && call.secrets.is_empty()
        && call.mark.is_none()
        && call.issued_on.is_none()
        && call.expires_on.is_none()
        && call.rotate_every_days.is_none()
        && call.replace_on.is_none()
        && !call.clear_replace_on
        && call.age_only.is_none()
        && call.plan.is_none()
        && call.keep_fresh.is_none()
        && call.favourite.is_none()
}
