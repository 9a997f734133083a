//! Catching a reveal-once key. It comes in here, or the agent reads it from the clipboard; none goes out.

use keyturn_core::CredentialRef;
use keyturn_protocol::SecretOnWire;
use keyturn_protocol::calls::{
    Capture, CaptureAnswer, CaughtView, CheckCapture, KeyTestView, TestKey,
};
use tauri::State;

use crate::agent::Agent;
use crate::commands::{Answer, display};
use crate::input::Input;

/// Says what is known of a key that was pasted; without a value the agent looks at the clipboard.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn check_capture(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
    value: Input<Option<SecretOnWire>>,
) -> Answer<CaughtView> {
    let (reference, value, display) = (reference.0, value.0, display());
    agent.call(CheckCapture { reference, field: None, value, display }).await
}

/// Stores a reveal-once key; without a value the agent takes it from the clipboard.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn capture_key(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
    value: Input<Option<SecretOnWire>>,
    confirmed: Input<bool>,
) -> Answer<CaptureAnswer> {
    let (reference, value, confirmed) = (reference.0, value.0, confirmed.0);
    agent.call(Capture { reference, field: None, value, confirmed, display: display() }).await
}

/// Finds out whether the key in use works, where something harmless can be sent.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn test_key(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
) -> Answer<KeyTestView> {
    agent.call(TestKey { reference: reference.0 }).await
}
