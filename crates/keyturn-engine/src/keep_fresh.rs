//! Renewing tokens in the background, for the credentials whose user asked for it.
//!
//! It runs while the vault is open, goes by the wall clock, and asks at most as often as the early
//! renewal of [`crate::Engine::token`] does: the same flight, the same rest after a failure. It never
//! counts as use of the vault, so that it does not keep the vault open.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use keyturn_core::{Credential, CredentialRef, EnvironmentName};
use keyturn_providers::Method;
use keyturn_vault::Vault;
use tokio::sync::Notify;

use crate::engine::guard;
use crate::token::FlightKey;
use crate::{Engine, EngineError, TokenRequest};

/// The wall clock is looked at so often: timers stand still while the machine sleeps, and clocks are
/// set.
const LOOK: Duration = Duration::from_secs(30);
/// How the journal names it.
const CALLER: &str = "keyturn, keeping fresh";

/// A token that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
struct DueToken {
    reference: CredentialRef,
    environment: EnvironmentName,
}

impl Engine {
    /// Renews what is due, again and again, for as long as the engine lives. `changed` is rung when
    /// something changed that it hangs on; `tried` is told of every credential with a new token, or with
    /// one that could not be renewed.
    pub async fn keep_fresh(
        self: Arc<Self>,
        changed: Arc<Notify>,
        tried: impl Fn(&CredentialRef) + Send + Sync + 'static,
    ) {
        let tried = Arc::new(tried);
        loop {
            let (due, next) = self.due_tokens().unwrap_or_default();
            for token in due {
                let (engine, tried) = (Arc::clone(&self), Arc::clone(&tried));
                tokio::spawn(async move {
                    // A failure is in the journal, and the flight's rest decides when it is tried again.
                    if !matches!(engine.renew_in_background(&token).await, Ok(false)) {
                        tried(&token.reference);
                    }
                });
            }
            let pause = next.and_then(|span| span.to_std().ok()).unwrap_or(LOOK).min(LOOK);
            drop(tokio::time::timeout(pause, changed.notified()).await);
        }
    }

    /// Why a token that is kept fresh could not be renewed last; `None` where all is well, or nobody asked
    /// for it.
    #[must_use]
    pub fn renewal_problem(&self, credential: &Credential) -> Option<String> {
        if !credential.keep_fresh {
            return None;
        }
        let key = FlightKey::of(credential, credential.environment());
        guard(&self.flights.0).trouble(&key).map(str::to_owned)
    }

    /// Answers whether there is something new to show.
    async fn renew_in_background(self: &Arc<Self>, due: &DueToken) -> Result<bool, EngineError> {
        let environment = Some(due.environment.clone());
        let request = TokenRequest::usable(due.reference.clone(), environment);
        let token = self.live_token(&request, CALLER).await?;
        // An old token that still lives serves where no new one was to be had.
        Ok(!token.reused || self.renewal_problem(&self.show(&due.reference)?.credential).is_some())
    }

    /// What is due now, and in how long the next one is. What is under way, or rests after a failure,
    /// is not due.
    fn due_tokens(&self) -> Result<(Vec<DueToken>, Option<TimeDelta>), EngineError> {
        // Asked first: the error of a locked vault looks at the file, which somebody may be opening.
        if !self.is_unlocked() {
            return Ok((Vec::new(), None));
        }
        let now = self.now();
        let board = guard(&self.flights.0);
        self.read(|vault| {
            let (mut due, mut next) = (Vec::new(), None);
            if vault.is_quarantined() {
                return Ok((due, next));
            }
            let kept = vault.live_credentials().filter(|credential| credential.keep_fresh);
            for (credential, environment) in
                kept.flat_map(|one| one.environments.iter().map(move |name| (one, name)))
            {
                let Some(wait) = self.due_in(vault, credential, environment, now) else { continue };
                if wait > TimeDelta::zero() {
                    next = Some(next.map_or(wait, |next: TimeDelta| next.min(wait)));
                } else if !board.is_busy(&FlightKey::of(credential, environment)) {
                    let reference = credential.reference();
                    due.push(DueToken { reference, environment: environment.clone() });
                }
            }
            Ok((due, next))
        })
    }

    /// In how long the token of an environment is due; `None` where nothing is ever bought, or nobody
    /// knows.
    fn due_in(
        &self,
        vault: &Vault,
        credential: &Credential,
        environment: &EnvironmentName,
        now: chrono::DateTime<chrono::Utc>,
    ) -> Option<TimeDelta> {
        let profile = self.profile(&credential.provider).ok()?;
        let Method::Exchange(exchange) = profile.method_for(credential) else { return None };
        let Some(token) = vault.token_summary(credential.id, environment) else {
            return Some(TimeDelta::zero());
        };
        if token.renewal_is_due(exchange.renew_percent_left, now) {
            return Some(TimeDelta::zero());
        }
        Some(token.renewal_due_at(exchange.renew_percent_left)? - now)
    }
}
