//! Wrong attempts to unlock make the next one wait, longer each time.

use chrono::{DateTime, TimeDelta, Utc};

/// The longest wait.
const LONGEST: TimeDelta = TimeDelta::seconds(60);

/// Counts wrong attempts since the last right one.
#[derive(Debug, Default)]
pub(crate) struct Attempts {
    wrong: u32,
    last: Option<DateTime<Utc>>,
}

impl Attempts {
    /// How long the next attempt has to wait; zero when it may go ahead. A clock that was set back
    /// does not prolong the wait beyond [`LONGEST`].
    pub(crate) fn wait(&self, now: DateTime<Utc>) -> TimeDelta {
        let Some(last) = self.last else {
            return TimeDelta::zero();
        };
        let pause = match self.wrong {
            0 => TimeDelta::zero(),
            wrong => TimeDelta::seconds(1 << (wrong - 1).min(6)).min(LONGEST),
        };
        (last + pause - now).clamp(TimeDelta::zero(), LONGEST)
    }

    pub(crate) fn wrong(&mut self, now: DateTime<Utc>) {
        self.wrong = self.wrong.saturating_add(1);
        self.last = Some(now);
    }

    pub(crate) fn right(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wrong_attempt_doubles_the_wait_up_to_a_minute() {
        let now = DateTime::from_timestamp(1_772_000_000, 0).unwrap();
        let mut attempts = Attempts::default();
        let mut waits = vec![attempts.wait(now).num_seconds()];
        for _ in 0..9 {
            attempts.wrong(now);
            waits.push(attempts.wait(now).num_seconds());
        }
        assert_eq!(waits, [0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
        attempts.right();
        assert_eq!(attempts.wait(now), TimeDelta::zero());
    }

    #[test]
    fn the_wait_passes_with_time() {
        let now = DateTime::from_timestamp(1_772_000_000, 0).unwrap();
        let mut attempts = Attempts::default();
        attempts.wrong(now);
        assert_eq!(attempts.wait(now + TimeDelta::seconds(1)), TimeDelta::zero());
        let set_back = now - TimeDelta::days(1);
        assert_eq!(attempts.wait(set_back), LONGEST);
    }
}
