//! What a reminder says: names and days, never a value.

use chrono::{DateTime, NaiveDate, Utc};

use super::{About, Carried, CarriedHow, Subject};
use crate::Clock;
use crate::duration;
use crate::rotation::DueReason;

/// Headline and text.
pub(super) struct Words {
    pub(super) title: String,
    pub(super) body: String,
}

/// What is said of a subject on a day.
pub(super) fn of(subject: &Subject, today: NaiveDate) -> Words {
    Words { title: title(subject, today), body: body(subject, today) }
}

/// The headline of a subject on a day.
pub(super) fn title(subject: &Subject, today: NaiveDate) -> String {
    let reference = &subject.reference;
    match &subject.about {
        About::Due { on, reason: DueReason::Expires, .. } => match left(*on, today) {
            0 => format!("{reference} expires today"),
            days @ 1.. => format!("{reference} expires in {}", count(days)),
            days => format!("{reference} expired {} ago", count(-days)),
        },
        About::Due { on, .. } => match left(*on, today) {
            0 => format!("{reference} is due for rotation today"),
            days @ 1.. => format!("{reference} is due for rotation in {}", count(days)),
            days => format!("{reference} is overdue for rotation by {}", count(-days)),
        },
        About::Requested { .. } => format!("Support is silent about {reference}"),
        About::Checklist { .. } => format!("{reference}: an item of its checklist is due"),
        // West of where it failed, or by a clock that was set back, that day is still to come.
        About::CheckFailed { since, .. } => match left(today, *since) {
            ..=0 => format!("{reference} did not pass its check today"),
            days => format!("{reference} has not passed its check for {}", count(days)),
        },
    }
}

/// The text below it.
fn body(subject: &Subject, today: NaiveDate) -> String {
    match &subject.about {
        About::Due { on, reason: DueReason::Expires, .. } => {
            format!("The key ends on {}. {REPLACE}", date(*on))
        }
        About::Due { on, reason, since, .. } => {
            format!("{} {REPLACE}", why(*reason, *on, *since, today))
        }
        About::Requested { on, .. } => format!(
            "A new key was requested on {}, {} ago. Ask again.",
            date(*on),
            count(left(today, *on).max(0)),
        ),
        // What is to come is shown before its day as well.
        About::Checklist { text, again_on, .. } => format!(
            "{} ({} {})",
            text.trim_end_matches('.'),
            if *again_on < today { "since" } else { "on" },
            date(*again_on),
        ),
        About::CheckFailed { request, why, .. } => {
            let reference = &subject.reference;
            format!("'{request}': {why}. `keyturn check {reference}` tries it again.")
        }
    }
}

const REPLACE: &str = "Replace it at the provider and store the new one.";

fn why(reason: DueReason, on: NaiveDate, since: Option<NaiveDate>, today: NaiveDate) -> String {
    let (was, on_day) = (if on < today { "was" } else { "is" }, date(on));
    match (reason, since) {
        (DueReason::Age, Some(since)) => format!(
            "The key never ends by itself and is {} old; by its age its rotation {was} due on \
             {on_day}.",
            count(left(today, since).max(0)),
        ),
        (DueReason::FixedDate, _) => format!("You chose {on_day} for its rotation."),
        _ => format!("By your interval its rotation {was} due on {on_day}."),
    }
}

/// What is said of a token that was carried out.
pub(super) fn of_carried(carried: &Carried, clock: &dyn Clock, now: DateTime<Utc>) -> Words {
    let time = |at| clock.local(at).format("%H:%M").to_string();
    let (reference, ends) = (&carried.reference, time(carried.ends_at));
    let left = carried.ends_at - now;
    let (how, again) = match carried.how {
        CarriedHow::Copied => ("you copied", "copy it again"),
        CarriedHow::Fetched => ("a program fetched", "fetch it again"),
    };
    let at = time(carried.carried_at);
    let title = if left > chrono::TimeDelta::zero() {
        format!("The token of {reference} {how} at {at} expires in {}", duration::human(left))
    } else {
        format!("The token of {reference} {how} at {at} has expired")
    };
    let body = format!(
        "It ends at {ends}. Keyturn renews its own, but not a copy: {again} where it is used."
    );
    Words { title, body }
}

fn left(on: NaiveDate, today: NaiveDate) -> i64 {
    (on - today).num_days()
}

fn count(days: i64) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

fn date(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CredentialId;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn said(reason: DueReason, today: &str) -> String {
        let about = About::Due {
            on: day("2026-06-15"),
            reason,
            since: Some(day("2025-12-17")),
            by_support: None,
        };
        let reference = "acme/main".parse().unwrap();
        let subject = Subject { credential: CredentialId::make_random(), reference, about };
        let words = of(&subject, day(today));
        format!("{} | {}", words.title, words.body)
    }

    #[test]
    fn the_day_is_said_as_it_is_seen_from_today() {
        let end = |today| said(DueReason::Expires, today);
        assert!(end("2026-06-01").starts_with("acme/main expires in 14 days | "));
        assert!(end("2026-06-14").starts_with("acme/main expires in 1 day | "));
        assert!(end("2026-06-15").starts_with("acme/main expires today | "));
        assert!(end("2026-06-22").starts_with("acme/main expired 7 days ago | "));
        let rule = said(DueReason::Interval, "2026-06-22");
        assert!(
            rule.starts_with("acme/main is overdue for rotation by 7 days | By your"),
            "{rule}"
        );
    }

    #[test]
    fn an_item_is_due_since_a_day_only_when_that_day_has_passed() {
        let said = |today| {
            let (item, text) = ("monitoring".to_owned(), "Watch the usage.".to_owned());
            let about = About::Checklist { item, text, again_on: day("2026-06-15") };
            let reference = "acme/main".parse().unwrap();
            let subject = Subject { credential: CredentialId::make_random(), reference, about };
            let words = of(&subject, day(today));
            assert_eq!(words.title, "acme/main: an item of its checklist is due");
            words.body
        };
        assert_eq!(said("2026-06-15"), "Watch the usage (on 15 June 2026)");
        assert_eq!(said("2026-06-22"), "Watch the usage (since 15 June 2026)");
    }

    #[test]
    fn a_check_failed_today_or_days_ago_and_never_in_days_to_come() {
        let said = |today| {
            let (request, why) = ("whoami".to_owned(), "the status is 404".to_owned());
            let about = About::CheckFailed { request, why, since: day("2026-06-15") };
            let reference = "acme/main".parse().unwrap();
            let subject = Subject { credential: CredentialId::make_random(), reference, about };
            title(&subject, day(today))
        };
        assert_eq!(said("2026-06-15"), "acme/main did not pass its check today");
        assert_eq!(said("2026-06-14"), "acme/main did not pass its check today");
        assert_eq!(said("2026-06-17"), "acme/main has not passed its check for 2 days");
    }

    #[test]
    fn a_key_that_never_ends_is_spoken_of_by_its_age() {
        let said = said(DueReason::Age, "2026-06-15");
        assert!(said.contains("never ends by itself and is 180 days old"), "{said}");
    }
}
