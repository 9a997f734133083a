//! What is due, as a calendar file (RFC 5545), so that it stands in whatever calendar the user keeps.
//!
//! A credential has at most two events: the day it is due, and the day its key ends by itself where that
//! is another one. Their names stay the same for as long as the credential lives, so that a calendar that
//! reads the file again moves its events instead of doubling them.
//!
//! What never goes into it: a secret, a part of one, a host, a note or a value of a field. Names go into
//! it only where the user wants them there.

mod event;
mod text;

use chrono::{Datelike, NaiveDate};
use icalendar::{Calendar, Component, Event, Property};
use keyturn_core::Credential;
use keyturn_core::rotation::{Due, Policies, counts_since, own_end};

use self::event::{Entry, Occasion};
use crate::lead_times::{Lead, LeadTimes};
use crate::local_days::LocalDays;
use crate::{Engine, EngineError};

/// Who wrote the file.
const PRODUCT: &str = "-//Keyturn//Keyturn//EN";
/// How the file ends.
const END: &str = "END:VCALENDAR\r\n";

/// A calendar file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarFile {
    /// Its text.
    pub text: String,
    /// How many events it has.
    pub events: u32,
}

impl Engine {
    /// Writes what is due, and what ends, into a calendar file.
    pub fn calendar(&self, with_names: bool) -> Result<CalendarFile, EngineError> {
        let now = self.now();
        let (mut entries, generation, leads) = self.read(|vault| {
            let live = vault.live_credentials();
            let policies = self.policies();
            let entries = live.flat_map(|credential| entries(credential, &policies));
            let leads = LeadTimes::new(&vault.settings().reminders);
            Ok((entries.collect::<Vec<Entry>>(), vault.generation(), leads))
        })?;
        // The vault is free again: many events take their time.
        entries.sort_by(|a, b| (a.on, &a.reference).cmp(&(b.on, &b.reference)));
        let mut calendar = Calendar::empty();
        for (name, value) in [("VERSION", "2.0"), ("PRODID", PRODUCT), ("CALSCALE", "GREGORIAN")] {
            calendar.append_property(Property::new(name, value));
        }
        calendar.name("Keys to replace");
        let written = event::Written { at: now, generation, with_names };
        let days = LocalDays::new(&*self.ports.clock);
        let events = entries.iter().map(|entry| {
            let to_come = |lead: &Lead| days.moment(lead.on, lead.at) > now;
            let alarms: Vec<Lead> = leads.of(entry.on, entry.since).filter(to_come).collect();
            entry.event(&written, &alarms)
        });
        let text = with_events(&calendar, events);
        let events = u32::try_from(entries.len()).unwrap_or(u32::MAX);
        Ok(CalendarFile { text, events })
    }
}

/// The calendar's text with these events in it. Each is written as soon as it is made: the trees of
/// thousands are larger than the file.
fn with_events(calendar: &Calendar, events: impl Iterator<Item = Event>) -> String {
    let empty = calendar.to_string();
    let mut text = empty.strip_suffix(END).expect("a calendar ends so").to_owned();
    for event in events {
        event.fmt_write(&mut text).expect("a text takes what is written to it");
    }
    text + END
}

/// The events of a credential.
fn entries<'vault>(
    credential: &'vault Credential,
    policies: &Policies,
) -> impl Iterator<Item = Entry> + use<'vault> {
    let due = policies.due(credential);
    let due_on = due.map(|due| due.on);
    let ends = own_end(credential).filter(|end| due_on != Some(end.on));
    let due = due.map(|due| (due, Occasion::Due(due.reason)));
    let ends = ends.map(|end| (end, Occasion::End));
    let on_a_calendar = |(due, _): &(Due, Occasion)| has_calendar_day(due.on);
    let events = [due, ends].into_iter().flatten().filter(on_a_calendar);
    events.map(|(due, occasion)| Entry {
        credential: credential.id,
        reference: credential.reference(),
        owner: credential.owner.clone(),
        occasion,
        on: due.on,
        since: counts_since(credential, due.reason),
    })
}

/// Whether a calendar can hold this day and the next one: their years have four digits.
fn has_calendar_day(day: NaiveDate) -> bool {
    (1..=9998).contains(&day.year())
}
