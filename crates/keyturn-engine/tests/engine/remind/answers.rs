//! What the user says to a reminder.

use chrono::TimeDelta;
use keyturn_core::RotationState;
use keyturn_core::reminder::ReminderKind;
use keyturn_engine::{EngineError, RemindError};

use super::{add_ending, day, main, tell};
use crate::world::{World, credential};

#[tokio::test]
async fn a_snooze_of_nothing_into_the_past_or_of_years_is_refused_and_one_beyond_the_day_warned_of()
{
    let world = World::on_keyring();
    add_ending(&world, "main", "2026-06-20");
    world.engine.load_schedule();
    let snooze = |days: i64| world.engine.snooze(&main(), world.now() + TimeDelta::days(days));
    for days in [0, -3] {
        let refused = snooze(days).unwrap_err();
        let past = EngineError::Remind(RemindError::SnoozeInThePast).to_string();
        assert_eq!(refused.to_string(), past);
    }
    let refused = snooze(367).unwrap_err();
    assert!(matches!(refused, EngineError::Remind(RemindError::SnoozeTooLong)), "{refused:?}");
    assert_eq!(snooze(3).unwrap().warning, None);
    let warning = snooze(6).unwrap().warning.unwrap();
    assert!(warning.contains("20 June 2026"), "{warning}");
    let until = world.now() + TimeDelta::days(1);
    let unknown = world.engine.snooze(&"deepidv/none".parse().unwrap(), until).unwrap_err();
    assert!(matches!(unknown, EngineError::NoCredential { .. }), "{unknown:?}");
    let mut nothing = credential("deepidv", &[], &[("api_key", "key-0123456789")]);
    nothing.name = "dateless".parse().unwrap();
    let reference = world.engine.add(nothing, "test").unwrap().credential.reference();
    let refused = world.engine.snooze(&reference, until).unwrap_err();
    assert!(matches!(refused, EngineError::Remind(RemindError::Nothing { .. })), "{refused:?}");
}

#[tokio::test]
async fn one_notification_is_put_off_and_comes_again() {
    let world = World::on_keyring();
    add_ending(&world, "main", "2026-06-15");
    tell(&world);
    let id = world.engine.inbox().items[0].reminder.id.clone();
    world.engine.snooze_these(&[id], world.now() + TimeDelta::minutes(10)).unwrap();
    assert_eq!(world.engine.inbox().unread, 0);
    assert_eq!(world.engine.next_reminder_at(), Some(world.now() + TimeDelta::minutes(10)));
    world.clock.advance(TimeDelta::minutes(10));
    assert_eq!(tell(&world), ["deepidv/main expires today"]);
    assert_eq!(world.engine.inbox().items.len(), 1, "and stands in the inbox once");
    assert_eq!(world.engine.inbox().unread, 1);
}

#[tokio::test]
async fn an_acknowledged_overdue_key_is_silent() {
    let world = World::on_keyring();
    add_ending(&world, "main", "2026-06-01");
    tell(&world);
    world.engine.acknowledge(&main()).unwrap();
    let world = world.restart();
    world.clock.advance(TimeDelta::days(100));
    assert_eq!(tell(&world), [""; 0]);
}

fn add_deepcurrent(world: &World) {
    let mut key = credential("deepcurrent", &[], &[("api_key", "dc_0123456789abcdef")]);
    key.rotation.issued_on = Some(day("2025-12-17"));
    key.rotation.rotate_every_days = Some(180);
    world.engine.add(key, "test").unwrap();
}

/// DC7: the support's silence is told of after the profile's three days, and again; DC2: by its age.
#[tokio::test]
async fn dc7_a_request_noted_while_locked_is_in_the_vault_after_the_unlock_and_nudged_from_then_on()
{
    let world = World::on_keyring();
    add_deepcurrent(&world);
    let reference = "deepcurrent/main".parse().unwrap();
    world.engine.load_schedule();
    let due = world.engine.reminders_to_tell();
    assert!(due[0].can_request && due[0].kind == ReminderKind::RotationDue);
    assert!(due[0].body.contains("never ends by itself and is 180 days old"), "{}", due[0].body);
    tell(&world);
    let world = world.reboot();
    world.engine.load_schedule();
    world.engine.mark_requested(&reference, "test").unwrap();
    let world = world.reboot();
    world.engine.load_schedule();
    world.clock.advance(TimeDelta::days(3));
    assert_eq!(tell(&world), ["Support is silent about deepcurrent/main"]);
    world.unlock().unwrap();
    let shown = world.engine.show(&reference).unwrap();
    assert_eq!(shown.state, RotationState::Requested);
    let request = shown.credential.rotating.unwrap().request.unwrap();
    assert_eq!(request.on, day("2026-06-15"), "the day of the mark, not of the unlock");
    assert_eq!(tell(&world), [""; 0]);
    world.clock.advance(TimeDelta::days(3));
    assert_eq!(tell(&world), ["Support is silent about deepcurrent/main"]);
    let again = world.restart();
    assert_eq!(tell(&again), [""; 0]);
    let journal = again.engine.show(&reference).unwrap().credential.rotating.unwrap().request;
    assert_eq!(journal.unwrap().on, day("2026-06-15"), "it was noted once");
}

#[tokio::test]
async fn a_request_is_noted_only_where_one_is_waited_for() {
    let world = World::on_keyring();
    add_ending(&world, "main", "2026-06-15");
    tell(&world);
    world.engine.lock().unwrap();
    let refused = world.engine.mark_requested(&main(), "test").unwrap_err();
    assert!(matches!(refused, EngineError::Remind(RemindError::NothingToRequest { .. })));
}
