//! `keyturn remind`.

mod list;
mod settings;

use chrono::{DateTime, Utc};
use clap::Args;
use keyturn_core::CredentialRef;
use keyturn_protocol::ApiError;
use keyturn_protocol::calls::{
    AcknowledgeReminder, ListReminders, MarkInboxRead, SetReminderSettings, ShowInbox,
    ShowReminderSettings, SnoozeReminder,
};
use serde_json::json;

use crate::context::Context;
use crate::exit::Status;
use crate::failure::{Failure, usage};
use crate::output::words;
use crate::parse;

use settings::Changes;

/// The longest that a reminder is put off, in days.
const LONGEST_SNOOZE_DAYS: i64 = 365;

/// Show and change what you are reminded of, and when
///
/// Without an option it lists what is coming, and what was told and is not done. You are reminded 30,
/// 14, 7 and 1 days ahead and on the day itself, and of what is overdue every week, until the key was
/// replaced or you say that you saw to it (--ack). All of that can be changed with --settings.
///
/// Example:
///     keyturn remind --list
///     keyturn remind --snooze acme/main 3d
///     keyturn remind --ack acme/main
///     keyturn remind --pause 1h
///     keyturn remind --settings --at 08:30 --lead-days 30,7,1 --quiet 22:00-07:00
///     keyturn remind --settings --rotate-every 180d --provider-rotate-every github=30d
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Remind {
    /// List what is coming, and what was told and is not done
    #[arg(long, group = "what")]
    list: bool,

    /// List what was told, the newest first
    #[arg(long, group = "what")]
    inbox: bool,

    /// Note that all of the inbox has been read
    #[arg(long, requires = "inbox")]
    mark_read: bool,

    /// Put the reminders of a credential off, like acme/main 3d; at most 365d
    #[arg(
        long,
        group = "what",
        num_args = 2,
        value_names = ["REF", "SPAN"],
        allow_hyphen_values = true
    )]
    snooze: Option<Vec<String>>,

    /// Note that you saw to it: silent until the next lead time
    #[arg(long, group = "what", value_name = "REF")]
    ack: Option<CredentialRef>,

    /// Silence all reminders for a while, or `off` to have them back; what is missed comes then
    #[arg(long, group = "what", value_name = "SPAN|off")]
    pause: Option<String>,

    /// Show how and when you are reminded, and change what the options after it say
    #[arg(long, group = "what")]
    settings: bool,

    #[command(flatten)]
    changes: Changes,
}

impl Remind {
    pub(crate) fn run(self, context: &Context) -> Result<Status, Failure> {
        if let Some(words) = &self.snooze {
            snooze(context, words)?;
        } else if let Some(reference) = self.ack {
            acknowledge(context, &reference)?;
        } else if let Some(span) = &self.pause {
            pause(context, span)?;
        } else if self.settings {
            change(context, self.changes)?;
        } else if self.inbox {
            inbox(context, self.mark_read)?;
        } else {
            let reminders = context.agent()?.call(ListReminders {})?;
            list::print(context, &reminders, "Nothing is coming.")?;
        }
        Ok(Status::Done)
    }
}

fn snooze(context: &Context, words: &[String]) -> Result<(), Failure> {
    let [reference, span] = words else {
        return Err(usage("--snooze needs REF and SPAN", "Like --snooze acme/main 3d.").into());
    };
    let reference: CredentialRef = reference.parse().map_err(|error| {
        usage(format!("--snooze names no credential: {error}"), "Write PROVIDER/NAME.")
    })?;
    let for_s = span_seconds(span, &SNOOZE)?;
    let answer = context.agent()?.call(SnoozeReminder { reference: reference.clone(), for_s })?;
    if let Some(warning) = &answer.warning {
        context.output.note("warning", warning);
    }
    if context.is_json() {
        context.output.json(&answer)?;
    } else {
        let until = words::moment(answer.until);
        context.output.text(&format!("Nothing is said of {reference} before {until}."))?;
    }
    Ok(())
}

/// What a span is for, in words.
struct Quiet {
    what: &'static str,
    for_ever: &'static str,
}

const SNOOZE: Quiet = Quiet {
    what: "a reminder is put off",
    for_ever: "If you never want to hear of it, take its date away with `keyturn edit`.",
};

const PAUSE: Quiet = Quiet {
    what: "all reminders are silenced",
    for_ever: "Nothing is silenced for ever: pause again when it ends. `--pause off` ends it sooner.",
};

/// How long it is quiet.
fn span_seconds(span: &str, quiet: &Quiet) -> Result<i64, ApiError> {
    let what = quiet.what;
    let hint = "A span is written like 3d, 12h or 10m.";
    if span.starts_with('-') {
        return Err(usage(format!("{what} from now on, not into the past"), hint));
    }
    let seconds = parse::seconds(span).map_err(|error| usage(error, hint))?;
    match seconds {
        ..60 => Err(usage(format!("{what} for a minute at least"), hint)),
        _ if seconds > LONGEST_SNOOZE_DAYS * 86_400 => {
            Err(usage(format!("{what} for a year at most"), quiet.for_ever))
        }
        _ => Ok(seconds),
    }
}

fn acknowledge(context: &Context, reference: &CredentialRef) -> Result<(), Failure> {
    let mut agent = context.agent()?;
    agent.call(AcknowledgeReminder { reference: reference.clone() })?;
    if context.is_json() {
        context.output.json(&json!({ "ref": reference, "acknowledged": true }))?;
    } else {
        let reminders = agent.call(ListReminders {})?;
        let of_it = reminders.iter().filter(|one| one.reference == *reference);
        let next = of_it.filter(|one| one.told_at.is_none()).map(|one| one.at).min();
        context.output.text(&seen_to(reference, next))?;
    }
    Ok(())
}

/// What is said after a reminder was seen to: when the next one comes, or that none does.
fn seen_to(reference: &CredentialRef, next: Option<DateTime<Utc>>) -> String {
    match next {
        Some(at) => format!("Nothing is said of {reference} before {}.", words::moment(at)),
        None => format!(
            "Nothing more is said of {reference}: its day has passed, and no further reminder of it is to \
             come. `keyturn due` still lists it until it is done."
        ),
    }
}

fn inbox(context: &Context, mark_read: bool) -> Result<(), Failure> {
    let mut agent = context.agent()?;
    let inbox = if mark_read {
        agent.call(MarkInboxRead { ids: Vec::new() })?
    } else {
        agent.call(ShowInbox {})?
    };
    if let Some(problem) = &inbox.problem {
        context.output.note("warning", problem);
    }
    if context.is_json() {
        context.output.json(&inbox)?;
        return Ok(());
    }
    list::print(context, &inbox.items, "Nothing was told.")
}

fn pause(context: &Context, span: &str) -> Result<(), Failure> {
    let seconds = if span == "off" { None } else { Some(span_seconds(span, &PAUSE)?) };
    let mut agent = context.agent()?;
    let mut settings = agent.call(ShowReminderSettings {})?;
    settings.paused_until = match seconds {
        Some(seconds) => Some(settings::in_seconds(seconds)?),
        None => None,
    };
    let settings = agent.call(SetReminderSettings { settings })?;
    settings::print(context, &settings)
}

fn change(context: &Context, changes: Changes) -> Result<(), Failure> {
    let mut agent = context.agent()?;
    let mut settings = agent.call(ShowReminderSettings {})?;
    if changes.apply(&mut settings)? {
        settings = agent.call(SetReminderSettings { settings })?;
    }
    settings::print(context, &settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_that_makes_no_sense_is_refused_with_words() {
        assert_eq!(span_seconds("3d", &SNOOZE).unwrap(), 259_200);
        assert_eq!(span_seconds("365d", &SNOOZE).unwrap(), 31_536_000);
        for (span, word) in [
            ("0d", "a minute at least"),
            ("59s", "a minute at least"),
            ("-3d", "into the past"),
            ("366d", "a year at most"),
            ("100w", "a year at most"),
            ("3", "a whole number"),
            ("", "a whole number"),
        ] {
            let refused = span_seconds(span, &SNOOZE).unwrap_err();
            assert!(refused.message.contains(word), "{span}: {refused}");
        }
    }

    #[test]
    fn a_pause_is_spoken_of_as_a_pause() {
        for span in ["0s", "1000d"] {
            let refused = span_seconds(span, &PAUSE).unwrap_err();
            let said = format!("{} {}", refused.message, refused.hint.unwrap());
            assert!(said.contains("all reminders are silenced"), "{said}");
            assert!(!said.contains("put off") && !said.contains("keyturn edit"), "{said}");
        }
    }

    #[test]
    fn what_was_seen_to_says_whether_another_reminder_comes() {
        let reference = "acme/main".parse().unwrap();
        let next = "2026-06-15T09:00:00Z".parse().unwrap();
        let said = seen_to(&reference, Some(next));
        assert!(said.starts_with("Nothing is said of acme/main before "), "{said}");
        let said = seen_to(&reference, None);
        assert!(said.contains("no further reminder of it is to come"), "{said}");
    }
}
