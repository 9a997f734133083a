//! The one source of time. Production code asks a [`Clock`]; tests move a [`ManualClock`].

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};

use chrono::{
    DateTime, FixedOffset, Local, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc,
};

/// Zones change their offset by less than this much time before and after a moment in doubt; no zone
/// is further from UTC than 14 hours, and none changed twice within it.
const AROUND: TimeDelta = TimeDelta::hours(26);

/// Tells the time of day.
///
/// Wall-clock time, not a monotonic one: what expires does so on the provider's calendar, also while
/// this machine sleeps.
pub trait Clock: Send + Sync {
    /// The current time.
    fn now(&self) -> DateTime<Utc>;

    /// How far the user's wall clock was, is or will be from UTC at that time.
    fn offset(&self, at: DateTime<Utc>) -> FixedOffset;

    /// Today's date where the user is; rotation dates are days of the user's calendar.
    fn today(&self) -> NaiveDate {
        self.local(self.now()).date()
    }

    /// What the user's wall clock shows at that time.
    fn local(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.offset(at)).naive_local()
    }

    /// When the user's wall clock shows that: the first time where it does so twice, and where it never
    /// does, since it is put forward over it, as long after the change as it would have been.
    fn instant(&self, local: NaiveDateTime) -> DateTime<Utc> {
        let near = local.and_utc();
        let around = |span| near.checked_add_signed(span).unwrap_or(near);
        let before = self.offset(around(-AROUND));
        let after = self.offset(around(AROUND));
        let at = |offset: FixedOffset| {
            let behind = TimeDelta::seconds(offset.local_minus_utc().into());
            near.checked_sub_signed(behind).unwrap_or(near)
        };
        let shown = |at: &DateTime<Utc>| self.local(*at) == local;
        let candidates = [at(before), at(after)];
        candidates.into_iter().filter(shown).min().unwrap_or(at(before))
    }
}

/// The machine's clock and time zone.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock everything else asks")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn offset(&self, at: DateTime<Utc>) -> FixedOffset {
        Local.offset_from_utc_datetime(&at.naive_utc()).fix()
    }
}

/// Tells a zone's offset from UTC at a time.
type Zone = Box<dyn Fn(DateTime<Utc>) -> FixedOffset + Send + Sync>;

/// A clock that stands still until it is moved; in UTC until it is put into a zone.
pub struct ManualClock {
    millis: AtomicI64,
    zone: Mutex<Option<Zone>>,
}

impl ManualClock {
    /// Starts at the given time.
    #[must_use]
    pub const fn at(start: DateTime<Utc>) -> Self {
        Self { millis: AtomicI64::new(start.timestamp_millis()), zone: Mutex::new(None) }
    }

    /// Moves the clock; a negative span sets it back.
    pub fn advance(&self, span: TimeDelta) {
        self.millis.fetch_add(span.num_milliseconds(), Ordering::SeqCst);
    }

    /// Sets the clock.
    pub fn set(&self, to: DateTime<Utc>) {
        self.millis.store(to.timestamp_millis(), Ordering::SeqCst);
    }

    /// Takes the user to another zone, which says its offset at a time.
    pub fn move_to(&self, offset: impl Fn(DateTime<Utc>) -> FixedOffset + Send + Sync + 'static) {
        *self.zone.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(offset));
    }
}

impl fmt::Debug for ManualClock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("ManualClock").field(&self.now()).finish()
    }
}

impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.millis.load(Ordering::SeqCst)).unwrap_or_default()
    }

    fn offset(&self, at: DateTime<Utc>) -> FixedOffset {
        let zone = self.zone.lock().unwrap_or_else(PoisonError::into_inner);
        zone.as_ref().map_or_else(|| Utc.fix(), |zone| zone(at))
    }
}

impl<C: Clock + ?Sized> Clock for std::sync::Arc<C> {
    fn now(&self) -> DateTime<Utc> {
        (**self).now()
    }

    fn offset(&self, at: DateTime<Utc>) -> FixedOffset {
        (**self).offset(at)
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;
    use proptest::prelude::*;

    use super::*;

    fn clock_in(zone: Tz) -> ManualClock {
        let clock = ManualClock::at(DateTime::UNIX_EPOCH);
        clock.move_to(move |at| zone.offset_from_utc_datetime(&at.naive_utc()).fix());
        clock
    }

    fn instant(zone: Tz, local: &str) -> String {
        clock_in(zone).instant(local.parse().unwrap()).to_rfc3339()
    }

    #[test]
    fn an_hour_that_comes_twice_is_taken_the_first_time_and_one_that_never_comes_is_moved_on() {
        let berlin = Tz::Europe__Berlin;
        assert_eq!(instant(berlin, "2026-10-25T02:30:00"), "2026-10-25T00:30:00+00:00");
        assert_eq!(instant(berlin, "2026-03-29T02:30:00"), "2026-03-29T01:30:00+00:00");
        assert_eq!(instant(berlin, "2026-07-01T09:00:00"), "2026-07-01T07:00:00+00:00");
        assert_eq!(instant(Tz::Asia__Kolkata, "2026-07-01T09:00:00"), "2026-07-01T03:30:00+00:00");
        // Half an hour only.
        assert_eq!(
            instant(Tz::Australia__Lord_Howe, "2026-10-04T02:15:00"),
            "2026-10-03T15:45:00+00:00"
        );
    }

    #[test]
    fn a_day_that_an_island_skipped_is_the_next_one() {
        let skipped = instant(Tz::Pacific__Apia, "2011-12-30T09:00:00");
        assert_eq!(skipped, "2011-12-30T19:00:00+00:00");
        assert_eq!(instant(Tz::Pacific__Apia, "2011-12-31T09:00:00"), skipped);
    }

    proptest! {
        #[test]
        fn what_the_wall_clock_shows_leads_back_to_its_first_time(
            zone in 0..chrono_tz::TZ_VARIANTS.len(),
            // 1975 to 2037: since then no zone changed by a day and back.
            seconds in 157_766_400_i64..2_145_916_800,
        ) {
            let clock = clock_in(chrono_tz::TZ_VARIANTS[zone]);
            let at = DateTime::from_timestamp(seconds, 0).unwrap();
            let shown = clock.local(at);
            let first = clock.instant(shown);
            prop_assert_eq!(clock.local(first), shown);
            prop_assert!(first <= at);
        }
    }
}
