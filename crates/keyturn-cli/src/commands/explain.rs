//! `keyturn explain`.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use clap::{Args, ValueEnum};
use keyturn_core::{CredentialRef, EnvironmentName, Listed};
use keyturn_protocol::calls::{ExplainAnswer, ExplainAnswerView, KeyturnMay, SentAlong};

use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::input::bytes_from_stdin;
use crate::output::table::{Cell, Facts};
use crate::output::{visible, words};

/// No error text is longer; what is longer was not meant.
const LONGEST_BODY: usize = 1024 * 1024;

/// Say what an answer means that another program got, and what to do
///
/// The body comes from standard input, and may be missing. What is known of the credential counts:
/// how old the stored token is, what you said of this machine's address, when the key was copied.
/// Nothing is sent, and nothing of the answer is kept. Ends with 0 also when no row of the profile
/// matches; it says so then, and shows the body without stored secrets and without what is called
/// like a secret in JSON, such as `access_token`; what is called otherwise stays.
///
/// Example:
///     keyturn explain acme/main --status 403 < body.json
///     keyturn explain acme/main --status 401 --endpoint /v1/orders --format json < body.json
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Explain {
    /// The credential, PROVIDER/NAME
    #[arg(value_name = "REF")]
    reference: CredentialRef,

    /// The answer's status
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(100..=599))]
    status: u16,

    /// The path that was asked; that of the exchange is recognised
    #[arg(long, value_name = "PATH", value_parser = path)]
    endpoint: Option<String>,

    /// What the request carried, if you know
    #[arg(long, value_enum, value_name = "WHAT")]
    sent: Option<Carried>,

    /// In this environment instead of the preferred one
    #[arg(long, value_name = "ENV")]
    environment: Option<EnvironmentName>,
}

/// What a request carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Carried {
    /// The access token alone
    Token,
    /// A long-lived key alone
    Key,
    /// Both
    Both,
    /// Neither
    Nothing,
}

impl Explain {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let body = bytes_from_stdin(LONGEST_BODY)?;
        let answer = context.agent()?.call(ExplainAnswer {
            reference: self.reference,
            environment: self.environment,
            status: self.status,
            path: self.endpoint,
            sent: self.sent.map(Into::into),
            body_base64: BASE64_STANDARD.encode(body.as_slice()),
        })?;
        if context.is_json() {
            context.output.json(&answer)?;
            return Ok(Status::Done);
        }
        let mut text = facts(&answer).render(context.output.colors());
        if answer.diagnosis.row.is_none() && !answer.body.trim().is_empty() {
            text.push_str("\nThe body, without stored secrets and what its names call secret:\n");
            text.push_str(&visible::text(answer.body.trim_end()));
        }
        context.output.text(&text)?;
        Ok(Status::Done)
    }
}

impl From<Carried> for SentAlong {
    fn from(carried: Carried) -> Self {
        match carried {
            Carried::Token => Self::Token,
            Carried::Key => Self::Key,
            Carried::Both => Self::Both,
            Carried::Nothing => Self::Nothing,
        }
    }
}

fn facts(answer: &ExplainAnswerView) -> Facts {
    let said = &answer.diagnosis;
    let mut facts = Facts::default();
    facts.add("Meaning", Cell::plain(&said.meaning));
    facts.add_known("Do", said.action.as_deref());
    facts.add("Row", words::row(said));
    facts.add("Keyturn", Cell::plain(may(said.keyturn)));
    facts.add_known("Provider", said.provider_says.as_ref().map(|text| format!("says: {text}")));
    facts.add_known("Come back", said.retry_at.map(words::moment));
    facts.add_lines("Note", &said.notes);
    facts.add_lines("Known", known(answer));
    facts
}

const fn may(keyturn: KeyturnMay) -> &'static str {
    match keyturn {
        KeyturnMay::None => "does nothing about it by itself",
        KeyturnMay::RenewOnce => "gets a new token once for its own requests, and sends again once",
        KeyturnMay::BackOff => "waits, longer each time, and sends again",
    }
}

/// What the explanation follows from.
fn known(answer: &ExplainAnswerView) -> Vec<String> {
    let facts = &answer.facts;
    let mut known = Vec::new();
    if facts.exchange {
        known.push("the path is the one that issues tokens".to_owned());
    }
    if let Some(age) = facts.token_age_s {
        known.push(format!("the stored token is {} old", words::span(age)));
    }
    match facts.this_machine_listed {
        Listed::Yes => {
            known.push("this machine is on the provider's IP list, as you said".to_owned());
        }
        Listed::No => {
            known.push("this machine is not on the provider's IP list, as you said".to_owned());
        }
        Listed::Unknown => {}
    }
    known
}

/// Reads a path.
fn path(text: &str) -> Result<String, String> {
    if text.starts_with('/') {
        Ok(text.to_owned())
    } else {
        Err("a path begins with /, like /v1/orders".to_owned())
    }
}
