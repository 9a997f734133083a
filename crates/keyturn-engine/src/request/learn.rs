//! What an answer teaches: how far the provider's clock is off, and how long its tokens live.

use chrono::TimeDelta;
use keyturn_core::ExpirySource;
use keyturn_http::Answer;
use keyturn_providers::{Diagnosis, KeyturnAction};

use super::plan::Plan;
use crate::{Engine, LiveToken};

/// A token that is called ended sooner did not end by its age: somebody revoked it.
const SHORTEST_LIFE: TimeDelta = TimeDelta::minutes(1);

impl Engine {
    /// Learns from an answer. The shortest age at which a provider calls a token ended is the longest
    /// that one may live, as far as is known; a token that is accepted when it is older proves that
    /// they live longer.
    pub(super) fn learn(
        &self,
        plan: &Plan,
        token: Option<&LiveToken>,
        answer: &Answer,
        diagnosis: &Diagnosis,
        already_renewed: bool,
    ) {
        let (provider, environment) = (&plan.profile.id, &plan.environment);
        let now = self.now();
        if let Some(skew) = answer.skew(now) {
            self.see_skew(provider, environment, skew);
        }
        let nobody_says = |token: &&LiveToken| {
            matches!(token.expiry.source, ExpirySource::Unknown | ExpirySource::Learned)
        };
        let Some(age) = token
            .filter(nobody_says)
            .and_then(|token| token.issued_at)
            .map(|issued_at| now - issued_at)
            .filter(|age| *age >= SHORTEST_LIFE)
        else {
            return;
        };
        let known = self.learned_lifetime(provider, environment);
        let ended = diagnosis.keyturn == KeyturnAction::RenewOnce && !already_renewed;
        let accepted = (200..=299).contains(&answer.status);
        let shorter = ended && known.is_none_or(|known| age < known);
        let longer = accepted && known.is_some_and(|known| age > known);
        if shorter || longer {
            self.learn_lifetime(provider, environment, age);
        }
    }
}
