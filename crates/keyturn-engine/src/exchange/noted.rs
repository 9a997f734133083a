//! One exchange on its way: it is noted however it ends, also where the caller leaves in the middle.

use keyturn_core::{CredentialId, ExchangeId};
use keyturn_http::{Redactor, SendError};
use keyturn_vault::NotedExchange;

use super::cut::cut;
use crate::engine::guard;
use crate::{Engine, EngineError, Sent};

/// How one ended whose caller left.
const CANCELLED: &str = "cancelled";

/// An exchange that is noted when this is dropped.
pub(crate) struct Noted<'engine> {
    engine: &'engine Engine,
    owner: CredentialId,
    exchange: Option<NotedExchange>,
    numbered: bool,
}

impl<'engine> Noted<'engine> {
    /// Begins. What the exchange holds by now is free of secrets.
    pub(crate) fn new(
        engine: &'engine Engine,
        owner: CredentialId,
        exchange: NotedExchange,
    ) -> Self {
        let exchange = NotedExchange { problem: Some(CANCELLED.to_owned()), ..exchange };
        Self { engine, owner, exchange: Some(exchange), numbered: false }
    }

    /// Counts one more attempt. The path is cleaned of what authenticates this one, too.
    pub(crate) fn attempt(&mut self, redactor: &Redactor) {
        if let Some(exchange) = &mut self.exchange {
            exchange.attempts += 1;
            exchange.path = redactor.redact_text(&exchange.path);
        }
    }

    /// Its number, from now on: it has ended.
    pub(crate) fn number(&mut self) -> Option<ExchangeId> {
        let exchange = self.exchange.as_mut()?;
        if !self.numbered {
            exchange.at = self.engine.now();
            let (engine, owner, at) = (self.engine, self.owner, exchange.at);
            // The vault may have been locked and opened since this began.
            let looked = engine.read(|vault| {
                engine.know_exchanges(vault, owner);
                Ok(())
            });
            // A vault that is closed by now has nothing to look at.
            drop(looked);
            exchange.id = guard(&engine.exchanges).next(owner, at);
            self.numbered = true;
        }
        Some(exchange.id)
    }

    /// It is kept whole, with a note or without one.
    pub(crate) fn is_kept(&mut self, note: Option<String>) {
        if let Some(exchange) = &mut self.exchange {
            exchange.note = note;
        }
    }

    /// An answer came.
    pub(crate) fn answered(mut self, sent: &Sent) {
        let (Some(exchange), Some((answer, diagnosis))) = (&mut self.exchange, &sent.answer) else {
            return;
        };
        exchange.problem = None;
        exchange.status = Some(answer.status);
        exchange.meaning = Some(diagnosis.meaning.clone());
        exchange.credential_refused = diagnosis.credential_refused;
        exchange.refused = diagnosis.refused;
        exchange.total_ms = Some(answer.timing.total);
        exchange.received = u64::try_from(answer.size.received).ok();
        let passed = sent.checks.iter().filter(|check| check.passed).count();
        exchange.checks_passed = u32::try_from(passed).unwrap_or(u32::MAX);
        exchange.checks_failed = u32::try_from(sent.checks.len() - passed).unwrap_or(u32::MAX);
    }

    /// None came. What was refused before anything left is no exchange.
    pub(crate) fn failed(mut self, error: &EngineError) {
        let refused_here =
            matches!(error, EngineError::Policy(_) | EngineError::Send(SendError::Policy(_)));
        if refused_here && self.exchange.as_ref().is_some_and(|exchange| exchange.attempts <= 1) {
            self.exchange = None;
        }
        if let Some(exchange) = &mut self.exchange {
            exchange.problem = Some(error.to_string());
        }
    }
}

impl Drop for Noted<'_> {
    fn drop(&mut self) {
        self.number();
        if let Some(exchange) = self.exchange.take() {
            // Only now: what authenticated the last attempt was taken out of the whole text.
            let exchange = cut(exchange);
            guard(&self.engine.exchanges).wait([(self.owner, exchange)]);
            self.engine.unwritten.notify_one();
        }
    }
}
