//! What the tests stand on: a book, a clock in a zone, and subjects that are made up.

use chrono::{DateTime, NaiveDate, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use crate::reminder::{About, Reminder, ReminderBook, ReminderSettings, Subject};
use crate::rotation::DueReason;
use crate::{Clock, CredentialId, ManualClock};

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn live_in(clock: &ManualClock, zone: Tz) {
    clock.move_to(move |at| zone.offset_from_utc_datetime(&at.naive_utc()).fix());
}

/// A key named `acme/NAME` that is due by the user's interval.
pub(super) fn due(name: &str, on: NaiveDate) -> Subject {
    let about = About::Due { on, reason: DueReason::Interval, since: None, by_support: None };
    subject(name, about)
}

pub(super) fn subject(name: &str, about: About) -> Subject {
    let reference = format!("acme/{name}").parse().unwrap();
    Subject { credential: CredentialId::make_random(), reference, about }
}

pub(super) struct World {
    pub(super) clock: ManualClock,
    pub(super) book: ReminderBook,
}

impl World {
    /// A book of these subjects, at a time of UTC.
    pub(super) fn new(now: &str, subjects: Vec<Subject>) -> Self {
        Self::with(now, ReminderSettings::default(), subjects)
    }

    pub(super) fn with(now: &str, settings: ReminderSettings, subjects: Vec<Subject>) -> Self {
        let clock = ManualClock::at(now.parse().unwrap());
        let mut book = ReminderBook::default();
        book.reckon(settings, subjects, |_| true, clock.now());
        Self { clock, book }
    }

    pub(super) fn reckon(&mut self, subjects: Vec<Subject>) {
        let settings = self.book.settings().clone();
        self.book.reckon(settings, subjects, |_| true, self.clock.now());
    }

    pub(super) fn go_to(&self, now: &str) {
        self.clock.set(now.parse().unwrap());
    }

    pub(super) fn days(&self, days: i64) {
        self.clock.advance(TimeDelta::days(days));
    }

    /// Tells what is due now, and answers it.
    pub(super) fn tell(&mut self) -> Vec<Reminder> {
        let told = self.book.to_tell(&self.clock);
        let ids: Vec<_> = told.iter().map(|reminder| reminder.id.clone()).collect();
        self.book.told(&ids, &self.clock);
        assert_eq!(self.book.to_tell(&self.clock), [], "what was told is not told again");
        told
    }

    /// The headlines of what is told now.
    pub(super) fn titles(&mut self) -> Vec<String> {
        self.tell().into_iter().map(|reminder| reminder.title).collect()
    }

    /// Lives through the time until then, looking whenever something is said to come, and answers when
    /// each thing was told, in UTC.
    pub(super) fn live_until(&mut self, until: &str) -> Vec<(String, String)> {
        let until: DateTime<Utc> = until.parse().unwrap();
        let mut told = Vec::new();
        while let Some(next) = self.book.next_at(&self.clock).filter(|next| *next <= until) {
            assert!(next >= self.clock.now(), "what comes next is not in the past");
            self.clock.set(next);
            let now = self.tell();
            assert!(!now.is_empty(), "what is said to come at {next} comes");
            let at = next.format("%Y-%m-%d %H:%M").to_string();
            told.extend(now.into_iter().map(|reminder| (at.clone(), reminder.title)));
        }
        self.clock.set(until);
        told
    }

    /// Ends the book, and starts another from what was written of it.
    pub(super) fn restart(&mut self) {
        let written = serde_json::to_string(&self.book.schedule()).unwrap();
        let read: crate::reminder::Schedule = serde_json::from_str(&written).unwrap();
        assert_eq!(read, self.book.schedule());
        self.book = ReminderBook::default();
        self.book.join(read.log);
        self.book.take_over(read.settings, read.subjects);
    }
}
