//! How long to wait before a request is sent again, and when to give up: exponential, with full
//! jitter, and never shorter than the provider asked for.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::{Chance, Clock};
use keyturn_providers::KeyturnAction;

/// The first wait is at most so long; each further one at most twice the one before.
const FIRST: TimeDelta = TimeDelta::milliseconds(500);
/// No wait that we choose ourselves is longer.
const LONGEST: TimeDelta = TimeDelta::seconds(20);
/// All waits of one request together are no longer.
const ALTOGETHER: TimeDelta = TimeDelta::seconds(60);
/// No provider is believed that wants to be left alone for longer: its longest limits count a day.
const LONGEST_ASKED: TimeDelta = TimeDelta::days(1);
/// A request is sent at most so often.
const MOST_ATTEMPTS: u32 = 5;
/// How often a wait looks at the wall clock: timers stand still while the machine sleeps.
const LOOK: Duration = Duration::from_secs(1);

/// The waits of one request.
#[derive(Debug, Default)]
pub(crate) struct BackOff {
    waits: u32,
    waited: TimeDelta,
}

impl BackOff {
    /// How long to wait before sending again; `None` when it is enough. `asked` is what the provider
    /// asked for: `Retry-After`, or a time in the body.
    pub(crate) fn next(
        &mut self,
        asked: Option<TimeDelta>,
        chance: &dyn Chance,
    ) -> Option<TimeDelta> {
        if self.waits + 1 >= MOST_ATTEMPTS {
            return None;
        }
        let ceiling = (FIRST * 2_i32.pow(self.waits)).min(LONGEST);
        let wait = match asked {
            // All who were told the same time do not come at the same moment.
            Some(asked) => asked.max(TimeDelta::zero()) + part(FIRST, chance),
            None => part(ceiling, chance),
        };
        if self.waited + wait > ALTOGETHER {
            return None;
        }
        self.waits += 1;
        self.waited += wait;
        Some(wait)
    }
}

/// How long a provider asked to be left alone: by a header, or else by a time in the body, which its
/// own clock tells. A limit is never closed for longer than [`LONGEST_ASKED`], whatever an answer says.
pub(crate) fn asked_for(
    retry_after: Option<TimeDelta>,
    told: Option<DateTime<Utc>>,
    skew: TimeDelta,
    now: DateTime<Utc>,
) -> Option<TimeDelta> {
    let until = |at: DateTime<Utc>| (at - now).checked_sub(&skew).unwrap_or(LONGEST_ASKED);
    let asked = retry_after.or(told.map(until))?;
    Some(asked.clamp(TimeDelta::zero(), LONGEST_ASKED))
}

/// Whether an answer says to come back later: 429 or 5xx, where its meaning is to back off. What a server
/// cannot do at all (501) it cannot do later either.
pub(crate) fn again(status: u16, keyturn: KeyturnAction) -> bool {
    keyturn == KeyturnAction::BackOff && (status == 429 || matches!(status, 500 | 502..=599))
}

fn part(whole: TimeDelta, chance: &dyn Chance) -> TimeDelta {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "milliseconds of a minute at most"
    )]
    let milliseconds = (whole.num_milliseconds() as f64 * chance.draw()) as i64;
    TimeDelta::milliseconds(milliseconds)
}

/// Waits until the span is over by the wall clock or by the machine's running time, whichever comes
/// first: not longer after a suspend, and not a day longer when the clock is set back.
pub(crate) async fn wait(clock: &dyn Clock, span: TimeDelta) {
    let over_at = clock.now() + span;
    let end = tokio::time::Instant::now() + span.to_std().unwrap_or_default();
    loop {
        let now = tokio::time::Instant::now();
        if now >= end || clock.now() >= over_at {
            return;
        }
        tokio::time::sleep_until(end.min(now + LOOK)).await;
    }
}

#[cfg(test)]
mod tests {
    use keyturn_core::{FixedChance, ManualClock};

    use super::*;

    fn waits(asked: Option<TimeDelta>, chance: f64) -> Vec<i64> {
        let mut back_off = BackOff::default();
        std::iter::from_fn(|| back_off.next(asked, &FixedChance(chance)))
            .map(|wait| wait.num_milliseconds())
            .collect()
    }

    #[test]
    fn what_passes_is_sent_again_and_what_a_server_cannot_do_is_not() {
        for (status, is_again) in
            [(429, true), (500, true), (501, false), (503, true), (404, false)]
        {
            assert_eq!(again(status, KeyturnAction::BackOff), is_again, "{status}");
        }
        assert!(!again(503, KeyturnAction::None));
    }

    #[test]
    fn waits_double_and_end_after_five_attempts() {
        assert_eq!(waits(None, 0.999_999), [499, 999, 1_999, 3_999]);
    }

    #[test]
    fn jitter_is_full_from_nothing_to_the_whole() {
        assert_eq!(waits(None, 0.0), [0, 0, 0, 0]);
        assert_eq!(waits(None, 0.5), [250, 500, 1_000, 2_000]);
    }

    #[test]
    fn a_wait_is_never_shorter_than_asked_for_and_all_together_are_bounded() {
        assert_eq!(waits(Some(TimeDelta::seconds(20)), 0.5), [20_250, 20_250]);
        assert_eq!(waits(Some(TimeDelta::seconds(61)), 0.0), Vec::<i64>::new());
        assert_eq!(waits(Some(TimeDelta::seconds(-9)), 0.0), [0, 0, 0, 0]);
    }

    #[test]
    fn what_a_provider_asks_for_is_never_negative_nor_longer_than_a_day() {
        let now: DateTime<Utc> = "2026-06-15T12:00:00Z".parse().unwrap();
        let (none, day) = (TimeDelta::zero(), TimeDelta::days(1));
        let told = |at| asked_for(None, Some(at), none, now);
        assert_eq!(told(now + TimeDelta::seconds(12)), Some(TimeDelta::seconds(12)));
        assert_eq!(told(now - TimeDelta::seconds(12)), Some(none));
        assert_eq!(told(now + TimeDelta::days(2)), Some(day));
        for skew in [TimeDelta::MIN, none, TimeDelta::MAX] {
            for at in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
                let asked = asked_for(None, Some(at), skew, now).unwrap();
                assert!((none..=day).contains(&asked), "{at} with {skew}: {asked}");
            }
        }
        assert_eq!(asked_for(Some(TimeDelta::MAX), None, none, now), Some(day));
        assert_eq!(asked_for(None, None, none, now), None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_ends_when_the_machine_slept_through_it() {
        let clock = ManualClock::at("2026-06-15T12:00:00Z".parse().unwrap());
        let begun = tokio::time::Instant::now();
        let sleep_through = async {
            tokio::time::sleep(Duration::from_secs(2)).await;
            clock.advance(TimeDelta::hours(1));
        };
        tokio::join!(wait(&clock, TimeDelta::seconds(50)), sleep_through);
        assert!(begun.elapsed() <= Duration::from_secs(4), "{:?}", begun.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn a_clock_that_is_set_back_does_not_prolong_a_wait() {
        let clock = ManualClock::at("2026-06-15T12:00:00Z".parse().unwrap());
        let begun = tokio::time::Instant::now();
        let set_back = async { clock.advance(TimeDelta::days(-1)) };
        tokio::join!(wait(&clock, TimeDelta::seconds(50)), set_back);
        assert_eq!(begun.elapsed().as_secs(), 50);
    }
}
