//! A key that has come due is told once: not before its day, not twice, not again after a restart.

use chrono::TimeDelta;

use super::{add_ending, main, tell};
use crate::world::{World, deepvue};

#[tokio::test]
async fn a_due_key_is_told_once_also_after_a_restart() {
    let world = World::on_keyring();
    add_ending(&world, "main", "2026-06-15");
    assert_eq!(tell(&world), ["deepidv/main expires today"]);
    let world = world.restart();
    assert_eq!(tell(&world), [""; 0]);
    let world = world.reboot();
    assert_eq!(tell(&world), [""; 0], "nor before it is unlocked");
}

#[tokio::test]
async fn a_key_that_comes_due_while_the_vault_is_locked_is_told_then_and_not_again() {
    let world = World::on_keyring();
    add_ending(&world, "main", "2026-06-17");
    assert_eq!(tell(&world), ["deepidv/main expires in 2 days"]);
    world.engine.lock().unwrap();
    assert_eq!(tell(&world), [""; 0], "not before the next day that counts");
    world.clock.advance(TimeDelta::days(2));
    assert_eq!(tell(&world), ["deepidv/main expires today"], "names and dates are kept");
    world.unlock().unwrap();
    assert_eq!(tell(&world), [""; 0]);
    let world = world.restart();
    assert_eq!(tell(&world), [""; 0]);
}

#[tokio::test]
async fn a_removed_key_and_one_that_was_replaced_are_not_told() {
    let world = World::on_keyring();
    add_ending(&world, "main", "2026-06-20");
    add_ending(&world, "other", "2026-06-20");
    world.engine.remove(&main(), "test").unwrap();
    let mut edit = crate::world::unchanged("deepidv/other".parse().unwrap());
    edit.expires_on = Some("2027-06-20".parse().unwrap());
    world.engine.edit(edit, "test").unwrap();
    world.clock.advance(TimeDelta::days(10));
    assert_eq!(tell(&world), [""; 0]);
}

#[tokio::test]
async fn what_was_told_is_in_the_inbox_until_it_is_read_also_after_a_restart() {
    let world = World::on_keyring();
    add_ending(&world, "main", "2026-06-15");
    add_ending(&world, "other", "2026-06-15");
    assert_eq!(tell(&world).len(), 2);
    let inbox = world.engine.inbox();
    assert_eq!((inbox.items.len(), inbox.unread), (2, 2));
    world.engine.mark_read(&[inbox.items[0].reminder.id.clone()]).unwrap();
    let world = world.restart();
    assert_eq!(world.engine.inbox().unread, 1);
    world.engine.mark_read(&[]).unwrap();
    let world = world.reboot();
    world.engine.load_schedule();
    assert_eq!(world.engine.inbox().unread, 0);
}

#[tokio::test]
async fn a_key_that_an_earlier_version_told_of_is_not_told_of_again() {
    let world = World::new();
    let credential = world.engine.add(deepvue(), "test").unwrap().credential;
    let mut vault = world.opened();
    let mut told = credential;
    told.rotation.expires_on = Some("2026-06-15".parse().unwrap());
    told.reminded_of = told.rotation.expires_on;
    let mut batch = keyturn_vault::Batch::new();
    batch.put_credential(told);
    vault.commit(batch).unwrap();
    drop(vault);
    world.unlock().unwrap();
    assert_eq!(tell(&world), [""; 0]);
}

#[tokio::test]
async fn the_next_one_is_known_and_what_is_to_come_is_listed() {
    let world = World::on_keyring();
    add_ending(&world, "main", "2026-07-16");
    world.engine.load_schedule();
    let next = world.engine.next_reminder_at().unwrap();
    assert_eq!(next.to_string(), "2026-06-16 09:00:00 UTC");
    let coming = world.engine.reminders();
    assert_eq!(coming.len(), 1);
    assert_eq!((coming[0].reminder.at, coming[0].told_at), (next, None));
    world.clock.hands().set(next);
    assert_eq!(tell(&world), ["deepidv/main expires in 30 days"]);
    let listed = world.engine.reminders();
    let told: Vec<_> = listed.iter().map(|entry| entry.told_at.is_some()).collect();
    assert_eq!(told, [true, false], "the one that was told, and the next one");
}
