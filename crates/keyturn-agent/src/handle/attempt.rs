//! What a user brings to open the vault or to prove themselves: one attempt at a time, and wrong ones make
//! the next one wait, whichever it is.

use std::sync::{Arc, MutexGuard, PoisonError};

use chrono::TimeDelta;
use keyturn_engine::{Engine, EngineError};
use keyturn_protocol::{ApiError, ErrorCode};

use super::vault::finished;
use crate::agent::Agent;
use crate::attempts::Attempts;

/// Tries what was brought, away from the other calls, since it costs time; `to` is what it is for.
pub(super) async fn attempt(
    agent: &Arc<Agent>,
    to: &str,
    work: impl FnOnce(&Engine) -> Result<(), EngineError> + Send + 'static,
) -> Result<(), ApiError> {
    let _one_at_a_time = agent.attempting.lock().await;
    let wait = attempts(agent).wait(agent.engine.now());
    if wait > TimeDelta::zero() {
        let seconds = (wait.num_milliseconds() + 999) / 1_000;
        return Err(ApiError::new(
            ErrorCode::TooManyAttempts,
            "the vault does not listen for a moment after a wrong attempt",
        )
        .hint(format!("Try again in {seconds} s.")));
    }
    let engine = Arc::clone(&agent.engine);
    let proven = finished(tokio::task::spawn_blocking(move || work(&engine)).await);
    match &proven {
        Ok(()) => attempts(agent).right(),
        Err(error) if error.code == ErrorCode::WrongKey => {
            attempts(agent).wrong(agent.engine.now());
            agent.log.line(&format!("a wrong attempt to {to}"));
        }
        Err(_) => {}
    }
    proven
}

fn attempts(agent: &Agent) -> MutexGuard<'_, Attempts> {
    agent.attempts.lock().unwrap_or_else(PoisonError::into_inner)
}
