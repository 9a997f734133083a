//! `keyturn kept`.

use std::io;

use clap::Args;
use keyturn_core::{CredentialRef, ExchangeId};
use keyturn_protocol::calls::{ForgetKept, KeptDetail, KeptView, ListKept, ShowKept};
use serde_json::json;

use crate::commands::request::report;
use crate::commands::saved::body_lines;
use crate::context::Context;
use crate::exit::Status;
use crate::failure::Failure;
use crate::output::table::{Cell, Facts, Style, Table};
use crate::output::{visible, words};

/// Show the exchanges that you chose to keep, and forget them
///
/// Bodies, headers and the values of a query are kept only of a request that was sent with --keep. What
/// is kept lies encrypted in the vault, without the credential's secrets; it may hold personal data.
/// Showing one whole is written into the journal. `keyturn exchanges` lists all requests.
///
/// Example:
///     keyturn kept acme/main
///     keyturn kept acme/main 1781524800
///     keyturn kept acme/main --forget 1781524800
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Kept {
    /// The credential, PROVIDER/NAME
    #[arg(value_name = "REF")]
    reference: CredentialRef,

    /// Show this exchange whole
    #[arg(value_name = "ID")]
    id: Option<ExchangeId>,

    /// Forget this exchange
    #[arg(long, value_name = "ID", conflicts_with = "id")]
    forget: Option<ExchangeId>,
}

impl Kept {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        let Self { reference, id, forget } = self;
        let mut agent = context.agent()?;
        if let Some(id) = forget {
            agent.call(ForgetKept { reference: reference.clone(), id })?;
            if context.is_json() {
                context.output.json(&json!({ "forgotten": id }))?;
            } else {
                context.output.text(&format!("Exchange {id} of {reference} is forgotten."))?;
            }
        } else if let Some(id) = id {
            show(context, &agent.call(ShowKept { reference, id })?)?;
        } else {
            let kept = agent.call(ListKept { reference: reference.clone() })?;
            if context.is_json() {
                context.output.json(&kept)?;
            } else if kept.is_empty() {
                context.output.text(&format!("No exchange of {reference} is kept."))?;
            } else {
                context.output.text(&table(&kept).render(context.output.colors()))?;
            }
        }
        Ok(Status::Done)
    }
}

fn table(kept: &[KeptView]) -> Table {
    let mut table = Table::new(&["ID", "AT", "REQUEST", "STATUS", "MEANING", "NOTE"]);
    for one in kept {
        let style = if one.status < 400 { Style::Good } else { Style::Warn };
        table.row(vec![
            Cell::plain(one.id.to_string()),
            Cell::plain(words::second(one.at)),
            Cell::plain(format!("{} {}", one.method, one.path)),
            Cell::new(one.status.to_string(), style),
            Cell::plain(&one.meaning),
            Cell::optional(one.note.as_deref()),
        ]);
    }
    table
}

fn show(context: &Context, kept: &KeptDetail) -> io::Result<()> {
    if context.is_json() {
        return context.output.json(kept);
    }
    let exchange = &kept.exchange;
    context.output.text(&facts(kept).render(context.output.colors()))?;
    context.output.text(&format!("\n{}\n", visible::text(&report::head(exchange))))?;
    context.output.text("")?;
    report::body(context, exchange)
}

fn facts(kept: &KeptDetail) -> Facts {
    let sent = &kept.exchange.sent;
    let mut facts = Facts::default();
    facts.add_known("Kept", Some(words::second(kept.at)));
    facts.add_known("Note", kept.note.as_deref());
    facts.add_known("Environment", Some(kept.environment.as_str()));
    facts.add_known("Recipe", Some(&kept.recipe));
    facts.add_known("Sent", Some(format!("{} {}", sent.method, sent.url)));
    facts.add_lines("Query", kept.query.iter().map(|(name, value)| format!("{name}={value}")));
    facts.add_lines("Headers", sent.headers.iter().map(|(name, value)| format!("{name}: {value}")));
    facts.add_known("Body", sent.body.as_deref());
    facts.add_lines("", kept.request.iter().flat_map(|request| body_lines(&request.body)));
    if let Some(said) = &kept.exchange.diagnosis {
        facts.add_known("Meaning", Some(&said.meaning));
        facts.add_known("Do", said.action.as_deref());
        facts.add("Row", words::row(said));
    }
    let cut =
        kept.cut_from.map(|bytes| format!("the answer's end is not kept; it had {bytes} bytes"));
    facts.add_known("Cut", cut);
    facts
}
