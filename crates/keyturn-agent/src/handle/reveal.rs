//! Showing one stored secret to the user.

use std::sync::Arc;

use keyturn_core::SecretFormat;
use keyturn_protocol::calls::{Done, RevealSecret, ShowRecoveryKey};
use keyturn_protocol::prompt::{RecoveryKit, RevealOrder};
use keyturn_protocol::{ApiError, ErrorCode, SecretOnWire};

use crate::agent::Agent;
use crate::caller::Caller;
use crate::desktop;
use crate::errors::to_api;
use crate::handle::passphrase::before_showing;
use crate::reveal::Place;
use crate::screen::Screen;

/// How long a recovery key is shown.
const SECONDS: u64 = 15;
/// And one that is to be printed: a printer has to be chosen meanwhile.
const PRINT_SECONDS: u64 = 120;

/// Shows a field on the caller's screen: who may see it there could have taken it as well.
pub(super) async fn reveal(
    agent: &Arc<Agent>,
    caller: &Caller,
    call: RevealSecret,
) -> Result<Done, ApiError> {
    let term = agent.grants.term();
    before_showing(agent, call.passphrase).await?;
    let place = place(caller)?;
    let engine = &agent.engine;
    let value = engine
        .reveal(&call.target, SecretFormat::Raw, call.confirmed, &caller.to_string())
        .map_err(|error| to_api(&error))?;
    agent.recent().used(&call.target.credential);
    let (title, value) = (call.target.to_string(), SecretOnWire(value));
    let seconds = agent.security().reveal_s.into();
    let order = RevealOrder { title, value, seconds, kit: None };
    agent.showing.show(place, order, || agent.grants.is_in(&term)).await.map(|()| Done {})
}

/// Shows the key that the caller itself was told when it made the vault.
pub(super) async fn recovery_key(
    agent: &Agent,
    caller: &Caller,
    call: ShowRecoveryKey,
) -> Result<Done, ApiError> {
    let term = agent.grants.term();
    let place = place(caller)?;
    let kit =
        call.to_print.then(|| RecoveryKit { vault: agent.home.vault(), on: agent.engine.today() });
    let seconds = if call.to_print { PRINT_SECONDS } else { SECONDS };
    let order = RevealOrder { title: "Recovery key".to_owned(), value: call.key, seconds, kit };
    let still = || agent.engine.is_unlocked() && agent.grants.is_in(&term);
    agent.showing.show(place, order, still).await.map(|()| Done {})
}

fn place(caller: &Caller) -> Result<Place, ApiError> {
    let asker = caller.process().map(|process| process.pid).unwrap_or_default();
    let program = desktop::program().ok_or_else(|| {
        nowhere("the window's program is missing beside the agent's", "Install Keyturn again.")
    })?;
    let screen = Screen::of(asker)
        .ok_or_else(|| nowhere("there is no screen to show it on", "Use `keyturn get`."))?;
    Ok(Place { program, screen, asker })
}

fn nowhere(message: &str, hint: &str) -> ApiError {
    ApiError::new(ErrorCode::Internal, message).hint(hint)
}
