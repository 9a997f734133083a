//! What was asked with a credential, and the requests that are saved for it.

use keyturn_core::{CredentialRef, ExchangeId};
use keyturn_protocol::calls::{
    ExchangeView, ForgetExchanges, ListExchanges, ListSaved, NotSavedView, RemoveSaved,
    SaveRequest, SaveRequests, SavedRequests, SavedView,
};
use keyturn_request::SavedRequest;
use tauri::State;

use crate::agent::Agent;
use crate::commands::Answer;
use crate::input::Input;
use crate::tester::{Bodies, ShownKept, send};

/// Lists what was asked, the newest first.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn list_exchanges(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
) -> Answer<Vec<ExchangeView>> {
    agent.call(ListExchanges { reference: reference.0 }).await
}

/// Forgets one exchange, or all.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn forget_exchanges(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
    id: Input<Option<ExchangeId>>,
) -> Answer<()> {
    agent.call(ForgetExchanges { reference: reference.0, id: id.0 }).await.map(|_| ())
}

/// Shows an exchange that was kept whole.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn show_kept(
    agent: State<'_, Agent>,
    bodies: State<'_, Bodies>,
    reference: Input<CredentialRef>,
    id: Input<ExchangeId>,
) -> Answer<ShownKept> {
    send::kept(&agent, &bodies, reference.0, id.0).await
}

/// Lists the saved requests of a credential.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn list_saved(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
) -> Answer<Vec<SavedView>> {
    agent.call(ListSaved { reference: reference.0 }).await
}

/// Saves a request under a name.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn save_request(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
    saved: Input<SavedRequest>,
    replaces: Input<Option<String>>,
) -> Answer<Vec<SavedView>> {
    let (reference, saved, replaces) = (reference.0, saved.0, replaces.0);
    agent.call(SaveRequest { reference, saved, replaces }).await
}

/// Saves several new requests, as many of them as can be.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn save_requests(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
    requests: Input<Vec<SavedRequest>>,
) -> Answer<SavedRequests> {
    let (mut saved, mut not_saved, mut before) = (None, Vec::new(), 0);
    for call in SaveRequests::several(&reference.0, requests.0) {
        let given = call.requests.len();
        let answer = agent.call(call).await?;
        let refused = answer.not_saved.into_iter();
        not_saved.extend(refused.map(|one| NotSavedView { at: before + one.at, ..one }));
        saved = Some(answer.saved);
        before += given;
    }
    let saved = match saved {
        Some(saved) => saved,
        None => agent.call(ListSaved { reference: reference.0 }).await?,
    };
    Ok(SavedRequests { saved, not_saved })
}

/// Removes a saved request.
#[tauri::command(rename_all = "snake_case")]
pub(crate) async fn remove_saved(
    agent: State<'_, Agent>,
    reference: Input<CredentialRef>,
    name: Input<String>,
) -> Answer<Vec<SavedView>> {
    agent.call(RemoveSaved { reference: reference.0, name: name.0 }).await
}
