//! The exchanges that are under way: one for each credential and environment, however many wait; and
//! how long to leave a provider alone that did not sell a token.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::{Credential, CredentialId, EnvironmentName};
use keyturn_http::ExchangeError;
use keyturn_vault::Vault;
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

/// Whose token an exchange buys, and with which secrets: nobody waits for one that pays with others.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct FlightKey {
    pub(crate) credential: CredentialId,
    pub(crate) environment: EnvironmentName,
    pub(crate) secret_version: u32,
}

impl FlightKey {
    pub(crate) fn of(credential: &Credential, environment: &EnvironmentName) -> Self {
        Self {
            credential: credential.id,
            environment: environment.clone(),
            secret_version: credential.secret_version,
        }
    }

    /// Whether the credential is still what this was begun for: not removed, with the same secrets, and
    /// bound to the same environment.
    pub(crate) fn still_holds(&self, vault: &Vault) -> bool {
        vault.credential(self.credential).is_some_and(|credential| {
            credential.removed_at.is_none()
                && credential.secret_version == self.secret_version
                && credential.environments.contains(&self.environment)
        })
    }
}

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
    /// It was no exchange, and the place is free again.
    Cleared,
}

/// How a flight ended for one passenger.
pub(super) enum Landing {
    /// The token is in the vault.
    Bought,
    /// There is none.
    Failed(Arc<EngineError>),
    /// Something else took place; it is to be looked anew.
    Cleared,
    /// The flight goes on without this passenger, who did not want to wait.
    Left { what: String, retry_at: DateTime<Utc> },
}

/// An exchange that failed, and what the provider asked for.
pub(super) struct Failure {
    pub(super) error: EngineError,
    /// How long it wants to be left alone.
    pub(super) asked: Option<TimeDelta>,
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
    /// What was said.
    why: String,
}

impl Board {
    pub(super) fn under_way(&self, key: &FlightKey) -> Option<Seat> {
        self.under_way.get(key).cloned()
    }

    /// Why the last exchange failed, where that was so lately that a token which still lives is not
    /// renewed yet.
    pub(super) fn rests(&self, key: &FlightKey) -> Option<&str> {
        let rest = self.rests.get(key)?;
        let over = rest.until.is_some_and(|until| until <= Instant::now());
        (!over).then_some(&rest.why)
    }

    /// Why the last exchange failed, where none succeeded since.
    pub(crate) fn trouble(&self, key: &FlightKey) -> Option<&str> {
        self.rests.get(key).filter(|rest| rest.failures > 0).map(|rest| rest.why.as_str())
    }

    /// Whether there is nothing to be done in the background: a flight is under way, or it rests.
    pub(crate) fn is_busy(&self, key: &FlightKey) -> bool {
        self.under_way.contains_key(key) || self.rests(key).is_some()
    }

    fn failed(&mut self, key: FlightKey, error: &EngineError, asked: Option<TimeDelta>) {
        let failures = self.rests.get(&key).map_or(0, |rest| rest.failures);
        let span = FIRST_REST.saturating_mul(1 << failures.min(16)).min(LONGEST_REST);
        let span = span.max(asked.and_then(|asked| asked.to_std().ok()).unwrap_or_default());
        let until = (!refuses_the_credential(error)).then(|| Instant::now() + span);
        self.rest(key, Rest { failures: failures + 1, until, why: error.to_string() });
    }

    /// Buys nothing by itself until somebody asks for a token: the user just took it back.
    fn given_up(&mut self, key: FlightKey) {
        self.rest(key, Rest { failures: 0, until: None, why: "it was revoked".to_owned() });
    }

    /// Other secrets may well succeed: what is known of them is of no use any more.
    fn rest(&mut self, key: FlightKey, rest: Rest) {
        let same = |old: &FlightKey| {
            (old.credential, &old.environment) == (key.credential, &key.environment)
        };
        self.rests.retain(|old, _| !same(old));
        self.rests.insert(key, rest);
    }
}

/// A place on the board. It is given up whatever becomes of who holds it: a panic, too, leaves nobody
/// waiting for ever.
pub(crate) struct PlaceTaken {
    engine: Arc<Engine>,
    key: FlightKey,
    sender: watch::Sender<Progress>,
    /// What those who wait are told.
    ending: Ending,
}

enum Ending {
    /// The exchange is still under way, or was broken off.
    Open,
    /// It is over.
    Landed(Result<(), Failure>),
    /// It was no exchange.
    Cleared { given_up: bool },
}

impl PlaceTaken {
    fn new(engine: &Arc<Engine>, board: &mut Board, key: FlightKey, ending: Ending) -> Self {
        let (sender, seat) = watch::channel(Progress::UnderWay);
        board.under_way.insert(key.clone(), seat);
        Self { engine: Arc::clone(engine), key, sender, ending }
    }

    fn landed(mut self, outcome: Result<(), Failure>) {
        self.ending = Ending::Landed(outcome);
    }

    /// Gives the place up, and buys nothing by itself until somebody asks for a token.
    pub(crate) fn give_up(mut self) {
        self.ending = Ending::Cleared { given_up: true };
    }
}

impl Drop for PlaceTaken {
    fn drop(&mut self) {
        let ending = match std::mem::replace(&mut self.ending, Ending::Open) {
            Ending::Open => {
                Ending::Landed(Err(Failure { error: EngineError::TokenVanished, asked: None }))
            }
            told => told,
        };
        // The token is in the vault before the flight is over: who looks in between finds one or the
        // other, and never takes off a second time.
        let mut board = guard(&self.engine.flights.0);
        board.under_way.remove(&self.key);
        let key = self.key.clone();
        let told = match ending {
            Ending::Landed(Err(Failure { error, asked })) => {
                board.failed(key, &error, asked);
                Progress::Landed(Err(Arc::new(error)))
            }
            Ending::Cleared { given_up } => {
                if given_up {
                    board.given_up(key);
                }
                Progress::Cleared
            }
            Ending::Open | Ending::Landed(Ok(())) => {
                board.rests.remove(&key);
                Progress::Landed(Ok(()))
            }
        };
        drop(board);
        self.sender.send_replace(told);
    }
}

/// An exchange that has its place, and is yet to be started. The board must be free by then: a task
/// that is not even begun, because the program ends, gives its place back.
pub(super) struct Flight {
    place: PlaceTaken,
    order: Order,
}

impl Flight {
    /// Starts the exchange as a task of its own. It goes on when those who wait for it leave.
    pub(super) fn start(self, caller: &str) {
        let Self { place, order } = self;
        let engine = Arc::clone(&place.engine);
        let caller = caller.to_owned();
        tokio::spawn(async move {
            let outcome = engine.buy(&order, &caller, &place.sender).await;
            place.landed(outcome);
        });
    }
}

fn refuses_the_credential(error: &EngineError) -> bool {
    matches!(
        error,
        EngineError::Exchange(ExchangeError::Refused { diagnosis, .. }) if diagnosis.credential_refused
    )
}

impl Engine {
    /// Takes the place of an exchange that is to be started.
    pub(super) fn take_off(self: &Arc<Self>, board: &mut Board, order: Order) -> (Seat, Flight) {
        let place = PlaceTaken::new(self, board, order.key.clone(), Ending::Open);
        (place.sender.subscribe(), Flight { place, order })
    }

    /// Takes the place of an exchange for something that must not happen beside one; waits for the one
    /// that is under way. Whoever wants a token meanwhile waits until the place is free.
    pub(crate) async fn take_place(self: &Arc<Self>, key: &FlightKey) -> PlaceTaken {
        loop {
            let seat = {
                let mut board = guard(&self.flights.0);
                match board.under_way(key) {
                    None => {
                        let ending = Ending::Cleared { given_up: false };
                        return PlaceTaken::new(self, &mut board, key.clone(), ending);
                    }
                    Some(seat) => seat,
                }
            };
            drop(land(seat, false).await);
        }
    }
}

/// Waits for the end of a flight; with `impatient` only as long as it does not wait itself.
pub(super) async fn land(mut seat: Seat, impatient: bool) -> Landing {
    let enough = |progress: &Progress| match progress {
        Progress::UnderWay => false,
        Progress::Waits { .. } => impatient,
        Progress::Landed(_) | Progress::Cleared => true,
    };
    match seat.wait_for(enough).await.map(|progress| progress.clone()) {
        Ok(Progress::Landed(Ok(()))) => Landing::Bought,
        Ok(Progress::Landed(Err(error))) => Landing::Failed(error),
        Ok(Progress::Cleared) => Landing::Cleared,
        Ok(Progress::Waits { what, retry_at }) => Landing::Left { what, retry_at },
        // The task ended without a word: it panicked.
        Ok(Progress::UnderWay) | Err(_) => Landing::Failed(Arc::new(EngineError::TokenVanished)),
    }
}
