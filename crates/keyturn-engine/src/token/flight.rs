//! The exchanges that are under way: one for each credential and environment, however many wait; and
//! how long to leave a provider alone that did not sell a token.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, Utc};
use keyturn_core::{CredentialId, EnvironmentName};
use keyturn_http::ExchangeError;
use tokio::sync::watch;
use tokio::time::Instant;

use super::purchase::Order;
use crate::engine::guard;
use crate::{Engine, EngineError};

/// After a first failure a token that still lives is not renewed for so long; each further failure
/// doubles it.
const FIRST_REST: Duration = Duration::from_secs(30);
/// The longest rest.
const LONGEST_REST: Duration = Duration::from_mins(10);

/// Whose token an exchange buys.
pub(crate) type FlightKey = (CredentialId, EnvironmentName);
/// A seat in a flight.
pub(super) type Seat = watch::Receiver<Progress>;

/// How a flight goes.
#[derive(Debug, Clone)]
pub(super) enum Progress {
    /// It is under way.
    UnderWay,
    /// It waits: for its turn, or before it asks again.
    Waits { what: String, retry_at: DateTime<Utc> },
    /// It is over.
    Landed(Result<(), Arc<EngineError>>),
}

/// How a flight ended for one passenger.
pub(super) enum Landing {
    /// The token is in the vault.
    Bought,
    /// There is none.
    Failed(Arc<EngineError>),
    /// The flight goes on without this passenger, who did not want to wait.
    Left { what: String, retry_at: DateTime<Utc> },
}

/// The exchanges that are under way, and those that failed last.
#[derive(Debug, Default)]
pub(crate) struct Flights(pub(crate) Mutex<Board>);

/// What is known of flights.
#[derive(Debug, Default)]
pub(crate) struct Board {
    under_way: HashMap<FlightKey, Seat>,
    rests: HashMap<FlightKey, Rest>,
}

#[derive(Debug)]
struct Rest {
    failures: u32,
    /// `None` where the credential was refused: the same one is not tried again by itself, since
    /// that may lock an account.
    until: Option<Instant>,
    /// The version of the secrets that failed: another one may well succeed.
    secret_version: u32,
    /// What was said.
    why: String,
}

impl Board {
    pub(super) fn under_way(&self, key: &FlightKey) -> Option<Seat> {
        self.under_way.get(key).cloned()
    }

    /// Why the last exchange failed, where that was so lately that a token which still lives is not
    /// renewed yet.
    pub(super) fn rests(&self, key: &FlightKey, secret_version: u32) -> Option<&str> {
        let rest = self.rests.get(key).filter(|rest| rest.secret_version == secret_version)?;
        let over = rest.until.is_some_and(|until| until <= Instant::now());
        (!over).then_some(&rest.why)
    }

    /// Whether there is nothing to be done in the background: a flight is under way, or it rests.
    pub(crate) fn is_busy(&self, key: &FlightKey, secret_version: u32) -> bool {
        self.under_way.contains_key(key) || self.rests(key, secret_version).is_some()
    }

    fn failed(&mut self, key: FlightKey, secret_version: u32, error: &EngineError) {
        let before = self.rests.get(&key).filter(|rest| rest.secret_version == secret_version);
        let failures = before.map_or(0, |rest| rest.failures);
        let span = FIRST_REST.saturating_mul(1 << failures.min(16)).min(LONGEST_REST);
        let until = (!refuses_the_credential(error)).then(|| Instant::now() + span);
        let rest = Rest { failures: failures + 1, until, secret_version, why: error.to_string() };
        self.rests.insert(key, rest);
    }
}

fn refuses_the_credential(error: &EngineError) -> bool {
    matches!(
        error,
        EngineError::Exchange(ExchangeError::Refused { diagnosis, .. }) if diagnosis.credential_refused
    )
}

impl Engine {
    /// Starts an exchange as a task of its own. It goes on when those who wait for it leave.
    pub(super) fn take_off(
        self: &Arc<Self>,
        board: &mut Board,
        order: Order,
        caller: &str,
    ) -> Seat {
        let (sender, seat) = watch::channel(Progress::UnderWay);
        board.under_way.insert(order.key.clone(), seat.clone());
        let engine = Arc::clone(self);
        let caller = caller.to_owned();
        tokio::spawn(async move {
            let outcome = engine.buy(&order, &caller, &sender).await.map_err(Arc::new);
            // The token is in the vault before the flight is over: who looks in between finds one
            // or the other, and never takes off a second time.
            {
                let mut board = guard(&engine.flights.0);
                board.under_way.remove(&order.key);
                match &outcome {
                    Ok(()) => drop(board.rests.remove(&order.key)),
                    Err(error) => board.failed(order.key, order.secret_version, error),
                }
            }
            sender.send_replace(Progress::Landed(outcome));
        });
        seat
    }
}

/// Waits for the end of a flight; with `impatient` only as long as it does not wait itself.
pub(super) async fn land(mut seat: Seat, impatient: bool) -> Landing {
    let enough = |progress: &Progress| match progress {
        Progress::UnderWay => false,
        Progress::Waits { .. } => impatient,
        Progress::Landed(_) => true,
    };
    match seat.wait_for(enough).await.map(|progress| progress.clone()) {
        Ok(Progress::Landed(Ok(()))) => Landing::Bought,
        Ok(Progress::Landed(Err(error))) => Landing::Failed(error),
        Ok(Progress::Waits { what, retry_at }) => Landing::Left { what, retry_at },
        // The task ended without a word: it panicked.
        Ok(Progress::UnderWay) | Err(_) => Landing::Failed(Arc::new(EngineError::TokenVanished)),
    }
}
