//! Whether a caller may make a call at all.

use std::sync::Arc;

use keyturn_protocol::calls::SetShareSafe;
use keyturn_protocol::{ApiError, Asking, Request};
use tokio::sync::Notify;

use crate::agent::Agent;
use crate::caller::Caller;
use crate::consent;

/// A call that may be made; only [`admit`] makes one.
#[derive(Debug)]
pub(crate) struct Admitted(pub(super) Request);

/// Admits a call. Without a grant there is: everything that shows nothing of the vault's content, that
/// proves the right to it, or that closes it. For the rest the user is asked, where they can be and the
/// caller does not forbid it; `asked` hears that it comes to that.
pub(crate) async fn admit(
    agent: &Arc<Agent>,
    caller: &Caller,
    asking: Asking,
    request: Request,
    asked: &Notify,
) -> Result<Admitted, ApiError> {
    match request {
        Request::ShowStatus(_)
        | Request::InitVault(_)
        | Request::UnlockVault(_)
        | Request::LockVault(_)
        | Request::Stop(_)
        | Request::ClearClipboard(_)
        | Request::ListProviders(_)
        | Request::ShowProvider(_)
        | Request::CheckProfile(_)
        | Request::ShowShortcut(_)
        | Request::ShowShareSafe(_)
        | Request::SetShareSafe(SetShareSafe { on: true })
        | Request::OpenWindow(_)
        | Request::Subscribe(_) => return Ok(Admitted(request)),
        _ => {}
    }
    // The engine says it better when there is no vault, or a locked one.
    if !agent.engine.is_unlocked() {
        return Ok(Admitted(request));
    }
    if !agent.grants.covers(caller) {
        if asking == Asking::Never {
            agent.log.line(&format!("refused: {caller} was not allowed to use the vault"));
            return Err(consent::not_granted());
        }
        consent::ask(agent, caller, &request, asked).await?;
    }
    agent.used();
    Ok(Admitted(request))
}
