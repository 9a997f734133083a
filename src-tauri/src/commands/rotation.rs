//! Rotations and who uses a key. New keys come in here; none goes out.

use keyturn_core::CredentialRef;
use keyturn_protocol::calls::{
    AdvanceRotation, ConsumersView, EditConsumers, RotationDetail, ShowConsumers, ShowRotation,
};
use tauri::State;

use crate::agent::Agent;
use crate::commands::Answer;
use crate::input::Input;

/// Shows where a credential's rotation stands.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn show_rotation(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
) -> Answer<RotationDetail> {
    agent.call(ShowRotation { reference: reference.0 }).await
}

/// Takes one step of a rotation.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn advance_rotation(
    agent: State<'_, Agent>,
    call: Input<AdvanceRotation>,
) -> Answer<RotationDetail> {
    agent.call(call.0).await
}

/// Shows who uses a credential.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn show_consumers(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
) -> Answer<ConsumersView> {
    agent.call(ShowConsumers { reference: reference.0 }).await
}

/// Changes what is written down about who uses a credential.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn edit_consumers(
    agent: State<'_, Agent>,
    call: Input<EditConsumers>,
) -> Answer<ConsumersView> {
    agent.call(call.0).await
}
