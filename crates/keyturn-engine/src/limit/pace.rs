//! When the next request may go, by one limit: arithmetic alone, in nanoseconds of running time.
//!
//! A provider counts a request when it arrives, and all that is known here is that it arrives between
//! being sent and being answered. So room is made from the answer on, or from [`GRACE`] after the
//! sending where the answer is slow: whatever the network does in between, the provider never counts
//! more than it allows. (A ready-made limiter reckons from the sending, and then a slow first request
//! followed by fast ones is refused.)
//!
//! A limit with a burst is a bucket that fills evenly; one without is a window that slides.

use std::collections::VecDeque;

use keyturn_providers::Limit;

pub(super) const SECOND: i64 = 1_000_000_000;
const MINUTE: i64 = 60 * SECOND;
/// A request that is not answered for so long has arrived: a slow one does not hold up the rest.
const GRACE: i64 = SECOND;

/// What one limit allows, apart from its count of the day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    per_second: Option<u32>,
    burst: Option<u32>,
    per_minute: Option<u32>,
}

/// A request that went.
#[derive(Debug, Clone, Copy)]
struct Going {
    sent: i64,
    /// From when on it counts; `None` while it is under way.
    counts_from: Option<i64>,
}

/// How one limit is used.
#[derive(Debug)]
pub(super) struct Pace {
    rules: Rules,
    /// The newest requests, in their order; the first has the number `first`.
    log: VecDeque<Going>,
    first: u64,
    /// The bucket's emptiest line: the greatest of `counts_from × rate − number × second`.
    line: i128,
    /// The provider asked to be left alone until then.
    held_until: i64,
}

impl Rules {
    pub(super) fn of(limit: &Limit) -> Option<Self> {
        let Limit { per_second, burst, per_minute, .. } = *limit;
        (per_second.is_some() || per_minute.is_some()).then_some(Self {
            per_second,
            burst,
            per_minute,
        })
    }

    /// The time that one request takes up when many wait.
    pub(super) fn interval(&self) -> i64 {
        let share =
            |count: Option<u32>, window| count.map_or(0, |count| window / i64::from(count.max(1)));
        share(self.per_second, SECOND).max(share(self.per_minute, MINUTE))
    }

    fn bucket(&self) -> Option<(u32, u32)> {
        self.per_second.zip(self.burst)
    }

    /// The sliding windows: how many within how long.
    fn windows(&self) -> impl Iterator<Item = (u32, i64)> {
        let second = self.per_second.filter(|_| self.burst.is_none());
        let windows = [(second, SECOND), (self.per_minute, MINUTE)];
        windows.into_iter().filter_map(|(count, window)| Some((count?, window)))
    }
}

impl Pace {
    pub(super) fn new(rules: Rules) -> Self {
        Self { rules, log: VecDeque::new(), first: 0, line: i128::MIN, held_until: i64::MIN }
    }

    pub(super) fn rules(&self) -> Rules {
        self.rules
    }

    /// The earliest time at which the next request may go, should no answer come before.
    pub(super) fn ready(&mut self, now: i64) -> i64 {
        self.sweep(now);
        let next = i128::from(self.first) + self.log.len() as i128;
        let mut ready = now.max(self.held_until);
        if let Some((rate, burst)) = self.rules.bucket() {
            let (rate, burst) = (i128::from(rate.max(1)), i128::from(burst.max(1)));
            let second = i128::from(SECOND);
            let when = |line: i128| {
                let scaled = line.saturating_add((next + 1 - burst) * second);
                i64::try_from(scaled.div_euclid(rate) + i128::from(scaled.rem_euclid(rate) > 0))
                    .unwrap_or(i64::MIN)
            };
            ready = ready.max(when(self.line));
            for (at, going) in self.log.iter().enumerate() {
                let number = i128::from(self.first) + at as i128;
                let in_the_way = next + 1 - burst > number;
                if going.counts_from.is_none() && in_the_way {
                    let line = i128::from(going.sent + GRACE) * rate - number * second;
                    ready = ready.max(when(line));
                }
            }
        }
        for (count, window) in self.rules.windows() {
            let mut times: Vec<i64> = self.log.iter().map(Going::latest).collect();
            if let Some(place) = times.len().checked_sub(count.max(1) as usize) {
                let (_, oldest, _) = times.select_nth_unstable(place);
                ready = ready.max(*oldest + window);
            }
        }
        ready
    }

    /// Notes that a request goes now; its number is for [`Pace::settle`].
    pub(super) fn take(&mut self, now: i64) -> u64 {
        self.log.push_back(Going { sent: now, counts_from: None });
        self.first + self.log.len() as u64 - 1
    }

    /// Notes that a request was answered, or given up.
    pub(super) fn settle(&mut self, number: u64, now: i64) {
        let Some(at) = number.checked_sub(self.first).and_then(|at| usize::try_from(at).ok())
        else {
            return;
        };
        let Some(going) = self.log.get_mut(at).filter(|going| going.counts_from.is_none()) else {
            return;
        };
        let counts_from = now.min(going.sent + GRACE);
        going.counts_from = Some(counts_from);
        if let Some((rate, _)) = self.rules.bucket() {
            let line = i128::from(counts_from) * i128::from(rate.max(1));
            self.line = self.line.max(line - i128::from(number) * i128::from(SECOND));
        }
    }

    /// Lets nothing go before that time.
    pub(super) fn hold(&mut self, until: i64) {
        self.held_until = self.held_until.max(until);
    }

    /// How many count within the last second or minute, and when the oldest of them leaves.
    pub(super) fn used(&mut self, now: i64, window: i64) -> (u32, Option<i64>) {
        self.sweep(now);
        let inside = self.log.iter().map(|going| going.counts_from.unwrap_or(now));
        let inside = inside.filter(|at| *at > now - window);
        let oldest = inside.clone().min();
        (u32::try_from(inside.count()).unwrap_or(u32::MAX), oldest.map(|at| at + window))
    }

    /// Whether nothing of it matters any more.
    pub(super) fn is_idle(&mut self, now: i64) -> bool {
        self.sweep(now);
        self.log.is_empty() && self.held_until <= now && self.is_full(now)
    }

    /// Whether a whole burst may go at once; so it is where there is no bucket.
    fn is_full(&self, now: i64) -> bool {
        self.rules.bucket().is_none_or(|(rate, _)| {
            let taken = i128::from(self.first) * i128::from(SECOND);
            self.line.saturating_add(taken) <= i128::from(now) * i128::from(rate.max(1))
        })
    }

    /// Settles what was under way for too long, and forgets what no window holds any more.
    fn sweep(&mut self, now: i64) {
        let late = |going: &Going| going.counts_from.is_none() && going.sent + GRACE <= now;
        let late: Vec<u64> = (self.first..)
            .zip(&self.log)
            .filter_map(|(number, going)| late(going).then_some(number))
            .collect();
        for number in late {
            self.settle(number, now);
        }
        let longest = if self.rules.per_minute.is_some() { MINUTE } else { SECOND };
        while self
            .log
            .front()
            .and_then(|going| going.counts_from)
            .is_some_and(|at| at + longest <= now)
        {
            self.log.pop_front();
            self.first += 1;
        }
    }
}

impl Going {
    /// From when on it counts at the latest.
    fn latest(&self) -> i64 {
        self.counts_from.unwrap_or(self.sent + GRACE)
    }
}

#[cfg(test)]
mod tests;
