//! What a provider asks of its users: the list of addresses (DV9), the checklist (DV12).

use keyturn_core::CredentialRef;
use keyturn_protocol::calls::{
    AllowListView, ChecklistItemView, EditAllowList, ShowAllowList, ShowChecklist, TickChecklist,
};
use tauri::State;

use crate::agent::Agent;
use crate::commands::Answer;
use crate::input::Input;

/// Shows what is known of the provider's list of addresses.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn show_allow_list(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
) -> Answer<AllowListView> {
    agent.call(ShowAllowList { reference: reference.0 }).await
}

/// Changes what is known of the provider's list of addresses.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn edit_allow_list(
    agent: State<'_, Agent>,
    call: Input<EditAllowList>,
) -> Answer<AllowListView> {
    agent.call(call.0).await
}

/// Shows the provider's checklist.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn show_checklist(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
) -> Answer<Vec<ChecklistItemView>> {
    agent.call(ShowChecklist { reference: reference.0 }).await
}

/// Ticks an item of the checklist, or takes the tick away.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn tick_checklist(
    agent: State<'_, Agent>,
    call: Input<TickChecklist>,
) -> Answer<Vec<ChecklistItemView>> {
    agent.call(call.0).await
}
