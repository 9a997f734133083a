//! Single cases.

use chrono::{NaiveTime, TimeDelta};
use chrono_tz::Tz;

use super::world::{World, day, due, live_in, subject};
use crate::reminder::{About, Carried, CarriedHow, Headline, ReminderKind, ReminderSettings};
use crate::rotation::DueReason;
use crate::{Clock, CredentialRef};

fn main() -> CredentialRef {
    "acme/main".parse().unwrap()
}

fn at(told: &[(String, String)]) -> Vec<&str> {
    told.iter().map(|(at, _)| at.as_str()).collect()
}

fn time(text: &str) -> NaiveTime {
    text.parse().unwrap()
}

#[test]
fn a_key_is_told_30_14_7_and_1_days_ahead_on_its_day_and_weekly_after_it() {
    let mut world = World::new("2028-01-01T00:00:00Z", vec![due("main", day("2028-02-29"))]);
    let told = world.live_until("2028-03-15T00:00:00Z");
    assert_eq!(
        at(&told),
        [
            "2028-01-30 09:00",
            "2028-02-15 09:00",
            "2028-02-22 09:00",
            "2028-02-28 09:00",
            "2028-02-29 09:00",
            "2028-03-07 09:00",
            "2028-03-14 09:00"
        ]
    );
    assert_eq!(told[0].1, "acme/main is due for rotation in 30 days");
    assert_eq!(told[4].1, "acme/main is due for rotation today");
    assert_eq!(told[6].1, "acme/main is overdue for rotation by 14 days");
}

#[test]
fn what_was_missed_comes_once_and_the_newest_stands_for_all() {
    let mut world = World::new("2026-05-01T00:00:00Z", vec![due("main", day("2026-06-15"))]);
    world.go_to("2026-06-10T17:00:00Z");
    assert_eq!(world.titles(), ["acme/main is due for rotation in 5 days"]);
    world.go_to("2026-06-13T17:00:00Z");
    assert_eq!(world.titles(), [""; 0]);
    world.go_to("2026-06-14T09:00:00Z");
    assert_eq!(world.titles(), ["acme/main is due for rotation in 1 day"]);
}

#[test]
fn a_clock_that_is_set_back_tells_nothing_again() {
    let mut world = World::new("2026-06-15T12:00:00Z", vec![due("main", day("2026-06-15"))]);
    assert_eq!(world.tell().len(), 1);
    world.days(-40);
    let told = world.live_until("2026-06-22T12:00:00Z");
    assert_eq!(at(&told), ["2026-06-22 09:00"], "the next one that was not told yet");
}

#[test]
fn a_date_in_the_past_is_told_at_once() {
    let mut world = World::new("2026-06-15T12:00:00Z", vec![due("main", day("1999-12-31"))]);
    assert_eq!(world.tell().len(), 1);
}

#[test]
fn lead_times_that_had_begun_when_the_key_was_issued_are_none() {
    let about = |since| About::Due {
        on: day("2026-06-22"),
        reason: DueReason::Interval,
        since,
        by_support: None,
    };
    let subjects = vec![subject("main", about(Some(day("2026-06-15"))))];
    let mut world = World::new("2026-06-15T12:00:00Z", subjects);
    assert_eq!(world.tell(), [], "a key that was replaced today is not due in seven days");
    let told = world.live_until("2026-06-23T00:00:00Z");
    assert_eq!(at(&told), ["2026-06-21 09:00", "2026-06-22 09:00"]);
    let mut world = World::new("2026-06-15T12:00:00Z", vec![subject("main", about(None))]);
    assert_eq!(world.tell().len(), 1, "one whose age nobody knows is");
}

#[test]
fn an_acknowledged_key_is_silent_until_the_next_lead_time_and_an_overdue_one_for_good() {
    let mut world = World::new("2026-06-01T12:00:00Z", vec![due("main", day("2026-06-15"))]);
    assert_eq!(world.tell().len(), 1);
    world.book.acknowledge(&main(), &world.clock);
    assert!(world.book.inbox()[0].done_at.is_some());
    let told = world.live_until("2026-06-16T00:00:00Z");
    assert_eq!(at(&told), ["2026-06-08 09:00", "2026-06-14 09:00", "2026-06-15 09:00"]);
    world.book.acknowledge(&main(), &world.clock);
    assert_eq!(world.book.next_at(&world.clock), None);
    world.days(400);
    assert_eq!(world.tell(), []);
}

#[test]
fn a_snoozed_key_is_silent_until_then_and_told_once_more() {
    let mut world = World::new("2026-06-15T12:00:00Z", vec![due("main", day("2026-06-20"))]);
    assert_eq!(world.tell().len(), 1);
    let until = world.clock.now() + TimeDelta::days(6);
    let beyond = world.book.snooze(&main(), until, &world.clock).unwrap();
    assert_eq!(beyond, [(ReminderKind::RotationDue, day("2026-06-20"))]);
    let told = world.live_until("2026-06-28T00:00:00Z");
    assert_eq!(at(&told), ["2026-06-21 12:00", "2026-06-27 09:00"]);
    assert_eq!(world.book.snooze(&"acme/other".parse().unwrap(), until, &world.clock), None);
}

#[test]
fn a_snooze_that_ended_is_not_repeated_by_a_clock_that_was_set_back() {
    let mut world = World::new("2026-06-15T12:00:00Z", vec![due("main", day("2026-06-15"))]);
    world.tell();
    let until = world.clock.now() + TimeDelta::days(1);
    world.book.snooze(&main(), until, &world.clock).unwrap();
    let before = world.book.log();
    world.days(1);
    assert_eq!(world.tell().len(), 1);
    world.days(-10);
    // What the vault knew before the telling is joined with what came later.
    world.book.join(before);
    world.days(11);
    assert_eq!(world.tell(), []);
}

#[test]
fn what_comes_in_quiet_hours_or_a_pause_comes_at_their_end() {
    let settings = ReminderSettings {
        quiet_from: Some(time("22:00:00")),
        quiet_until: Some(time("10:30:00")),
        ..ReminderSettings::default()
    };
    let subjects = vec![due("main", day("2026-06-15")), due("other", day("2026-06-15"))];
    let mut world = World::with("2026-06-14T12:00:00Z", settings.clone(), subjects.clone());
    world.tell();
    let told = world.live_until("2026-06-15T23:00:00Z");
    assert_eq!(at(&told), ["2026-06-15 10:30", "2026-06-15 10:30"], "and both together");
    let paused_until = Some("2026-06-16T08:00:00Z".parse().unwrap());
    let settings = ReminderSettings { paused_until, ..settings };
    let mut world = World::with("2026-06-14T12:00:00Z", settings, subjects);
    assert_eq!(at(&world.live_until("2026-06-20T00:00:00Z")), ["2026-06-16 10:30"; 2]);
}

#[test]
fn a_day_without_nine_oclock_and_a_day_with_two_have_one_reminder_each() {
    let settings = ReminderSettings { at: time("02:30:00"), ..ReminderSettings::default() };
    for (on, told_at) in
        [(day("2026-03-29"), "2026-03-29 01:30"), (day("2026-10-25"), "2026-10-25 00:30")]
    {
        let mut world =
            World::with("2026-01-01T00:00:00Z", settings.clone(), vec![due("main", on)]);
        live_in(&world.clock, Tz::Europe__Berlin);
        let told = world.live_until(&format!("{on}T23:00:00Z"));
        assert_eq!(at(&told).last(), Some(&told_at));
        assert_eq!(told.len(), 5, "{told:?}");
    }
}

#[test]
fn who_travels_is_told_of_a_day_once() {
    let mut world = World::new("2026-06-14T20:00:00Z", vec![due("main", day("2026-06-15"))]);
    live_in(&world.clock, Tz::Asia__Tokyo);
    world.tell();
    assert_eq!(at(&world.live_until("2026-06-15T02:00:00Z")), ["2026-06-15 00:00"]);
    live_in(&world.clock, Tz::America__Los_Angeles);
    assert_eq!(world.live_until("2026-06-16T23:00:00Z"), [], "the same day begins again there");
}

#[test]
fn a_silent_support_is_nudged_again_and_again_and_the_key_is_not_due_meanwhile() {
    let about = About::Due {
        on: day("2026-06-15"),
        reason: DueReason::Age,
        since: None,
        by_support: Some(3),
    };
    let mut world = World::new("2026-06-15T12:00:00Z", vec![subject("main", about)]);
    assert!(world.tell()[0].can_request);
    assert!(world.book.mark_requested(&main(), day("2026-06-15"), world.clock.now()));
    assert!(!world.book.mark_requested(&main(), day("2026-06-15"), world.clock.now()));
    assert_eq!(world.book.marks.len(), 1);
    let told = world.live_until("2026-06-22T00:00:00Z");
    assert_eq!(at(&told), ["2026-06-18 09:00", "2026-06-21 09:00"]);
    assert_eq!(told[1].1, "Support is silent about acme/main");
    world.book.acknowledge(&main(), &world.clock);
    assert_eq!(at(&world.live_until("2026-06-25T00:00:00Z")), ["2026-06-24 09:00"]);
}

/// DV14: monitoring is an item of the checklist with a reminder of its own.
#[test]
fn dv14_an_item_of_a_checklist_is_told_on_its_day_and_weekly_until_it_is_seen_to() {
    let about = About::Checklist {
        item: "monitoring".to_owned(),
        text: "Watch the usage.".to_owned(),
        again_on: day("2026-06-15"),
    };
    let mut world = World::new("2026-05-01T00:00:00Z", vec![subject("main", about)]);
    let told = world.live_until("2026-06-23T00:00:00Z");
    assert_eq!(at(&told), ["2026-06-15 09:00", "2026-06-22 09:00"]);
    world.book.acknowledge(&main(), &world.clock);
    assert_eq!(world.live_until("2027-01-01T00:00:00Z"), []);
}

#[test]
fn a_failed_check_is_told_the_same_day_and_is_gone_once_one_passes() {
    let about = About::CheckFailed {
        request: "whoami".to_owned(),
        why: "the provider refused the key".to_owned(),
        since: day("2026-06-15"),
    };
    let (failed, due) = (subject("main", about), due("main", day("2036-06-15")));
    let mut world = World::new("2026-06-15T12:00:00Z", vec![failed, due.clone()]);
    let told = world.tell();
    assert_eq!(told[0].title, "acme/main did not pass its check today");
    assert!(told[0].body.starts_with("'whoami': the provider refused the key. "));
    assert_eq!(told[0].id.to_string().parse(), Ok(told[0].id.clone()));
    let again = world.live_until("2026-06-23T00:00:00Z");
    assert_eq!(at(&again), ["2026-06-22 09:00"]);
    assert_eq!(again[0].1, "acme/main has not passed its check for 7 days");
    let settings = world.book.settings().clone();
    assert!(world.book.reckon(settings, vec![due], |_| true, world.clock.now()));
    assert!(world.book.inbox().iter().all(|entry| entry.done_at.is_some()));
    assert_eq!(world.live_until("2026-08-01T00:00:00Z"), []);
}

fn carry(world: &mut World, hours: i64) {
    let now = world.clock.now();
    let (environment, id) = ("production".parse().unwrap(), world.book.credential_called(&main()));
    let ends = now + TimeDelta::hours(hours);
    let how = CarriedHow::Copied;
    let carried = Carried::new(id, main(), "production".parse().unwrap(), how, (now, ends));
    world.book.carry((id, &environment), carried, now);
}

#[test]
fn a_carried_token_is_told_before_its_end_and_a_newer_copy_takes_its_place() {
    let mut world = World::new("2026-06-15T17:02:00Z", vec![due("main", day("2036-06-15"))]);
    carry(&mut world, 24);
    world.clock.advance(TimeDelta::hours(2));
    carry(&mut world, 24);
    let told = world.live_until("2026-06-20T00:00:00Z");
    assert_eq!(at(&told), ["2026-06-16 18:02"]);
    assert_eq!(told[0].1, "The token of acme/main you copied at 19:02 expires in 1 h 00 m");
    carry(&mut world, 5);
    let id = world.book.credential_called(&main());
    assert!(world.book.forget_carried(id, &"production".parse().unwrap()));
    assert_eq!(world.live_until("2026-06-21T00:00:00Z"), []);
}

#[test]
fn a_snooze_of_days_leaves_a_token_alone_that_ends_before() {
    let mut world = World::new("2026-06-15T17:00:00Z", vec![due("main", day("2026-06-15"))]);
    world.tell();
    carry(&mut world, 2);
    let now = world.clock.now();
    world.book.snooze(&main(), now + TimeDelta::days(3), &world.clock).unwrap();
    let told = world.live_until("2026-06-15T20:00:00Z");
    assert_eq!(at(&told), ["2026-06-15 18:36"], "at a fifth of its two hours");
    let id = world.book.inbox()[0].reminder.id.clone();
    let now = world.clock.now();
    world.book.snooze_these(&[id], now + TimeDelta::minutes(10), now);
    assert_eq!(at(&world.live_until("2026-06-15T21:00:00Z")), ["2026-06-15 20:10"]);
}

#[test]
fn what_is_done_is_done_in_the_inbox_too() {
    let first = due("main", day("2026-06-15"));
    let mut world =
        World::new("2026-06-15T12:00:00Z", vec![first.clone(), due("b", day("2026-06-15"))]);
    assert_eq!(world.tell().len(), 2);
    let mut replaced = first;
    replaced.about = due("main", day("2026-12-15")).about;
    world.reckon(vec![replaced]);
    let open =
        |world: &World| world.book.inbox().iter().filter(|entry| entry.done_at.is_none()).count();
    assert_eq!(open(&world), 0, "one was replaced and one removed");
    let entries = world.book.entries(&world.clock);
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].reminder.due_on, Some(day("2026-12-15")));
}

#[test]
fn a_restart_changes_nothing() {
    let mut world = World::new("2026-06-15T12:00:00Z", vec![due("main", day("2026-06-15"))]);
    world.tell();
    carry(&mut world, 5);
    let (inbox, next) = (world.book.inbox(), world.book.next_at(&world.clock));
    world.restart();
    assert_eq!(world.book.inbox(), inbox);
    assert_eq!(world.book.next_at(&world.clock), next);
    assert_eq!(world.tell(), []);
}

#[test]
fn of_two_memories_what_either_knows_as_told_stays_told() {
    let mut world = World::new("2026-06-15T12:00:00Z", vec![due("main", day("2026-06-15"))]);
    let older = world.book.log();
    world.tell();
    let newer = world.book.log();
    world.book = crate::reminder::ReminderBook::default();
    let subjects = vec![due("main", day("2026-06-15"))];
    assert!(world.book.join(newer.clone()));
    assert!(!world.book.join(older));
    assert!(!world.book.join(newer));
    drop(subjects);
    assert_eq!(world.book.inbox().len(), 1);
}

#[test]
fn headlines_say_what_the_list_says() {
    let settings = ReminderSettings {
        quiet_from: Some(time("08:00:00")),
        quiet_until: Some(time("10:30:00")),
        ..ReminderSettings::default()
    };
    let silent = About::Requested { on: day("2026-06-10"), nudge_days: 3 };
    let subjects = vec![
        due("main", day("2026-06-15")),
        due("snoozed", day("2026-06-22")),
        due("far", day("2027-06-15")),
        subject("silent", silent),
    ];
    let mut world = World::with("2026-06-15T12:00:00Z", settings, subjects);
    world.tell();
    let snoozed = "acme/snoozed".parse().unwrap();
    let until = "2026-06-16T08:15:00Z".parse().unwrap();
    world.book.snooze(&snoozed, until, &world.clock).unwrap();
    carry(&mut world, 24);
    let by_name = |mut all: Vec<Headline>| {
        all.sort_by(|a, b| (a.at, &a.title).cmp(&(b.at, &b.title)));
        all
    };
    let listed = world.book.entries(&world.clock).into_iter().map(|entry| Headline {
        credential: entry.reminder.credential,
        kind: entry.reminder.kind,
        at: entry.told_at.unwrap_or(entry.reminder.at),
        told: entry.told_at.is_some(),
        due_on: entry.reminder.due_on,
        title: entry.reminder.title,
    });
    let listed = by_name(listed.collect());
    assert_eq!(by_name(world.book.headlines(&world.clock)), listed);
    assert_eq!(listed.iter().filter(|one| one.told).count(), 2, "{listed:?}");
    assert_eq!(listed.len(), 7, "{listed:?}");
}
