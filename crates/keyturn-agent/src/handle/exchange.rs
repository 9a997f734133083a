//! The history of a credential's exchanges.

use keyturn_engine::ShownExchange;
use keyturn_protocol::calls::{Done, ExchangeView, ForgetExchanges, ListExchanges};
use keyturn_protocol::{ApiError, Event};

use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

pub(super) fn list(agent: &Agent, call: &ListExchanges) -> Result<Vec<ExchangeView>, ApiError> {
    let list = agent.engine.exchanges(&call.reference).map_err(|error| to_api(&error))?;
    Ok(list.into_iter().map(view).collect())
}

pub(super) fn forget(
    agent: &Agent,
    caller: &Caller,
    call: &ForgetExchanges,
) -> Result<Done, ApiError> {
    let forgot = agent.engine.forget_exchanges(&call.reference, call.id, &caller.to_string());
    forgot.map_err(|error| to_api(&error))?;
    agent.tell(Event::CredentialChanged(call.reference.clone()));
    Ok(Done {})
}

fn view(shown: ShownExchange) -> ExchangeView {
    let ShownExchange { noted, kept } = shown;
    ExchangeView {
        id: noted.id,
        at: noted.at,
        environment: noted.environment,
        recipe: noted.recipe,
        method: noted.method,
        path: noted.path,
        query: noted.query,
        sent_body: noted.sent_body,
        saved: noted.saved,
        status: noted.status,
        problem: noted.problem,
        meaning: noted.meaning,
        credential_refused: noted.credential_refused,
        refused: noted.refused,
        total_ms: noted.total_ms,
        received: noted.received,
        attempts: noted.attempts,
        caller: noted.caller,
        checks_failed: noted.checks_failed,
        checks_passed: noted.checks_passed,
        kept,
        note: noted.note,
    }
}
