//! The exchanges that the user chose to keep.

use keyturn_engine::{EngineError, Kept, KeptSummary};
use keyturn_http::status_words;
use keyturn_protocol::calls::{
    DiagnosisView, Done, ForgetKept, KeptDetail, KeptNow, KeptView, KeyturnMay, ListKept,
    SendRequestAnswer, SentView, ShowKept, TimingView, TlsView,
};
use keyturn_protocol::{ApiError, Event};
use keyturn_vault::{KeptExchange, KeptMeaning};

use super::request::{body_view, sent_body, sent_headers};
use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

pub(super) fn list(agent: &Agent, call: &ListKept) -> Result<Vec<KeptView>, ApiError> {
    let kept = agent.engine.kept(&call.reference).map_err(|error| to_api(&error))?;
    Ok(kept.into_iter().map(view).collect())
}

pub(super) fn show(
    agent: &Agent,
    caller: &Caller,
    call: &ShowKept,
) -> Result<KeptDetail, ApiError> {
    let kept = agent.engine.kept_exchange(&call.reference, call.id, &caller.to_string());
    Ok(detail(kept.map_err(|error| to_api(&error))?))
}

pub(super) fn forget(agent: &Agent, caller: &Caller, call: &ForgetKept) -> Result<Done, ApiError> {
    let forgot = agent.engine.forget_kept(&call.reference, call.id, &caller.to_string());
    forgot.map_err(|error| to_api(&error))?;
    agent.tell(Event::CredentialChanged(call.reference.clone()));
    Ok(Done {})
}

/// What became of the choice to keep an exchange.
pub(super) fn kept_now(result: Result<Kept, EngineError>) -> KeptNow {
    match result {
        Ok(kept) => KeptNow {
            id: Some(kept.id),
            forgot: kept.forgot,
            cut_from: kept.cut_from.and_then(|bytes| u64::try_from(bytes).ok()),
            problem: None,
        },
        Err(error) => {
            KeptNow { id: None, forgot: None, cut_from: None, problem: Some(to_api(&error)) }
        }
    }
}

fn view(kept: KeptSummary) -> KeptView {
    KeptView {
        id: kept.id,
        at: kept.at,
        method: kept.method,
        path: kept.path,
        status: kept.status,
        meaning: kept.meaning,
        note: kept.note,
    }
}

fn detail(kept: KeptExchange) -> KeptDetail {
    let whole = u64::try_from(kept.body.len()).is_ok_and(|bytes| bytes >= kept.body_bytes);
    let cut_from = (!whole).then_some(kept.body_bytes);
    let (body, body_base64) = body_view(kept.body);
    let sent = SentView {
        method: kept.method,
        url: kept.url,
        query: kept.query.iter().map(|(name, _)| name.clone()).collect(),
        headers: sent_headers(kept.sent_headers),
        body: sent_body(kept.sent_body),
        body_bytes: None,
    };
    KeptDetail {
        id: kept.id,
        at: kept.at,
        note: kept.note,
        environment: kept.environment,
        recipe: kept.recipe,
        path: kept.path,
        query: kept.query,
        request: kept.request,
        cut_from,
        exchange: SendRequestAnswer {
            status: Some(kept.status),
            headers: kept.headers,
            body,
            body_base64,
            timing_ms: TimingView { total: kept.total_ms, ..TimingView::default() },
            tls: kept.tls.map(|tls| TlsView {
                version: tls.version,
                cipher: tls.cipher,
                peer: Some(tls.peer),
                days_left: None,
                chain: Vec::new(),
            }),
            status_words: status_words(kept.status).map(str::to_owned),
            size: None,
            redirect: None,
            attempts: kept.attempts,
            sent,
            credential_refused: kept.meaning.credential_refused,
            refused: kept.meaning.refused,
            diagnosis: Some(meaning(kept.meaning)),
            kept: None,
            exchange: Some(kept.id),
            checks: Vec::new(),
        },
    }
}

fn meaning(kept: KeptMeaning) -> DiagnosisView {
    DiagnosisView {
        meaning: kept.meaning,
        action: Some(kept.action).filter(|action| !action.is_empty()),
        row: kept.row,
        // It is over: nothing is renewed or sent again for an answer that was kept.
        keyturn: KeyturnMay::None,
        verified: kept.verified,
        provider_says: kept.provider_says,
        retry_at: kept.retry_at,
        notes: kept.notes,
    }
}
