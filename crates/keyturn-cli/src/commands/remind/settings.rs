//! How and when it is reminded: reading the options, and showing what holds.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use clap::Args;
use keyturn_core::{Clock, Countdown, ProviderId, SystemClock};
use keyturn_protocol::ApiError;
use keyturn_protocol::calls::{ProviderPolicy, ReminderSettings};

use crate::context::Context;
use crate::failure::{Failure, usage};
use crate::output::table::{Cell, Facts};
use crate::output::words;
use crate::parse::{self, Switch};

/// What is changed; the rest stays.
#[derive(Debug, Args)]
#[command(next_help_heading = "With --settings")]
pub(super) struct Changes {
    /// How many days ahead, each one a reminder; the day itself always is one
    #[arg(long, requires = "settings", value_name = "DAYS", value_delimiter = ',')]
    lead_days: Option<Vec<u32>>,

    /// At which time of your day, like 09:00
    #[arg(long, requires = "settings", value_name = "TIME", value_parser = time)]
    at: Option<NaiveTime>,

    /// When nothing is said, like 22:00-07:00, or `off`; what comes then is told at the end
    #[arg(long, requires = "settings", value_name = "FROM-UNTIL|off", value_parser = quiet)]
    quiet: Option<Quiet>,

    /// Whether notifications leave names out while the vault is locked
    #[arg(long, requires = "settings", value_enum, value_name = "on|off")]
    hide_names: Option<Switch>,

    /// After how long a key is to be replaced that nothing else is said of, like 180d, or never
    #[arg(long, requires = "settings", value_name = "SPAN", value_parser = parse::interval_or_never)]
    rotate_every: Option<u32>,

    /// The same for the keys of one provider, like github=30d or github=never; repeat for more
    #[arg(long, requires = "settings", value_name = "ID=SPAN", value_parser = provider)]
    provider_rotate_every: Vec<(ProviderId, u32)>,
}

/// The hours in which nothing is said; none for `off`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Quiet(Option<(NaiveTime, NaiveTime)>);

impl Changes {
    /// Changes what was named, and says whether anything was.
    pub(super) fn apply(self, settings: &mut ReminderSettings) -> Result<bool, ApiError> {
        let before = settings.clone();
        if let Some(days) = self.lead_days {
            settings.lead_days = days;
        }
        if let Some(at) = self.at {
            settings.at = at;
        }
        if let Some(Quiet(hours)) = self.quiet {
            settings.quiet_from = hours.map(|(from, _)| from);
            settings.quiet_until = hours.map(|(_, until)| until);
        }
        if let Some(switch) = self.hide_names {
            settings.hide_names = switch.is_on();
        }
        if let Some(days) = self.rotate_every {
            settings.rotate_every_days = Some(days).filter(|days| *days > 0);
        }
        for (provider, days) in self.provider_rotate_every {
            let known = settings.providers.len();
            settings.providers.retain(|policy| policy.provider != provider);
            if days > 0 {
                settings.providers.push(ProviderPolicy { provider, rotate_every_days: days });
            } else if settings.providers.len() == known {
                return Err(usage(
                    format!("there is no interval for the keys of {provider}"),
                    "`keyturn remind --settings` shows those that there are.",
                ));
            }
        }
        Ok(*settings != before)
    }
}

/// Shows what holds.
pub(super) fn print(context: &Context, settings: &ReminderSettings) -> Result<(), Failure> {
    if context.is_json() {
        context.output.json(settings)?;
        return Ok(());
    }
    let days: Vec<String> = settings.lead_days.iter().map(ToString::to_string).collect();
    let ahead = match days.as_slice() {
        [] => "on the day itself".to_owned(),
        days => format!("{} days ahead, and on the day itself", days.join(", ")),
    };
    let quiet = match (settings.quiet_from, settings.quiet_until) {
        (Some(from), Some(until)) => format!("from {} until {}", clock(from), clock(until)),
        _ => "never".to_owned(),
    };
    let every = |days: Option<u32>| match days {
        Some(1) => "after 1 day".to_owned(),
        Some(days) => format!("after {days} days"),
        None => "never, where nothing else is said".to_owned(),
    };
    let mut facts = Facts::default();
    facts.add("Reminded", Cell::plain(format!("{ahead}, at {}", clock(settings.at))));
    facts.add("Quiet", Cell::plain(quiet));
    facts.add_known("Paused until", settings.paused_until.map(words::moment));
    let names = if settings.hide_names { "left out while locked" } else { "shown" };
    facts.add("Names", Cell::plain(names));
    facts.add("Tokens end soon", Cell::plain(countdown(&settings.countdown)));
    facts.add("Keys are due", Cell::plain(every(settings.rotate_every_days)));
    let lines = settings.providers.iter();
    let line = |policy: &ProviderPolicy| {
        format!("those of {} {}", policy.provider, every(Some(policy.rotate_every_days)))
    };
    facts.add_lines("", lines.map(line));
    context.output.text(&facts.render(context.output.colors()))?;
    Ok(())
}

/// When a token ends soon, and when that is urgent.
fn countdown(countdown: &Countdown) -> String {
    let Countdown { short_soon_percent, short_urgent_percent, long_soon_days, long_urgent_days } =
        countdown;
    format!(
        "with {short_soon_percent} % of up to 48 h left, or {long_soon_days} days of more; urgent with \
         {short_urgent_percent} %, or {long_urgent_days} days"
    )
}

/// The moment in so many seconds.
pub(super) fn in_seconds(seconds: i64) -> Result<DateTime<Utc>, ApiError> {
    let span = TimeDelta::try_seconds(seconds);
    span.and_then(|span| SystemClock.now().checked_add_signed(span))
        .ok_or_else(|| usage("the span is too long", "Write it like 1h or 3d."))
}

fn clock(time: NaiveTime) -> String {
    time.format(if time.format("%S").to_string() == "00" { "%H:%M" } else { "%H:%M:%S" })
        .to_string()
}

/// Reads a time of day, `09:00` or `09:00:30`.
fn time(text: &str) -> Result<NaiveTime, String> {
    NaiveTime::parse_from_str(text, "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(text, "%H:%M:%S"))
        .map_err(|_| "a time of day is written HH:MM, like 09:00".to_owned())
}

fn quiet(text: &str) -> Result<Quiet, String> {
    if text == "off" {
        return Ok(Quiet(None));
    }
    let hours =
        text.split_once('-').ok_or("quiet hours are written FROM-UNTIL, like 22:00-07:00")?;
    let (from, until) = (time(hours.0)?, time(hours.1)?);
    if from == until {
        return Err("quiet hours that begin when they end would be none or all".to_owned());
    }
    Ok(Quiet(Some((from, until))))
}

fn provider(text: &str) -> Result<(ProviderId, u32), String> {
    let parts = text.split_once('=').ok_or("it is written ID=SPAN, like github=30d")?;
    let provider = parts.0.parse().map_err(|error| format!("this names no provider: {error}"))?;
    Ok((provider, parse::interval_or_never(parts.1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_may_span_midnight_and_are_never_all_day() {
        let Quiet(Some((from, until))) = quiet("22:00-07:30").unwrap() else {
            panic!("there are hours");
        };
        assert_eq!((clock(from), clock(until)), ("22:00".to_owned(), "07:30".to_owned()));
        assert_eq!(quiet("off"), Ok(Quiet(None)));
        for text in ["22:00", "22-07", "22:00-22:00", "25:00-07:00", ""] {
            assert!(quiet(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_providers_interval_is_a_span_or_never() {
        let read = |text| provider(text).map(|(id, days)| (id.to_string(), days));
        assert_eq!(read("github=30d"), Ok(("github".to_owned(), 30)));
        assert_eq!(read("github=never"), Ok(("github".to_owned(), 0)));
        for text in ["github", "github=0d", "github=36501d", "git hub=3d", "=3d"] {
            assert!(provider(text).is_err(), "{text}");
        }
    }
}
