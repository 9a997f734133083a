//! What Keyturn knows of providers.

use keyturn_core::ProviderId;
use keyturn_protocol::calls::{ListProviders, ProviderSummary, ProviderView, ShowProvider};
use tauri::State;

use crate::agent::Agent;
use crate::commands::Answer;
use crate::input::Input;

/// Lists the providers.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn list_providers(agent: State<'_, Agent>) -> Answer<Vec<ProviderSummary>> {
    agent.call(ListProviders {}).await
}

/// Shows one provider.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn show_provider(
    agent: State<'_, Agent>,
    id: Input<ProviderId>,
) -> Answer<ProviderView> {
    agent.call(ShowProvider { id: id.0 }).await
}
