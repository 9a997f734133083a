//! Rate limits by the sandbox's own clock: windows, a bucket and a count for the day.

use std::collections::VecDeque;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// At most so many hits within each span that ends now.
#[derive(Debug, Default)]
pub(crate) struct Windows {
    hits: VecDeque<DateTime<Utc>>,
}

/// Which limit was hit, and when it lets the next one through.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Exceeded {
    pub(crate) limit: u32,
    pub(crate) reset: DateTime<Utc>,
}

impl Windows {
    /// Counts a hit, unless one of the limits (span and maximum, the longest last) is reached.
    pub(crate) fn hit(
        &mut self,
        now: DateTime<Utc>,
        limits: &[(TimeDelta, u32)],
    ) -> Result<(), Exceeded> {
        let longest = limits.last().map_or(TimeDelta::zero(), |(span, _)| *span);
        // A clock that was set back leaves hits in the future; they count for nothing.
        self.hits.retain(|at| *at <= now && *at > now - longest);
        for (span, limit) in limits {
            let inside = self.hits.iter().filter(|at| **at > now - *span);
            if inside.clone().count() >= *limit as usize {
                let oldest = inside.clone().next().copied().unwrap_or(now);
                return Err(Exceeded { limit: *limit, reset: oldest + *span });
            }
        }
        self.hits.push_back(now);
        Ok(())
    }
}

/// What one request takes out of a bucket, in nanoseconds times requests a second: no fraction is lost
/// however often it is looked at.
const ONE: i64 = 1_000_000_000;

/// Refills evenly, and holds no more than its capacity (deepidv's "burst capacity").
#[derive(Debug)]
pub(crate) struct Bucket {
    level: i64,
    filled_at: Option<DateTime<Utc>>,
}

impl Bucket {
    pub(crate) fn full(capacity: u32) -> Self {
        Self { level: i64::from(capacity) * ONE, filled_at: None }
    }

    /// Takes one out, if there is one.
    pub(crate) fn take(&mut self, now: DateTime<Utc>, per_second: u32, capacity: u32) -> bool {
        let passed = self.filled_at.map_or(TimeDelta::zero(), |at| now - at);
        let passed = passed.num_nanoseconds().unwrap_or(i64::MAX).max(0);
        self.filled_at = Some(now);
        self.level = self
            .level
            .saturating_add(passed.saturating_mul(i64::from(per_second)))
            .min(i64::from(capacity) * ONE);
        let there = self.level >= ONE;
        if there {
            self.level -= ONE;
        }
        there
    }
}

/// How many were served on a day of UTC.
#[derive(Debug, Default)]
pub(crate) struct DayCount {
    day: NaiveDate,
    used: u32,
}

impl DayCount {
    /// Counts one, unless the day's quota is used up.
    pub(crate) fn hit(&mut self, now: DateTime<Utc>, quota: u32) -> bool {
        self.begin(now);
        let there = self.used < quota;
        if there {
            self.used += 1;
        }
        there
    }

    pub(crate) fn set(&mut self, now: DateTime<Utc>, used: u32) {
        self.begin(now);
        self.used = used;
    }

    fn begin(&mut self, now: DateTime<Utc>) {
        if self.day != now.date_naive() {
            *self = Self { day: now.date_naive(), used: 0 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_772_000_000_000 + milliseconds).unwrap()
    }

    #[test]
    fn a_window_lets_the_next_one_in_when_the_oldest_leaves() {
        let mut windows = Windows::default();
        let limits = [(TimeDelta::seconds(1), 2), (TimeDelta::minutes(1), 100)];
        assert_eq!(windows.hit(at(0), &limits), Ok(()));
        assert_eq!(windows.hit(at(400), &limits), Ok(()));
        let exceeded = windows.hit(at(999), &limits).unwrap_err();
        assert_eq!(exceeded, Exceeded { limit: 2, reset: at(1_000) });
        assert_eq!(windows.hit(at(1_000), &limits), Ok(()));
    }

    #[test]
    fn a_bucket_gives_its_burst_and_then_its_rate() {
        let mut bucket = Bucket::full(35);
        assert_eq!((0..40).filter(|_| bucket.take(at(0), 25, 35)).count(), 35);
        assert_eq!((0..40).filter(|_| bucket.take(at(1_000), 25, 35)).count(), 25);
    }

    #[test]
    fn a_bucket_that_is_asked_all_the_time_fills_as_fast_as_any() {
        let mut bucket = Bucket::full(35);
        assert_eq!((0..40).filter(|_| bucket.take(at(0), 25, 35)).count(), 35);
        let each_tenth = |tenth: i64| at(0) + TimeDelta::microseconds(tenth * 100);
        let taken = (1..=10_000).filter(|tenth| bucket.take(each_tenth(*tenth), 25, 35)).count();
        assert_eq!(taken, 25, "within a second");
    }

    #[test]
    fn a_day_ends_at_midnight_utc() {
        let mut count = DayCount::default();
        count.set(at(0), 10);
        assert!(!count.hit(at(0), 10));
        assert!(count.hit(at(86_400_000), 10));
    }
}
