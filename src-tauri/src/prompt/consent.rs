//! The question that is on the screen, and its one answer.

use std::sync::atomic::{AtomicBool, Ordering};

use keyturn_protocol::prompt::{ConsentAnswer, ConsentQuestion, PromptReport};
use keyturn_protocol::{ApiError, ErrorCode};

use super::Channel;

/// What the consent window asks; empty where this prompt shows something else.
#[derive(Debug, Default)]
pub(crate) struct Consent {
    question: Option<ConsentQuestion>,
    answered: AtomicBool,
}

impl Consent {
    pub(super) fn of(question: ConsentQuestion) -> Self {
        Self { question: Some(question), answered: AtomicBool::new(false) }
    }

    /// The question.
    pub(crate) fn question(&self) -> Result<ConsentQuestion, ApiError> {
        self.question.clone().ok_or_else(nothing_asked)
    }

    /// Passes the user's answer on; there is no second one.
    pub(crate) fn answer(&self, channel: &Channel, answer: ConsentAnswer) -> Result<(), ApiError> {
        if self.question.is_none() || self.answered.swap(true, Ordering::SeqCst) {
            return Err(nothing_asked());
        }
        channel.say(PromptReport::Answered(answer))
    }
}

fn nothing_asked() -> ApiError {
    ApiError::new(ErrorCode::NotFound, "nothing is asked any more").hint("Close this window.")
}
