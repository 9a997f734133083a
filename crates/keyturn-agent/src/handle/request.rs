//! One request with the provider's recipe.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use keyturn_engine::{Body, BodyPart, KeepExchange, PartOf, TestRequest};
use keyturn_http::{PeerCertificate, TlsFacts, status_words};
use keyturn_protocol::calls::{
    CertificateView, DiagnosisView, KeyturnMay, PartContent, RedirectView, RequestBody,
    RequestPart, SendRequest, SendRequestAnswer, SentView, SizeView, TimingView, TlsView,
};
use keyturn_protocol::{ApiError, ErrorCode, Event};
use keyturn_providers::{Diagnosis, KeyturnAction};

use super::kept::kept_now;
use super::redirect;
use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

/// A body up to this size may grow as it likes on its way to the client.
const LIGHT: usize = 1024 * 1024;

pub(super) async fn send(
    agent: &Arc<Agent>,
    caller: &Caller,
    call: SendRequest,
) -> Result<SendRequestAnswer, ApiError> {
    let reference = call.reference.clone();
    let request = request_of(call)?;
    let sent =
        agent.engine.send(request, &caller.to_string()).await.map_err(|error| to_api(&error))?;
    agent.tell(Event::CredentialChanged(reference.clone()));
    let mut answer = view(sent, agent.engine.now());
    redirect::tell(agent, caller, &reference, &mut answer);
    Ok(answer)
}

/// A request as the engine takes it.
pub(super) fn request_of(call: SendRequest) -> Result<TestRequest, ApiError> {
    Ok(TestRequest {
        reference: call.reference,
        sample: call.sample,
        method: call.method,
        path: call.path,
        recipe: call.recipe,
        query: call.query,
        headers: call.headers,
        body: call.body.map(body).transpose()?,
        environment: call.environment,
        confirmed: call.confirmed,
        dry_run: call.dry_run,
        no_wait: call.no_wait,
        keep: call.keep.map(|keep| KeepExchange { note: keep.note }),
        checks: call.checks,
        saved: call.saved,
    })
}

fn body(body: RequestBody) -> Result<Body, ApiError> {
    Ok(match body {
        RequestBody::Json(text) => {
            Body::Bytes { content_type: "application/json".to_owned(), bytes: text.into_bytes() }
        }
        RequestBody::Text { text, content_type } => Body::Bytes {
            content_type: content_type.unwrap_or_else(|| "text/plain; charset=utf-8".to_owned()),
            bytes: text.into_bytes(),
        },
        RequestBody::Form(fields) => Body::Form(fields),
        RequestBody::Multipart(parts) => {
            Body::Multipart(parts.into_iter().map(part).collect::<Result<_, _>>()?)
        }
        RequestBody::Raw { base64, content_type } => Body::Bytes {
            content_type: content_type.unwrap_or_else(|| "application/octet-stream".to_owned()),
            bytes: bytes_of(&base64)?,
        },
    })
}

fn part(part: RequestPart) -> Result<BodyPart, ApiError> {
    let content = match part.content {
        PartContent::Text(text) => PartOf::Text(text),
        PartContent::File { name, base64 } => PartOf::File { name, bytes: bytes_of(&base64)? },
    };
    Ok(BodyPart { name: part.name, content, content_type: part.content_type })
}

fn bytes_of(base64: &str) -> Result<Vec<u8>, ApiError> {
    base64::Engine::decode(&base64::engine::general_purpose::STANDARD, base64)
        .map_err(|_| ApiError::new(ErrorCode::InvalidInput, "the body is not base64"))
}

pub(super) fn view(sent: keyturn_engine::Sent, now: DateTime<Utc>) -> SendRequestAnswer {
    let request = SentView {
        method: sent.request.method,
        url: sent.request.url,
        query: sent.request.query.into_iter().map(|(name, _)| name).collect(),
        headers: sent_headers(sent.request.headers),
        body_bytes: u64::try_from(sent.request.body_bytes).ok(),
        body: sent_body(sent.request.body),
    };
    let Some((answer, diagnosis)) = sent.answer else {
        return SendRequestAnswer {
            status: None,
            headers: Vec::new(),
            body: None,
            body_base64: None,
            timing_ms: TimingView::default(),
            status_words: None,
            size: None,
            redirect: None,
            tls: None,
            attempts: sent.attempts,
            sent: request,
            diagnosis: None,
            credential_refused: false,
            refused: false,
            kept: None,
            exchange: None,
            checks: Vec::new(),
        };
    };
    let (body, body_base64) = body_view(answer.body);
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
        status_words: status_words(answer.status).map(str::to_owned),
        size: Some(SizeView {
            received: answer.size.received as u64,
            decoded: answer.size.decoded as u64,
            encoding: answer.size.encoding,
        }),
        redirect: sent.redirect.map(|redirect| RedirectView {
            to: redirect.to,
            elsewhere: redirect.elsewhere,
            followed: false,
            ticket: sent.lead.and_then(Result::ok),
            blocked: sent.lead.and_then(Result::err).map(|error| error.to_string()),
        }),
        tls: answer.tls.map(|tls| tls_view(tls, now)),
        attempts: sent.attempts,
        sent: request,
        credential_refused: diagnosis.credential_refused,
        refused: diagnosis.refused,
        diagnosis: Some(meaning(diagnosis)),
        kept: sent.kept.map(kept_now),
        exchange: sent.exchange,
        checks: sent.checks,
    }
}

fn tls_view(tls: TlsFacts, now: DateTime<Utc>) -> TlsView {
    TlsView {
        version: tls.version,
        cipher: tls.cipher,
        peer: Some(tls.peer),
        days_left: tls.chain.first().map(|own| (own.not_after - now).num_days()),
        chain: tls.chain.into_iter().map(certificate).collect(),
    }
}

fn certificate(certificate: PeerCertificate) -> CertificateView {
    CertificateView {
        subject: certificate.subject,
        issuer: certificate.issuer,
        names: certificate.names,
        valid_from: certificate.not_before,
        valid_until: certificate.not_after,
        sha256: certificate.sha256,
    }
}

/// The headers that were sent; what stood there more than once is one list (RFC 9110, section 5.2).
pub(super) fn sent_headers(headers: Vec<(String, String)>) -> BTreeMap<String, String> {
    let mut by_name = BTreeMap::<String, String>::new();
    for (name, value) in headers {
        let same = by_name.keys().find(|known| known.eq_ignore_ascii_case(&name)).cloned();
        let line = by_name.entry(same.unwrap_or(name)).or_default();
        if !line.is_empty() {
            line.push_str(", ");
        }
        line.push_str(&value);
    }
    by_name
}

/// The kind of body that was sent, if there was one.
pub(super) fn sent_body(kind: String) -> Option<String> {
    Some(kind).filter(|kind| kind != "none")
}

/// A body as text, or in base64 where it is none.
pub(super) fn body_view(body: Vec<u8>) -> (Option<String>, Option<String>) {
    match String::from_utf8(body) {
        Ok(text) if is_light(&text) => (Some(text), None),
        Ok(text) => (None, Some(base64_of(text.into_bytes()))),
        Err(error) => (None, Some(base64_of(error.into_bytes()))),
    }
}

/// Takes the bytes, which nobody needs any longer then.
fn base64_of(bytes: Vec<u8>) -> String {
    base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes)
}

/// Whether a text is shorter in JSON than in base64. One of control characters grows sixfold, and
/// ten megabytes of them would fit into no message; it is no text for people either.
fn is_light(text: &str) -> bool {
    let escaped = |byte: u8| match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' => 1,
        0..=31 => 5,
        _ => 0,
    };
    let growth: usize = text.bytes().map(escaped).sum();
    text.len() < LIGHT || growth <= text.len() / 3
}

/// What an answer means, for a client.
pub(super) fn meaning(diagnosis: Diagnosis) -> DiagnosisView {
    DiagnosisView {
        meaning: diagnosis.meaning,
        action: Some(diagnosis.action).filter(|action| !action.is_empty()),
        row: diagnosis.row,
        keyturn: match diagnosis.keyturn {
            KeyturnAction::None => KeyturnMay::None,
            KeyturnAction::RenewOnce => KeyturnMay::RenewOnce,
            KeyturnAction::BackOff => KeyturnMay::BackOff,
        },
        verified: diagnosis.verified,
        provider_says: diagnosis.provider_says,
        retry_at: diagnosis.retry_at,
        notes: diagnosis.notes,
    }
}
