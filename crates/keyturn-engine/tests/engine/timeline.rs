//! The timeline: bars and events from what is known, and nothing from what is not.

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use keyturn_core::rotation::{
    Emergency, OldKeyEnd, OldKeyLife, Route, SupportRequest, Verification, VerifiedBy,
};
use keyturn_core::{Credential, Rotation, RotationPolicy, RotationStage, RotationState};
use keyturn_engine::{AddCredential, EngineError, Lane, LaneEvent, LaneEventKind, Overlap};
use keyturn_vault::Batch;

use crate::world::{KEY, World, credential, sold};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Adds `deepidv/NAME`, which has no checklist, with the days of its policy.
fn add(world: &World, name: &str, issued: Option<&str>, every: Option<u32>, expires: Option<&str>) {
    let day = |text: &str| text.parse().unwrap();
    let rotation = RotationPolicy {
        issued_on: issued.map(day),
        rotate_every_days: every,
        expires_on: expires.map(day),
        ..RotationPolicy::default()
    };
    let name = name.parse().unwrap();
    world.engine.add(AddCredential { rotation, name, ..deepidv() }, "test").unwrap();
}

/// Writes into the vault what only a longer story would bring there.
fn write(world: &World, change: impl FnOnce(&mut Credential)) {
    let mut vault = world.opened();
    let mut credential = vault.credentials().next().unwrap().clone();
    change(&mut credential);
    let mut batch = Batch::new();
    batch.put_credential(credential);
    vault.commit(batch).unwrap();
    drop(vault);
    world.unlock().unwrap();
}

fn deepidv() -> AddCredential {
    credential("deepidv", &[], &[("api_key", KEY)])
}

fn lanes(world: &World) -> Vec<Lane> {
    world.engine.timeline().unwrap().lanes
}

fn lane(world: &World) -> Lane {
    let mut lanes = lanes(world);
    assert_eq!(lanes.len(), 1);
    lanes.remove(0)
}

fn of_kind(lane: &Lane, kind: LaneEventKind) -> Vec<&LaneEvent> {
    lane.events.iter().filter(|event| event.kind == kind).collect()
}

fn days(events: &[&LaneEvent]) -> Vec<String> {
    events.iter().map(|event| event.on.to_string()).collect()
}

#[test]
fn a_bar_goes_from_the_day_of_issue_to_the_keys_own_end_with_a_window_before_the_due_day() {
    let world = World::new();
    add(&world, "main", Some("2026-01-01"), Some(256), Some("2026-12-31"));
    let lane = lane(&world);
    assert_eq!(lane.from.to_string(), "2026-01-01");
    assert_eq!(lane.until.unwrap().to_string(), "2026-12-31");
    assert_eq!(lane.due_on.unwrap().to_string(), "2026-09-14");
    assert_eq!(lane.window_from.unwrap().to_string(), "2026-08-15", "thirty days ahead");
    assert_eq!((lane.state, lane.overlap), (RotationState::Ok, None));
}

#[test]
fn what_nobody_said_is_no_bar_and_no_window() {
    let world = World::new();
    add(&world, "main", None, None, None);
    let lane = lane(&world);
    assert_eq!(lane.from.to_string(), "2026-06-15", "the day it was added");
    assert_eq!((lane.until, lane.due_on, lane.window_from), (None, None, None));
    let kinds: Vec<LaneEventKind> = lane.events.iter().map(|event| event.kind).collect();
    assert_eq!(kinds, [LaneEventKind::Issued]);
}

#[test]
fn the_lane_that_is_due_first_stands_above_and_what_never_is_below() {
    let world = World::new();
    add(&world, "never", None, None, None);
    add(&world, "late", None, None, Some("2027-01-01"));
    add(&world, "also-never", None, None, None);
    add(&world, "soon", None, Some(10), None);
    let names: Vec<String> =
        lanes(&world).iter().map(|lane| lane.reference.name.to_string()).collect();
    assert_eq!(names, ["soon", "late", "also-never", "never"]);
}

#[test]
fn reminders_due_day_and_end_are_events_in_the_order_of_time() {
    let world = World::new();
    add(&world, "main", Some("2026-06-01"), Some(30), Some("2026-12-31"));
    let lane = lane(&world);
    let reminders = of_kind(&lane, LaneEventKind::Reminder);
    let due = ["2026-06-17", "2026-06-24", "2026-06-30", "2026-07-01"];
    let end = ["2026-12-01", "2026-12-17", "2026-12-24", "2026-12-30", "2026-12-31"];
    assert_eq!(
        days(&reminders),
        [&due[..], &end[..]].concat(),
        "thirty days ahead it was not there"
    );
    assert_eq!(reminders[0].at, at("2026-06-17T09:00:00Z"));
    assert_eq!(reminders[1].title, "A reminder comes, 7 days before");
    assert_eq!(days(&of_kind(&lane, LaneEventKind::Due)), ["2026-07-01"]);
    assert_eq!(days(&of_kind(&lane, LaneEventKind::Expires)), ["2026-12-31"]);
    assert!(lane.events.is_sorted_by_key(|event| event.at), "{:#?}", lane.events);
}

#[test]
fn a_key_that_is_due_by_its_own_end_ends_once() {
    let world = World::new();
    add(&world, "main", None, None, Some("2026-12-31"));
    let lane = lane(&world);
    assert_eq!(days(&of_kind(&lane, LaneEventKind::Expires)), ["2026-12-31"]);
    assert!(of_kind(&lane, LaneEventKind::Due).is_empty());
    assert_eq!(lane.due_on, lane.until);
}

/// In Berlin the clocks go back on the night of 25 October.
fn in_berlin(at: DateTime<Utc>) -> FixedOffset {
    let summer = at < "2026-10-25T01:00:00Z".parse::<DateTime<Utc>>().unwrap();
    FixedOffset::east_opt(if summer { 7_200 } else { 3_600 }).unwrap()
}

#[test]
fn days_and_reminders_are_those_of_the_users_own_clock_also_on_the_day_it_changes() {
    let world = World::new();
    world.clock.move_to(in_berlin);
    add(&world, "main", None, None, Some("2026-10-26"));
    let lane = lane(&world);
    let ends = of_kind(&lane, LaneEventKind::Expires);
    assert_eq!(ends[0].at, at("2026-10-25T23:00:00Z"), "midnight in winter");
    let reminders = of_kind(&lane, LaneEventKind::Reminder);
    assert_eq!(days(&reminders)[2..], ["2026-10-19", "2026-10-25", "2026-10-26"]);
    assert_eq!(reminders[2].at, at("2026-10-19T07:00:00Z"), "nine in summer");
    assert_eq!(reminders[3].at, at("2026-10-25T08:00:00Z"), "nine on the day of 25 hours");
}

#[tokio::test]
async fn a_token_that_ends_after_the_users_midnight_ends_on_that_day() {
    let world = World::new();
    world.clock.move_to(in_berlin);
    world.add_deepvue();
    world.provider_says(&[sold("token", at("2026-06-15T22:30:00Z"))]);
    world.token().await.unwrap();
    let ends = lane(&world);
    assert_eq!(days(&of_kind(&ends, LaneEventKind::TokenExpires)), ["2026-06-16"]);
}

#[test]
fn lead_times_of_the_users_own_move_the_window_and_the_reminders() {
    let world = World::new();
    add(&world, "main", None, None, Some("2026-12-31"));
    let mut settings = world.engine.reminder_settings();
    settings.lead_days = vec![60, 2];
    settings.at = "17:30:00".parse().unwrap();
    world.engine.set_reminder_settings(settings, "test").unwrap();
    let lane = lane(&world);
    assert_eq!(lane.window_from.unwrap().to_string(), "2026-11-01");
    let reminders = of_kind(&lane, LaneEventKind::Reminder);
    assert_eq!(days(&reminders), ["2026-11-01", "2026-12-29", "2026-12-31"]);
    assert_eq!(reminders[1].at, at("2026-12-29T17:30:00Z"));
}

#[test]
fn a_snoozed_reminder_stands_where_it_was_put_and_one_that_is_silent_nowhere() {
    let world = World::new();
    add(&world, "main", None, Some(10), None);
    let reference = "deepidv/main".parse().unwrap();
    world.engine.snooze(&reference, at("2026-06-24T20:00:00Z")).unwrap();
    let snoozed = lane(&world);
    assert_eq!(of_kind(&snoozed, LaneEventKind::Reminder)[0].at, at("2026-06-24T20:00:00Z"));
    // Who asked for a new key knows that it is due; what comes next is that the support is silent.
    let asked = Rotation { stage: RotationStage::Requested, issued_at: None, ..stored(&world) };
    write(&world, |credential| credential.rotating = Some(asked));
    let asked = lane(&world);
    let reminders = of_kind(&asked, LaneEventKind::Reminder);
    let titles: Vec<&str> = reminders.iter().map(|event| event.title.as_ref()).collect();
    assert_eq!(titles, ["A reminder comes: Support is silent about deepidv/main"]);
}

#[tokio::test]
async fn the_end_of_a_token_is_an_event() {
    let world = World::new();
    world.add_deepvue();
    let end = world.now() + TimeDelta::hours(24);
    world.provider_says(&[sold("token", end)]);
    world.token().await.unwrap();
    let lane = lane(&world);
    let ends = of_kind(&lane, LaneEventKind::TokenExpires);
    assert_eq!((ends.len(), ends[0].at), (1, end));
    assert_eq!(ends[0].title, "The token for production ends");
}

#[test]
fn a_removed_credential_has_no_lane_and_a_locked_vault_no_timeline() {
    let world = World::new();
    add(&world, "main", None, None, None);
    world.engine.remove(&"deepidv/main".parse().unwrap(), "test").unwrap();
    assert!(lanes(&world).is_empty());
    world.engine.lock().unwrap();
    assert!(matches!(world.engine.timeline(), Err(EngineError::VaultLocked)));
}

/// A rotation whose new key was stored an hour ago, at a provider that ends the old one when it is told.
fn stored(world: &World) -> Rotation {
    let hours_ago = |hours| world.now() - TimeDelta::hours(hours);
    let route = Route { requested: true, confirmed: true, old_key: OldKeyEnd::OnConfirmation };
    let request = SupportRequest { on: "2026-06-13".parse().unwrap(), ticket: None, note: None };
    let begun = Rotation::start(route, hours_ago(72));
    let stage = RotationStage::Issued;
    Rotation { request: Some(request), issued_at: Some(hours_ago(1)), stage, ..begun }
}

#[test]
fn dc7_old_and_new_are_drawn_together_only_while_both_are_known_to_work() {
    let world = World::new();
    add(&world, "main", Some("2026-01-01"), None, None);
    let issued = stored(&world);
    let overlap = |rotation: &Rotation| {
        write(&world, |credential| credential.rotating = Some(rotation.clone()));
        lane(&world).overlap
    };
    assert_eq!(overlap(&issued), None, "nobody tried the new one");
    let verified_at = world.now();
    let verified = Some(Verification { at: verified_at, by: VerifiedBy::TestCall });
    let verified = Rotation { verified, stage: RotationStage::Verified, ..issued };
    assert_eq!(overlap(&verified), Some(Overlap { from: verified_at, until: None }));
    world.clock.advance(TimeDelta::hours(5));
    let confirmed_at = Some(world.now());
    let confirmed = Rotation {
        confirmed_at,
        old_key: OldKeyLife::Unknown,
        stage: RotationStage::Confirmed,
        ..verified
    };
    assert_eq!(overlap(&confirmed), Some(Overlap { from: verified_at, until: confirmed_at }));
}

#[test]
fn dc7_the_stages_of_a_rotation_are_events() {
    let world = World::new();
    add(&world, "main", Some("2026-01-01"), None, None);
    let now = world.now();
    let verified = Some(Verification { at: now, by: VerifiedBy::Word });
    let emergency = Some(Emergency { declared_at: now - TimeDelta::hours(71), note: None });
    let rotation = Rotation {
        verified,
        emergency,
        confirmed_at: Some(now),
        promoted_at: Some(now + TimeDelta::minutes(1)),
        old_key: OldKeyLife::Ended { known_at: now + TimeDelta::minutes(2) },
        ..stored(&world)
    };
    write(&world, |credential| credential.rotating = Some(rotation));
    let lane = lane(&world);
    let titles: Vec<&str> =
        of_kind(&lane, LaneEventKind::Rotation).iter().map(|event| event.title.as_ref()).collect();
    assert_eq!(
        titles,
        [
            "The rotation began",
            "The key was called compromised",
            "The provider's support was asked for a new key",
            "The new key was stored beside the old one",
            "The new key is known to work, by the user's word",
            "The provider was told that the new key arrived",
            "The new key became the one in use",
            "The old key is dead, at the latest since then",
        ]
    );
}

#[test]
fn after_a_promotion_the_bar_is_the_new_keys() {
    let world = World::new();
    add(&world, "main", Some("2026-01-01"), None, None);
    world.clock.advance(TimeDelta::days(3));
    let rotation = Rotation { promoted_at: Some(world.now()), ..stored(&world) };
    write(&world, |credential| {
        credential.rotation.issued_on = None;
        credential.secrets_stored_at = rotation.issued_at;
        credential.rotating = Some(rotation);
    });
    assert_eq!(lane(&world).from.to_string(), "2026-06-18", "the day it was stored");
}
