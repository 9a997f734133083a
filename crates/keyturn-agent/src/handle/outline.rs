//! What a request is made of, for those who write code for it.

use keyturn_protocol::ApiError;
use keyturn_protocol::calls::{OutlineRequest, RequestOutline};

use super::request::request_of;
use crate::agent::Agent;
use crate::errors::to_api;

pub(super) fn tell(agent: &Agent, call: OutlineRequest) -> Result<RequestOutline, ApiError> {
    let request = request_of(call.request)?;
    let outline =
        agent.engine.outline(request, call.address.as_deref()).map_err(|error| to_api(&error))?;
    Ok(RequestOutline {
        method: outline.method,
        url: outline.url,
        query: outline.query,
        headers: outline.headers,
        body: outline.body,
        carriers: outline.carriers,
        variables: outline.variables,
        client_side_warning: outline.client_side_warning,
    })
}
