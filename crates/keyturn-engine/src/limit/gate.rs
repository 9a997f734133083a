//! One limit's gate: callers go through it in the order they came, each when there is room.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::pace::{Pace, Rules};
use crate::engine::guard;

/// Nobody waits longer for a turn: from there on one is told when to come back.
const LONGEST_QUEUE: Duration = Duration::from_mins(5);

/// A gate. Its clock is the machine's running time: a wall clock that jumps makes no room.
pub(super) struct Gate {
    made: Instant,
    /// Whoever holds it is next; the others wait in their order.
    turnstile: tokio::sync::Mutex<()>,
    waiting: AtomicU32,
    pace: Mutex<Pace>,
}

/// The right to send one request. The limits count it from its end on.
#[derive(Default)]
pub(crate) struct Turn {
    taken: Vec<(Arc<Gate>, u64)>,
    answers: Arc<Notify>,
}

/// Waits in a queue, and leaves it when it is dropped.
struct Waiting<'gate>(&'gate [Arc<Gate>]);

impl Gate {
    pub(super) fn new(rules: Rules) -> Self {
        Self {
            made: Instant::now(),
            turnstile: tokio::sync::Mutex::default(),
            waiting: AtomicU32::new(0),
            pace: Mutex::new(Pace::new(rules)),
        }
    }

    fn now(&self) -> i64 {
        i64::try_from(self.made.elapsed().as_nanos()).unwrap_or(i64::MAX)
    }

    /// How long until this gate lets the next one through.
    fn ready_in(&self) -> i64 {
        let now = self.now();
        guard(&self.pace).ready(now) - now
    }

    /// How long a newcomer waits, reckoned from how many stand before it.
    fn queue(&self) -> i64 {
        let ahead = i64::from(self.waiting.load(Ordering::Relaxed));
        let interval = guard(&self.pace).rules().interval();
        self.ready_in().saturating_add(interval.saturating_mul(ahead))
    }

    /// How many count within a window, and in how long the oldest of them leaves.
    pub(super) fn used(&self, window: Duration) -> (u32, Option<Duration>) {
        let now = self.now();
        let window = i64::try_from(window.as_nanos()).unwrap_or(i64::MAX);
        let (used, leaves) = guard(&self.pace).used(now, window);
        (used, leaves.map(|at| nanoseconds(at - now)))
    }

    pub(super) fn is_idle(&self) -> bool {
        guard(&self.pace).is_idle(self.now())
    }
}

/// Goes through all gates at once. The gates come in the order of their names, so that two callers
/// never wait for each other. `Err` is how long to wait, where that is too long, or longer than not
/// at all with `no_wait`.
pub(super) async fn pass(
    gates: &[Arc<Gate>],
    answers: &Arc<Notify>,
    no_wait: bool,
) -> Result<Turn, Duration> {
    let queue = gates.iter().map(|gate| gate.queue()).max().unwrap_or(0);
    if (no_wait && queue > 0) || nanoseconds(queue) > LONGEST_QUEUE {
        return Err(nanoseconds(queue));
    }
    let waiting = Waiting::join(gates);
    let mut turnstiles = Vec::with_capacity(gates.len());
    for gate in gates {
        turnstiles.push(gate.turnstile.lock().await);
    }
    loop {
        // Listens first, so that no answer comes unheard between looking and waiting.
        let answered = answers.notified();
        let ready_in = gates.iter().map(|gate| gate.ready_in()).max().unwrap_or(0);
        if ready_in <= 0 {
            break;
        }
        tokio::select! {
            () = tokio::time::sleep(nanoseconds(ready_in)) => {}
            () = answered => {}
        }
    }
    let take = |gate: &Arc<Gate>| (Arc::clone(gate), guard(&gate.pace).take(gate.now()));
    let turn = Turn { taken: gates.iter().map(take).collect(), answers: Arc::clone(answers) };
    drop(waiting);
    Ok(turn)
}

impl Turn {
    /// Lets nobody through the same gates for a while: the provider asked for it.
    pub(crate) fn hold(&self, span: chrono::TimeDelta) {
        let span = span.num_nanoseconds().unwrap_or(i64::MAX / 2);
        for (gate, _) in &self.taken {
            guard(&gate.pace).hold(gate.now().saturating_add(span));
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        for (gate, number) in &self.taken {
            guard(&gate.pace).settle(*number, gate.now());
        }
        self.answers.notify_waiters();
    }
}

impl<'gate> Waiting<'gate> {
    fn join(gates: &'gate [Arc<Gate>]) -> Self {
        for gate in gates {
            gate.waiting.fetch_add(1, Ordering::Relaxed);
        }
        Self(gates)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        for gate in self.0 {
            gate.waiting.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

fn nanoseconds(span: i64) -> Duration {
    Duration::from_nanos(u64::try_from(span).unwrap_or(0))
}
