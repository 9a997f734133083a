//! Two answers beside each other: those that the shell holds, and those that the user kept.

use std::sync::Arc;

use keyturn_core::{CredentialRef, ExchangeId};
use keyturn_protocol::calls::{SendRequestAnswer, ShowKept};
use keyturn_protocol::{ApiError, body_of, compare_answers};
use keyturn_request::Comparison;
use serde::Deserialize;

use super::body::{Bodies, Body};
use crate::agent::{Agent, blocking};

/// Names an answer that is compared.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub(crate) enum AnswerRef {
    /// One that this window got, by its body's number.
    Shown(u64),
    /// One that was kept, by its credential and its number.
    Kept(CredentialRef, ExchangeId),
}

/// An answer at hand.
enum Side {
    Shown(Arc<Body>),
    Kept(Box<SendRequestAnswer>, Option<Vec<u8>>),
}

impl Side {
    async fn of(agent: &Agent, bodies: &Bodies, answer: AnswerRef) -> Result<Self, ApiError> {
        Ok(match answer {
            AnswerRef::Shown(id) => Self::Shown(bodies.body(id)?),
            AnswerRef::Kept(reference, id) => {
                let kept = agent.call(ShowKept { reference, id }).await?.exchange;
                let body = body_of(&kept);
                Self::Kept(Box::new(kept), body)
            }
        })
    }

    fn parts(&self) -> (&SendRequestAnswer, Option<&[u8]>) {
        match self {
            Self::Shown(body) => (body.answer(), Some(body.bytes())),
            Self::Kept(answer, body) => (answer, body.as_deref()),
        }
    }
}

/// Compares two answers.
pub(crate) async fn compare(
    agent: &Agent,
    bodies: &Bodies,
    left: AnswerRef,
    right: AnswerRef,
) -> Result<Comparison, ApiError> {
    let left = Side::of(agent, bodies, left).await?;
    let right = Side::of(agent, bodies, right).await?;
    blocking(move || Ok(compare_answers(left.parts(), right.parts()))).await
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_is_named_as_pages_name_it() {
        let read = |value| serde_json::from_value::<AnswerRef>(value).unwrap();
        assert!(matches!(read(json!({"shown": 3})), AnswerRef::Shown(3)));
        assert!(matches!(read(json!({"kept": ["acme/main", "7"]})), AnswerRef::Kept(..)));
    }
}
