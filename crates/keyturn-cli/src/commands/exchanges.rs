//! `keyturn exchanges`.

mod again;
mod compare;
mod view;

use clap::Args;
use keyturn_core::{CredentialRef, ExchangeId};
use keyturn_protocol::calls::{ExchangeView, ForgetExchanges, ListExchanges};
use keyturn_protocol::{ApiError, ErrorCode};
use keyturn_request::Check;
use keyturn_request::check::is_status;
use serde_json::json;

use crate::context::Context;
use crate::exit::Status;
use crate::failure::{Failure, usage};
use crate::input::confirm;

/// Show what was asked with a credential and how it went, send it again, and compare answers
///
/// The last 500 requests are noted with their method, path, names of the query, status, meaning and
/// time, without bodies, headers and values; those that were sent with --keep are kept whole, see
/// `keyturn kept`. All of it lies encrypted in the vault.
///
/// Example:
///     keyturn exchanges acme/main
///     keyturn exchanges acme/main --search orders --status 4xx --limit 20
///     keyturn exchanges acme/main --again 1781524800
///     keyturn exchanges acme/main --compare 1781524800 1781524860
///     keyturn exchanges acme/main --forget-all
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Exchanges {
    /// The credential, PROVIDER/NAME
    #[arg(value_name = "REF")]
    reference: CredentialRef,

    /// Only those in which this text stands: path, names, meaning, note, caller
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,

    /// Only those with such a status: 200, 4xx, 200-299, a list of them, or none
    #[arg(long, value_name = "STATUS")]
    status: Option<String>,

    /// At most so many, the newest
    #[arg(long, value_name = "N")]
    limit: Option<usize>,

    /// Forget this one, with what is kept of it
    #[arg(long, value_name = "ID", conflicts_with_all = ["search", "status", "limit"])]
    forget: Option<ExchangeId>,

    /// Forget all of them, those that are kept as well
    #[arg(long, conflicts_with_all = ["search", "status", "limit", "forget"])]
    forget_all: bool,

    /// Send this one again
    #[arg(
        long,
        value_name = "ID",
        conflicts_with_all = ["search", "status", "limit", "forget", "forget_all"]
    )]
    again: Option<ExchangeId>,

    /// Compare the answers of two that are kept
    #[arg(
        long,
        value_names = ["ID", "ID"],
        num_args = 2,
        conflicts_with_all = ["search", "status", "limit", "forget", "forget_all", "again"]
    )]
    compare: Vec<ExchangeId>,

    /// Agree to forget all, or to send what creates something
    #[arg(long, short)]
    yes: bool,
}

impl Exchanges {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let reference = &self.reference;
        if let Some(id) = self.again {
            return again::run(context, reference, id, self.yes);
        }
        if let [left, right] = self.compare.as_slice() {
            compare::run(context, reference, *left, *right)?;
            return Ok(Status::Done);
        }
        let mut agent = context.agent()?;
        if self.forget.is_some() || self.forget_all {
            if self.forget_all && !self.yes {
                self.ask(context)?;
            }
            let (reference, id) = (reference.clone(), self.forget);
            agent.call(ForgetExchanges { reference, id })?;
            self.tell_forgotten(context)?;
            return Ok(Status::Done);
        }
        let mut list = agent.call(ListExchanges { reference: reference.clone() })?;
        self.narrow(&mut list)?;
        if context.is_json() {
            context.output.json(&list)?;
        } else if list.is_empty() {
            let which = if self.search.is_some() || self.status.is_some() { " such" } else { "" };
            context.output.text(&format!("No{which} exchange of {reference} is noted."))?;
        } else {
            context.output.text(&view::table(&list).render(context.output.colors()))?;
        }
        Ok(Status::Done)
    }

    fn narrow(&self, list: &mut Vec<ExchangeView>) -> Result<(), ApiError> {
        if let Some(text) = &self.search {
            let text = text.to_lowercase();
            list.retain(|exchange| view::has(exchange, &text));
        }
        match self.status.as_deref() {
            None => {}
            Some("none") => list.retain(|exchange| exchange.status.is_none()),
            Some(status) => {
                let check = Check::Status { is: status.to_owned() };
                check.checked().map_err(|error| {
                    usage(format!("--status {status}: {error}"), "Write it as 200, 4xx or none.")
                })?;
                list.retain(|exchange| exchange.status.is_some_and(|was| is_status(status, was)));
            }
        }
        list.truncate(self.limit.unwrap_or(usize::MAX));
        Ok(())
    }

    fn ask(&self, context: &Context) -> Result<(), ApiError> {
        let what = format!("all exchanges of {} would be forgotten", self.reference);
        let needed = || {
            ApiError::new(ErrorCode::ConfirmationNeeded, &what)
                .hint("Say --yes if that is what you want. Nothing was forgotten.")
        };
        if !context.can_ask() {
            return Err(needed());
        }
        context.output.note("note", &what);
        if confirm("Forget them?")? { Ok(()) } else { Err(needed()) }
    }

    fn tell_forgotten(&self, context: &Context) -> std::io::Result<()> {
        let reference = &self.reference;
        match (context.is_json(), self.forget) {
            (true, id) => context.output.json(&json!({ "forgotten": id, "all": id.is_none() })),
            (false, Some(id)) => {
                context.output.text(&format!("Exchange {id} of {reference} is forgotten."))
            }
            (false, None) => {
                context.output.text(&format!("All exchanges of {reference} are forgotten."))
            }
        }
    }
}
