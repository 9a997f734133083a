//! Explaining an answer that another program got.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use keyturn_protocol::calls::{ExplainAnswer, ExplainAnswerView, ExplainFacts, SentAlong};
use keyturn_protocol::{ApiError, ErrorCode};

use super::request::meaning;
use crate::agent::Agent;
use crate::errors::to_api;

pub(super) fn explain(agent: &Agent, call: ExplainAnswer) -> Result<ExplainAnswerView, ApiError> {
    let status = call.status;
    let carried = |sent: SentAlong| match sent {
        SentAlong::Token => (true, false),
        SentAlong::Key => (false, true),
        SentAlong::Both => (true, true),
        SentAlong::Nothing => (false, false),
    };
    let (sent_token, sent_key) = call.sent.map(carried).unzip();
    let request = keyturn_engine::ExplainAnswer {
        reference: call.reference,
        environment: call.environment,
        status,
        path: call.path,
        sent_token,
        sent_key,
        body: STANDARD
            .decode(call.body_base64)
            .map_err(|_| ApiError::new(ErrorCode::InvalidInput, "the body is not base64"))?,
    };
    let explained = agent.engine.explain(&request).map_err(|error| to_api(&error))?;
    Ok(ExplainAnswerView {
        credential_refused: explained.diagnosis.credential_refused,
        diagnosis: meaning(explained.diagnosis),
        facts: ExplainFacts {
            status,
            exchange: explained.is_exchange,
            method: explained.method,
            token_age_s: explained.token_age.map(|age| age.num_seconds()),
            clock_skew_s: explained.clock_skew.map(|skew| skew.num_seconds()),
            this_machine_listed: explained.this_machine_listed,
        },
        body: explained.body,
    })
}
