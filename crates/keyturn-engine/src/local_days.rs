//! Moments as days of the user's calendar, and back. Many keys share few days, so each is reckoned once.

use std::cell::RefCell;
use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use keyturn_core::Clock;

/// The user's calendar.
pub(crate) struct LocalDays<'clock> {
    clock: &'clock dyn Clock,
    known: RefCell<HashMap<NaiveDateTime, DateTime<Utc>>>,
}

impl<'clock> LocalDays<'clock> {
    /// The calendar by this clock.
    pub(crate) fn new(clock: &'clock dyn Clock) -> Self {
        Self { clock, known: RefCell::default() }
    }

    /// The day on which a moment falls.
    pub(crate) fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        self.clock.local(at).date()
    }

    /// The moment at which a day begins.
    pub(crate) fn begin(&self, day: NaiveDate) -> DateTime<Utc> {
        self.moment(day, NaiveTime::MIN)
    }

    /// The moment at which the user's clock shows that time of that day.
    pub(crate) fn moment(&self, day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
        let local = day.and_time(time);
        let mut known = self.known.borrow_mut();
        *known.entry(local).or_insert_with(|| self.clock.instant(local))
    }
}
