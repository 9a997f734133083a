//! Revoking a live token at its provider.

use std::sync::Arc;

use keyturn_http::TokenKind;
use keyturn_protocol::calls::{RevokeToken, RevokeTokenAnswer, RevokedToken};
use keyturn_protocol::{ApiError, Event};

use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

pub(super) async fn revoke(
    agent: &Arc<Agent>,
    caller: &Caller,
    call: RevokeToken,
) -> Result<RevokeTokenAnswer, ApiError> {
    let RevokeToken { reference, environment } = call;
    let revoked = agent.engine.revoke(&reference, environment.as_ref(), &caller.to_string()).await;
    agent.tell(Event::CredentialChanged(reference));
    let revoked = revoked.map_err(|error| to_api(&error))?.into_iter().map(|kind| match kind {
        TokenKind::Access => RevokedToken::AccessToken,
        TokenKind::Refresh => RevokedToken::RefreshToken,
    });
    Ok(RevokeTokenAnswer { revoked: revoked.collect() })
}
