//! Going where an answer leads, by the user's choice and without the credential.
//!
//! A script in the window's page can make every call that the page can, and a click proves nothing here. So
//! only the command line, which a person runs, goes to an origin that the credential is not bound to.

use std::sync::Arc;

use keyturn_core::CredentialRef;
use keyturn_protocol::calls::{FollowRedirect, RedirectView, SendRequestAnswer};
use keyturn_protocol::{ApiError, ErrorCode, Event};

use super::request::view;
use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

/// Why others do not go there.
const ELSEWHERE: &str = "the window goes to no origin that the credential is not bound to";
/// What to do instead.
const INSTEAD: &str = "send it with `keyturn request … --follow-redirect` to go there";

pub(super) async fn follow(
    agent: &Arc<Agent>,
    caller: &Caller,
    call: &FollowRedirect,
) -> Result<SendRequestAnswer, ApiError> {
    let FollowRedirect { reference, ticket } = call;
    let may = may_follow(agent, caller, reference, *ticket);
    if !may.map_err(|error| to_api(&error))? {
        let error = ApiError::new(ErrorCode::RefusedByPolicy, ELSEWHERE);
        return Err(error.hint(format!("To go there, {INSTEAD}. Nothing was sent.")));
    }
    let sent = agent.engine.follow(reference, *ticket, &caller.to_string()).await;
    let sent = sent.map_err(|error| to_api(&error))?;
    agent.tell(Event::CredentialChanged(reference.clone()));
    // Whoever answered is not the provider: no profile says what its answers mean.
    let mut answer = SendRequestAnswer { diagnosis: None, ..view(sent, agent.engine.now()) };
    tell(agent, caller, reference, &mut answer);
    Ok(answer)
}

/// Takes the ticket out of an answer where the caller may not go, and says why.
pub(super) fn tell(
    agent: &Agent,
    caller: &Caller,
    reference: &CredentialRef,
    answer: &mut SendRequestAnswer,
) {
    let Some(RedirectView { ticket, blocked, .. }) = &mut answer.redirect else { return };
    let refused =
        |ticket: &mut u64| !may_follow(agent, caller, reference, *ticket).is_ok_and(|may| may);
    if ticket.take_if(refused).is_some() {
        *blocked = Some(format!("{ELSEWHERE}: {INSTEAD}"));
    }
}

fn may_follow(
    agent: &Agent,
    caller: &Caller,
    reference: &CredentialRef,
    ticket: u64,
) -> Result<bool, keyturn_engine::EngineError> {
    Ok(caller.is_messenger() || agent.engine.leads_where_bound(reference, ticket)?)
}
