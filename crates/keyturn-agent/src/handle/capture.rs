//! Catching a reveal-once key, and whether it works. The clipboard is read here, so that the key need not
//! pass a page or a program; it is never changed.

use std::sync::Arc;

use keyturn_core::SecretString;
use keyturn_engine::{CaptureKey, Caught, KeyTest, Twin};
use keyturn_protocol::calls::{
    Capture, CaptureAnswer, CaughtView, CheckCapture, DisplayVariables, KeyTestView, KeyTwin,
    TestKey,
};
use keyturn_protocol::{ApiError, Event, SecretOnWire};

use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

/// What to do where the clipboard cannot be read.
const INSTEAD: &str = "Run it where DISPLAY or WAYLAND_DISPLAY names your screen, or give the key on standard input: `… | keyturn capture REF`. Nothing was changed.";

pub(super) async fn check(agent: &Arc<Agent>, call: CheckCapture) -> Result<CaughtView, ApiError> {
    let value = given(agent, call.value, &call.display, INSTEAD).await?;
    let request =
        CaptureKey { reference: call.reference, field: call.field, value, confirmed: false };
    agent.engine.check_capture(&request).map(view).map_err(|error| to_api(&error))
}

pub(super) async fn capture(
    agent: &Arc<Agent>,
    caller: &Caller,
    call: Capture,
) -> Result<CaptureAnswer, ApiError> {
    let value = given(agent, call.value, &call.display, INSTEAD).await?;
    let (reference, field, confirmed) = (call.reference, call.field, call.confirmed);
    let request = CaptureKey { reference, field, value, confirmed };
    let captured =
        agent.engine.capture(&request, &caller.to_string()).map_err(|error| to_api(&error))?;
    agent.tell(Event::CredentialChanged(captured.stored.credential.clone()));
    let caught = view(captured.caught);
    Ok(CaptureAnswer {
        stored: captured.stored,
        last_four: caught.last_four,
        safe_to_close: true,
        notes: caught.notes,
        duplicate_of: caught.duplicate_of,
        matches_known_last_four: caught.matches_known_last_four,
        is_next: caught.is_next,
        tested: None,
    })
}

pub(super) async fn test(
    agent: &Arc<Agent>,
    caller: &Caller,
    call: TestKey,
) -> Result<KeyTestView, ApiError> {
    let caller = caller.to_string();
    let tested = agent.engine.test_stored_key(&call.reference, &caller).await;
    let KeyTest { worked, words, warning } = tested.map_err(|error| to_api(&error))?;
    agent.tell(Event::CredentialChanged(call.reference));
    Ok(KeyTestView { worked, words, warning })
}

pub(super) async fn given(
    agent: &Arc<Agent>,
    value: Option<SecretOnWire>,
    display: &DisplayVariables,
    instead: &str,
) -> Result<SecretString, ApiError> {
    match value {
        Some(value) => Ok(value.0),
        None => agent.clipboard.read(display).await.map_err(|error| error.hint(instead)),
    }
}

fn view(caught: Caught) -> CaughtView {
    CaughtView {
        matches_known_last_four: caught.matches_known(),
        field: caught.field,
        begins: caught.begins,
        length: caught.length,
        last_four: caught.last_four,
        notes: caught.notes,
        duplicate_of: caught.twin.map(twin),
        known_last_four: caught.known_last_four,
        is_next: caught.is_next,
    }
}

pub(super) fn twin(twin: Twin) -> KeyTwin {
    KeyTwin {
        words: twin.to_string(),
        reference: twin.reference,
        field: twin.field,
        version: twin.version,
        standing: twin.standing,
        removed: twin.is_removed,
    }
}
