//! A key that has come due is told once: not before its day, not twice, not again after a restart.

use chrono::TimeDelta;
use keyturn_core::RotationPolicy;

use crate::world::{World, deepvue};

fn due_on(world: &World, day: &str) {
    let expires_on = Some(day.parse().unwrap());
    let mut credential = deepvue();
    credential.rotation = RotationPolicy { expires_on, ..RotationPolicy::default() };
    world.engine.add(credential, "test").unwrap();
}

#[tokio::test]
async fn a_due_key_is_told_once_also_after_a_restart() {
    let world = World::new();
    due_on(&world, "2026-06-15");
    let reminders = world.engine.untold_reminders();
    assert_eq!(reminders.len(), 1);
    world.engine.told(&reminders[0]).unwrap();
    assert!(world.engine.untold_reminders().is_empty());
    let world = world.restart();
    assert!(world.engine.untold_reminders().is_empty());
}

#[tokio::test]
async fn a_key_that_comes_due_while_the_vault_is_locked_is_told_then_and_not_again() {
    let world = World::new();
    due_on(&world, "2026-06-17");
    world.engine.lock().unwrap();
    assert!(world.engine.untold_reminders().is_empty(), "not before its day");
    world.clock.advance(TimeDelta::days(2));
    let reminders = world.engine.untold_reminders();
    assert_eq!(reminders.len(), 1, "names and dates are kept while it is locked");
    world.engine.told(&reminders[0]).unwrap();
    world.unlock().unwrap();
    assert!(world.engine.untold_reminders().is_empty());
    world.engine.write_told().unwrap();
    let world = world.restart();
    assert!(world.engine.untold_reminders().is_empty());
}

#[tokio::test]
async fn a_removed_key_is_not_told() {
    let world = World::new();
    due_on(&world, "2026-06-15");
    world.engine.remove(&"deepvue/main".parse().unwrap(), "test").unwrap();
    assert!(world.engine.untold_reminders().is_empty());
}
