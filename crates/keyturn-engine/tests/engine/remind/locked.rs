//! The schedule: reminders come before anybody unlocked anything, and what was said then is not lost.

use std::fs;

use chrono::TimeDelta;
use keyturn_core::reminder::CarriedHow;
use keyturn_vault::{KeystoreError, ScheduleFile, VaultPaths};

use super::{add_ending, main, tell};
use crate::world::{KEY, World};

#[tokio::test]
async fn after_a_crash_and_before_any_unlock_a_key_is_told_and_not_again_afterwards() {
    let world = World::on_keyring();
    add_ending(&world, "main", "2026-06-17");
    tell(&world);
    let world = world.reboot();
    world.clock.advance(TimeDelta::days(2));
    assert_eq!(tell(&world), ["deepidv/main expires today"]);
    let world = world.reboot();
    assert_eq!(tell(&world), [""; 0]);
    world.unlock().unwrap();
    assert_eq!(tell(&world), [""; 0]);
    // The vault alone knows it, too.
    let world = world.restart();
    fs::remove_file(world.schedule_file()).unwrap();
    let world = world.restart();
    assert_eq!(tell(&world), [""; 0]);
}

#[tokio::test]
async fn a_snooze_while_locked_counts_also_after_another_crash_and_in_the_vault() {
    let world = World::on_keyring();
    add_ending(&world, "main", "2026-06-15");
    tell(&world);
    let world = world.reboot();
    world.engine.load_schedule();
    let until = world.now() + TimeDelta::days(1);
    let snoozed = world.engine.snooze(&main(), until).unwrap();
    assert_eq!(
        snoozed.warning.as_deref(),
        Some("the key ends on 15 June 2026, before the snooze is over")
    );
    let world = world.reboot();
    assert_eq!(tell(&world), [""; 0]);
    world.unlock().unwrap();
    world.engine.flush_journal().unwrap();
    fs::remove_file(world.schedule_file()).unwrap();
    let world = world.restart();
    assert_eq!(tell(&world), [""; 0], "the vault has it now");
    world.clock.advance(TimeDelta::days(1));
    assert_eq!(tell(&world), ["deepidv/main expired 1 day ago"]);
}

#[tokio::test]
async fn without_a_keyring_reminders_begin_with_the_unlock_and_that_is_said() {
    let world = World::new();
    world.keystore.fail_with(Some(KeystoreError::Unavailable));
    add_ending(&world, "main", "2026-06-15");
    assert_eq!(tell(&world), ["deepidv/main expires today"]);
    let problem = world.engine.schedule_problem().unwrap();
    assert!(problem.contains("only once the vault was unlocked"), "{problem}");
    assert!(problem.contains("no keyring answers"), "{problem}");
    assert!(!world.schedule_file().exists());
    let world = world.reboot();
    world.clock.advance(TimeDelta::days(7));
    assert_eq!(tell(&world), [""; 0]);
    world.unlock().unwrap();
    assert_eq!(tell(&world), ["deepidv/main expired 7 days ago"], "and the first is not repeated");
    world.keystore.fail_with(None);
    world.clock.advance(TimeDelta::minutes(2));
    world.engine.flush_schedule().unwrap();
    assert_eq!(world.engine.schedule_problem(), None, "a keyring that comes back is used");
    assert!(world.schedule_file().exists());
}

#[tokio::test]
async fn a_schedule_that_was_put_back_repeats_nothing_that_the_vault_knows() {
    let world = World::on_keyring();
    add_ending(&world, "main", "2026-06-15");
    world.engine.flush_schedule().unwrap();
    let older = fs::read(world.schedule_file()).unwrap();
    assert_eq!(tell(&world).len(), 1);
    world.engine.lock().unwrap();
    fs::write(world.schedule_file(), older).unwrap();
    let world = world.reboot();
    world.unlock().unwrap();
    assert_eq!(tell(&world), [""; 0]);
}

#[tokio::test]
async fn a_damaged_schedule_is_passed_over_and_made_anew_at_the_unlock() {
    let world = World::on_keyring();
    add_ending(&world, "main", "2026-06-17");
    tell(&world);
    let mut bytes = fs::read(world.schedule_file()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(world.schedule_file(), &bytes).unwrap();
    let world = world.reboot();
    let problem = world.engine.load_schedule().unwrap();
    assert!(problem.contains("passed over"), "{problem}");
    assert_eq!(world.engine.reminders(), []);
    world.unlock().unwrap();
    world.engine.flush_schedule().unwrap();
    assert_eq!(world.engine.schedule_problem(), None);
    let world = world.reboot();
    assert_eq!(world.engine.load_schedule(), None);
    assert_eq!(world.engine.reminders().len(), 2, "one told and one to come");
}

#[tokio::test]
async fn a_token_that_was_carried_out_is_told_before_its_end_also_after_a_crash() {
    let world = World::on_keyring();
    let reference = world.add_deepvue();
    let environment = "production".parse().unwrap();
    let ends = world.now() + TimeDelta::hours(24);
    world.engine.carried(&reference, &environment, CarriedHow::Copied, Some(ends));
    world.engine.carried(
        &"deepvue/none".parse().unwrap(),
        &environment,
        CarriedHow::Copied,
        Some(ends),
    );
    world.engine.flush_schedule().unwrap();
    let world = world.reboot();
    world.engine.load_schedule();
    let next = world.engine.next_reminder_at().unwrap();
    assert_eq!(ends - next, TimeDelta::hours(1));
    world.clock.hands().set(next);
    let told = "The token of deepvue/main you copied at 12:00 expires in 1 h 00 m";
    assert_eq!(tell(&world), [told]);
    world.unlock().unwrap();
    assert_eq!(tell(&world), [""; 0]);
}

/// The schedule holds names and dates; a secret or a piece of one is in none of its members.
#[tokio::test]
async fn no_secret_is_in_the_schedule() {
    let world = World::new();
    add_ending(&world, "main", "2026-06-15");
    let environment = "production".parse().unwrap();
    let ends = world.now() + TimeDelta::hours(24);
    world.engine.carried(&main(), &environment, CarriedHow::Fetched, Some(ends));
    tell(&world);
    let vault = world.opened();
    let vault_file = world.vault_file();
    let elsewhere = world.schedule_file().with_file_name("unused");
    let paths = VaultPaths {
        vault: vault_file,
        backups: elsewhere.clone(),
        anchor: elsewhere.clone(),
        lock: elsewhere,
    };
    let schedule = ScheduleFile::new(&paths, vault.vault_id()).read(&*world.keystore).unwrap();
    let text = serde_json::to_string(&schedule.unwrap()).unwrap();
    assert!(text.contains("deepidv/main") && text.contains("production"), "positive control");
    let four = keyturn_core::last_four(KEY).expect("it is long enough");
    for part in [KEY, &four, "id-1"] {
        assert!(!text.contains(part), "{part}: {text}");
    }
}
