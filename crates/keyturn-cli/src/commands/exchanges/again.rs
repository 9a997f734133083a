//! `exchanges --again`: what was asked once more. What is not kept of it is told, and not guessed.

use keyturn_core::{CredentialRef, ExchangeId, REDACTED};
use keyturn_protocol::calls::{ExchangeView, ListExchanges, SendRequest, ShowKept};
use keyturn_protocol::{ApiError, Client, ErrorCode};
use keyturn_request::{Filled, Request};

use crate::commands::request::{report, send};
use crate::context::Context;
use crate::exit::Status;
use crate::failure::{Failure, usage};
use crate::output::shell;

/// Sends an exchange again.
pub(super) fn run(
    context: &Context,
    reference: &CredentialRef,
    id: ExchangeId,
    yes: bool,
) -> Result<Status, Failure> {
    let mut agent = context.agent()?;
    let list = agent.call(ListExchanges { reference: reference.clone() })?;
    let Some(exchange) = list.into_iter().find(|exchange| exchange.id == id) else {
        let message = format!("no exchange {id} of {reference} is in the history");
        let hint = format!("`keyturn exchanges {reference}` lists those that are.");
        return Err(ApiError::new(ErrorCode::NotFound, message).hint(hint).into());
    };
    let request = request_of(&mut agent, reference, &exchange)?;
    if !exchange.kept {
        let text = "only its line was noted: headers that were given by hand are not sent again";
        context.output.note("note", text);
    }
    let call =
        SendRequest::of(reference.clone(), &Filled::literally(request), &|_| Ok(Vec::new()))?;
    let call = |confirmed| SendRequest {
        method: call.method.clone(),
        path: call.path.clone(),
        recipe: Some(exchange.recipe.clone()),
        query: call.query.clone(),
        headers: call.headers.clone(),
        body: call.body.clone(),
        environment: Some(exchange.environment.clone()),
        confirmed,
        ..SendRequest::new(call.reference.clone())
    };
    let shown = report::Shown { include: false, verbose: false, dry_run: false };
    send(context, &mut agent, yes, &shown, call)
}

/// The request of an exchange: as it is kept, or by what is noted where that is all of it.
fn request_of(
    agent: &mut Client,
    reference: &CredentialRef,
    exchange: &ExchangeView,
) -> Result<Request, ApiError> {
    let id = exchange.id;
    let kept = if exchange.kept {
        agent.call(ShowKept { reference: reference.clone(), id })?.request
    } else {
        None
    };
    let mut missing = Vec::new();
    let mut are_several = false;
    let is_whole = kept.is_some();
    let request = kept.unwrap_or_else(|| Request::new(&exchange.method, &exchange.path));
    if exchange.sent_body.is_some() && request.body.is_none() {
        missing.push("its body".to_owned());
    }
    if !is_whole && !exchange.query.is_empty() {
        missing.push(format!("the values of its query ({})", exchange.query.join(", ")));
        are_several = true;
    }
    if missing.is_empty() {
        let text = serde_json::to_string(&request).unwrap_or_default();
        if text.contains(REDACTED) {
            missing.push("a secret that was taken out of it".to_owned());
        }
    }
    if missing.is_empty() {
        return Ok(request);
    }
    let are = if are_several || missing.len() > 1 { "are" } else { "is" };
    let missing = missing.join(" and ");
    let message = format!("exchange {id} cannot be sent again: {missing} {are} not kept");
    let command = anew(reference, exchange);
    let hint =
        format!("Send it anew with `{command}`; with --keep it is kept whole. Nothing was sent.");
    Err(usage(message, hint))
}

/// The command that sends an exchange anew, its values left to fill in.
fn anew(reference: &CredentialRef, exchange: &ExchangeView) -> String {
    let words = [reference.to_string(), exchange.method.clone(), exchange.path.clone()];
    let words = words.iter().map(|word| format!(" {}", shell::word(word)));
    let query = exchange.query.iter();
    let query = query.map(|name| format!(" --query {}", shell::word(&format!("{name}=…"))));
    format!("keyturn request{}", words.chain(query).collect::<String>())
}
