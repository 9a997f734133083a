//! `request --follow-redirect`: going where the answer leads, one step far and without the credential.

use keyturn_core::CredentialRef;
use keyturn_protocol::calls::{FollowRedirect, SendRequestAnswer};
use keyturn_protocol::{ApiError, Client, ErrorCode};
use serde_json::json;

use super::report::{self, Shown};
use crate::context::Context;
use crate::failure::Failure;

/// Prints an answer, and what the address said that it leads to; gives the last one.
pub(super) fn print(
    context: &Context,
    agent: &mut Client,
    reference: &CredentialRef,
    shown: &Shown,
    first: SendRequestAnswer,
) -> Result<SendRequestAnswer, Failure> {
    if !context.is_json() {
        report::print(context, &first, shown)?;
    }
    let followed = follow(context, agent, reference, &first);
    if context.is_json() {
        // The first request was sent, whatever became of the second.
        let followed = followed.as_ref().ok().and_then(Option::as_ref);
        context.output.json(&json!({ "answer": first, "followed": followed }))?;
    } else if let Ok(Some(followed)) = &followed {
        report::print(context, followed, shown)?;
    }
    Ok(followed?.unwrap_or(first))
}

fn follow(
    context: &Context,
    agent: &mut Client,
    reference: &CredentialRef,
    first: &SendRequestAnswer,
) -> Result<Option<SendRequestAnswer>, ApiError> {
    let Some(redirect) = &first.redirect else { return Ok(None) };
    let Some(ticket) = redirect.ticket else {
        let why = redirect.blocked.as_deref().unwrap_or("it is no longer known");
        let message = format!("the redirect is not followed: {why}");
        return Err(ApiError::new(ErrorCode::RefusedByPolicy, message)
            .hint("Look at the address, and ask it by yourself if you trust it."));
    };
    if !context.is_json() {
        context.output.note("following", "without the credential, one step");
    }
    agent.call(FollowRedirect { reference: reference.clone(), ticket }).map(Some)
}
