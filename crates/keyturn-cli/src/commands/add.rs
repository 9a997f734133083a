//! `keyturn add`.

mod paste;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use clap::Args;
use keyturn_core::{CredentialName, EnvironmentName, KeyMark, ProviderId};
use keyturn_protocol::calls::AddCredential;

use crate::commands::show;
use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::input::fields::FieldFlags;
use crate::parse;

/// Add a credential
///
/// `keyturn provider show ID` lists the fields. Secrets are never arguments: they are asked for
/// without echo, or come on standard input.
///
/// With --paste it says what a text from standard input or the clipboard is: a key, a `.env` file, a
/// cURL command, headers, JSON or a JWT. It asks before it adds anything.
///
/// Example:
///     keyturn add acme --field client_id=app-1 --secret client_secret --rotate-every 90d
///     jq '{client_secret: .secret}' answer.json | keyturn add acme --secrets-stdin
///     keyturn add --paste --yes < .env
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Add {
    /// The provider, see `keyturn provider list`
    #[arg(required_unless_present = "paste")]
    provider: Option<ProviderId>,

    /// What to call it; `main` where nothing else is said
    #[arg(long)]
    name: Option<CredentialName>,

    /// Recognise a text from standard input or the clipboard, and add what is in it
    #[arg(long, conflicts_with_all = ["secrets", "secrets_stdin", "last_four", "not_revealed", "lost"])]
    paste: bool,

    /// Add the first reading of what was pasted, or each of several credentials, without asking
    #[arg(long, short, requires = "paste")]
    yes: bool,

    /// The environment it is for; repeat for more, the preferred one first
    #[arg(long = "environment", value_name = "ENV")]
    environments: Vec<EnvironmentName>,

    /// Who is responsible for it
    #[arg(long, value_name = "TEXT")]
    owner: Option<String>,

    /// What to remember about it
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,

    #[command(flatten)]
    fields: FieldFlags,

    /// Record a key whose value is lost by its last four characters
    #[arg(long, value_name = "XXXX")]
    last_four: Option<String>,

    /// Record a key that the provider has not shown yet; `keyturn capture REF` catches it
    #[arg(long, conflicts_with = "last_four")]
    not_revealed: bool,

    /// Record a key that was shown once, and whose value is lost
    #[arg(long, conflicts_with_all = ["last_four", "not_revealed"])]
    lost: bool,

    /// The day it was issued, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = parse::day)]
    issued: Option<NaiveDate>,

    /// The day it ends, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = parse::day)]
    expires: Option<NaiveDate>,

    /// How long it may be used, like 90d
    #[arg(long, value_name = "SPAN", value_parser = parse::interval)]
    rotate_every: Option<u32>,

    /// The day on which you want to replace it, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = parse::day)]
    replace_on: Option<NaiveDate>,

    /// Never reminds of it by an interval, yours or the general one; only its age is shown
    #[arg(long, conflicts_with_all = ["rotate_every", "replace_on"])]
    age_only: bool,

    /// The provider's plan, whose limits are then kept
    #[arg(long, value_name = "NAME")]
    plan: Option<String>,

    /// Renew its tokens in the background while the vault is open
    #[arg(long)]
    keep_fresh: bool,

    /// Agree to clear text, where the environment is an own device without TLS
    #[arg(long)]
    allow_plain_http: bool,
}

/// What is said of a reveal-once key whose value is not stored.
pub(super) fn mark(not_revealed: bool, lost: bool, last_four: Option<String>) -> Option<KeyMark> {
    match last_four {
        Some(four) => Some(KeyMark::LastFour(four)),
        None if not_revealed => Some(KeyMark::NotRevealed),
        None => lost.then_some(KeyMark::Lost),
    }
}

impl Add {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let Some(provider) = self.provider.clone().filter(|_| !self.paste) else {
            return paste::run(&self, context);
        };
        let fields = self.fields.parse()?;
        // Connected first: nobody types a secret for a vault that cannot be reached.
        let mut agent = context.agent()?;
        let secrets = fields.read_secrets(context)?;
        let name = self.name.clone().unwrap_or_else(CredentialName::main);
        let call = self.call(provider, name);
        let credential = agent.call(AddCredential { fields: fields.open, secrets, ..call })?;
        show::print(context, &credential)?;
        Ok(Status::Done)
    }

    /// The call with everything but the provider, the name and the fields.
    fn call(&self, provider: ProviderId, name: CredentialName) -> AddCredential {
        AddCredential {
            provider,
            name,
            environments: self.environments.clone(),
            owner: self.owner.clone(),
            note: self.note.clone(),
            fields: BTreeMap::new(),
            secrets: BTreeMap::new(),
            from_paste: None,
            last_four: None,
            mark: mark(self.not_revealed, self.lost, self.last_four.clone()),
            issued_on: self.issued,
            expires_on: self.expires,
            rotate_every_days: self.rotate_every,
            replace_on: self.replace_on,
            age_only: Some(self.age_only),
            plan: self.plan.clone(),
            keep_fresh: self.keep_fresh,
            allow_plain_http: self.allow_plain_http,
        }
    }
}
