//! One event of the file: a whole day that keeps nobody busy, with alarms at the lead times.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use icalendar::{Alarm, Class, Component, Event, EventLike, Property};
use keyturn_core::rotation::DueReason;
use keyturn_core::{CredentialId, CredentialRef};

use super::text::cleaned;
use crate::lead_times::Lead;

/// What happens to a credential on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occasion {
    /// It is due to be replaced.
    Due(DueReason),
    /// Its key ends by itself, although it is due on another day.
    End,
}

/// What happens to which credential on which day.
pub(super) struct Entry {
    pub(super) credential: CredentialId,
    pub(super) reference: CredentialRef,
    pub(super) owner: Option<String>,
    pub(super) occasion: Occasion,
    pub(super) on: NaiveDate,
    /// Alarms ahead of the day come after this one; the one of the day itself always comes.
    pub(super) since: Option<NaiveDate>,
}

/// How the file is written.
pub(super) struct Written {
    /// When.
    pub(super) at: DateTime<Utc>,
    /// How often the vault was written until then.
    pub(super) generation: u64,
    /// Whether names are in it.
    pub(super) with_names: bool,
}

impl Entry {
    /// The event, with these alarms.
    pub(super) fn event(&self, written: &Written, alarms: &[Lead]) -> Event {
        let (name, title) = (self.name(), self.title(written.with_names));
        let mut event = Event::new();
        event
            .uid(&name)
            .timestamp(written.at)
            // A calendar takes the higher number for the newer state; the vault's only ever grows.
            .sequence(u32::try_from(written.generation).map_or(LARGEST, |it| it.min(LARGEST)))
            .summary(&title)
            .description(&self.description(written.with_names))
            .class(Class::Private);
        event.starts(self.on).ends(self.on + Days::new(1)).categories(["Keyturn"]);
        event.add_property("TRANSP", "TRANSPARENT");
        for lead in alarms {
            let distance = (lead.at - NaiveTime::MIN) - TimeDelta::days(i64::from(lead.ahead));
            let mut alarm = Alarm::display(&title, distance);
            // Named and stamped here: the library would ask the machine's clock and random source.
            alarm.uid(&format!("{name}-{}", lead.ahead)).timestamp(written.at);
            alarm.append_property(Property::new("TRIGGER", duration(distance)));
            event.alarm(alarm);
        }
        event.done()
    }

    /// The same for every export, whatever the credential is called then.
    fn name(&self) -> String {
        let occasion = match self.occasion {
            Occasion::Due(_) => "due",
            Occasion::End => "end",
        };
        format!("keyturn-{}-{occasion}", self.credential)
    }

    fn title(&self, with_names: bool) -> String {
        let reference = &self.reference;
        match (self.occasion, with_names) {
            (Occasion::Due(DueReason::Expires) | Occasion::End, true) => {
                format!("The key {reference} ends")
            }
            (Occasion::Due(_), true) => format!("Replace the key {reference}"),
            (Occasion::Due(DueReason::Expires) | Occasion::End, false) => "A key ends".to_owned(),
            (Occasion::Due(_), false) => "A key is due".to_owned(),
        }
    }

    fn description(&self, with_names: bool) -> String {
        let why = match self.occasion {
            Occasion::Due(DueReason::Expires) | Occasion::End => {
                "Its provider ends it on this day: it has to be replaced before."
            }
            Occasion::Due(DueReason::Interval) => "By your interval it is to be replaced today.",
            Occasion::Due(DueReason::FixedDate) => "You chose this day to replace it.",
            Occasion::Due(DueReason::Age) => {
                "It never ends by itself, and by your interval it is old today."
            }
        };
        if !with_names {
            return format!("{why}\nKeyturn knows which one: keyturn due");
        }
        let mut lines = vec![why.to_owned()];
        lines.extend(self.owner.as_ref().map(|owner| format!("Owner: {owner}")));
        lines.push(format!("Keyturn leads through it: keyturn rotate {}", self.reference));
        cleaned(&lines.join("\n"))
    }
}

/// The largest number that a calendar has to understand.
const LARGEST: u32 = i32::MAX.unsigned_abs();

/// A span as RFC 5545 writes it (section 3.3.6): days count as days of the calendar, also where one is
/// longer than another.
fn duration(span: TimeDelta) -> String {
    let sign = if span < TimeDelta::zero() { "-" } else { "" };
    let seconds = span.num_seconds().unsigned_abs();
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let date = if days > 0 { format!("{days}D") } else { String::new() };
    // The grammar allows no gap: hours and seconds have minutes between them.
    let time = match (rest / 3_600, rest / 60 % 60, rest % 60) {
        (0, 0, 0) if days > 0 => String::new(),
        (hours, 0, 0) => format!("T{hours}H"),
        (hours, minutes, 0) => format!("T{hours}H{minutes}M"),
        (hours, minutes, seconds) => format!("T{hours}H{minutes}M{seconds}S"),
    };
    format!("{sign}P{date}{time}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_written_as_the_standard_has_it() {
        let written = |seconds| duration(TimeDelta::seconds(seconds));
        assert_eq!(written(9 * 3_600), "PT9H");
        assert_eq!(written(0), "PT0H");
        assert_eq!(written(-30 * 86_400 + 9 * 3_600), "-P29DT15H");
        assert_eq!(written(-7 * 86_400), "-P7D");
        assert_eq!(written(-(86_400 + 5)), "-P1DT0H0M5S");
        assert_eq!(written(9 * 3_600 + 30 * 60), "PT9H30M");
    }
}
