//! One request with the provider's recipe.

use std::sync::Arc;

use keyturn_engine::{Body, TestRequest};
use keyturn_protocol::calls::{
    DiagnosisView, RequestBody, SendRequest, SendRequestAnswer, SentView, TimingView, TlsView,
};
use keyturn_protocol::{ApiError, ErrorCode, Event};

use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

pub(super) async fn send(
    agent: &Arc<Agent>,
    caller: &Caller,
    call: SendRequest,
) -> Result<SendRequestAnswer, ApiError> {
    let reference = call.reference.clone();
    let request = TestRequest {
        reference: call.reference,
        sample: call.sample,
        method: call.method,
        path: call.path,
        query: call.query,
        headers: call.headers,
        body: call.body.map(body).transpose()?,
        environment: call.environment,
        confirmed: call.confirmed,
        dry_run: call.dry_run,
    };
    let result = agent.engine.send(request, &caller.to_string()).await;
    agent.journal_waits.notify_one();
    let sent = result.map_err(|error| to_api(&error))?;
    agent.tell(Event::CredentialChanged(reference));
    Ok(view(sent))
}

fn body(body: RequestBody) -> Result<Body, ApiError> {
    Ok(match body {
        RequestBody::Json(text) => {
            Body::Bytes { content_type: "application/json".to_owned(), bytes: text.into_bytes() }
        }
        RequestBody::Form(fields) => Body::Form(fields),
        RequestBody::Multipart(fields) => Body::Multipart(fields),
        RequestBody::Raw(text) => Body::Bytes {
            content_type: "application/octet-stream".to_owned(),
            bytes: base64::Engine::decode(&base64::engine::general_purpose::STANDARD, text)
                .map_err(|_| ApiError::new(ErrorCode::InvalidInput, "the body is not base64"))?,
        },
    })
}

fn view(sent: keyturn_engine::Sent) -> SendRequestAnswer {
    let request = SentView {
        method: sent.request.method,
        url: sent.request.url,
        query: sent.request.query.into_iter().map(|(name, _)| name).collect(),
        headers: sent.request.headers.into_iter().collect(),
        body: Some(sent.request.body).filter(|kind| kind != "none"),
    };
    let Some((answer, diagnosis)) = sent.answer else {
        return SendRequestAnswer {
            status: None,
            headers: Vec::new(),
            body: None,
            body_base64: None,
            timing_ms: TimingView::default(),
            tls: None,
            attempts: sent.attempts,
            sent: request,
            diagnosis: None,
            credential_refused: false,
        };
    };
    let (body, body_base64) = match String::from_utf8(answer.body) {
        Ok(text) => (Some(text), None),
        Err(bytes) => (
            None,
            Some(base64::Engine::encode(
                &base64::engine::general_purpose::STANDARD,
                bytes.as_bytes(),
            )),
        ),
    };
    SendRequestAnswer {
        status: Some(answer.status),
        headers: answer.headers,
        body,
        body_base64,
        timing_ms: TimingView {
            dns: answer.timing.dns,
            connect: answer.timing.connect,
            tls: answer.timing.tls,
            first_byte: Some(answer.timing.first_byte),
            download: Some(answer.timing.download),
            total: answer.timing.total,
        },
        tls: answer.tls.map(|tls| TlsView {
            version: tls.version,
            cipher: tls.cipher,
            peer: Some(tls.peer),
        }),
        attempts: sent.attempts,
        sent: request,
        diagnosis: Some(DiagnosisView {
            meaning: diagnosis.meaning,
            action: Some(diagnosis.action).filter(|action| !action.is_empty()),
            row: diagnosis.row,
        }),
        credential_refused: diagnosis.credential_refused,
    }
}
