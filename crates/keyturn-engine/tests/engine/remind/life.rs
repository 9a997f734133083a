//! Half a year of an agent's life: the vault is locked and opened, the process ends and begins anew, keys
//! are replaced and removed; each day that counts is told once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate, TimeDelta};
use keyturn_core::reminder::Step;

use super::{add_ending, day};
use crate::world::{World, unchanged};

const KEYS: usize = 12;
const DAYS: u64 = 180;

#[tokio::test]
async fn locked_opened_and_restarted_at_will_each_day_that_counts_is_told_once() {
    let mut world = World::on_keyring();
    let begin = day("2026-06-15");
    let end = |number: usize| begin + Days::new(u64::try_from(number * 17).unwrap());
    let name = |number: usize| format!("key-{number:02}");
    let mut ends: BTreeMap<String, NaiveDate> = BTreeMap::new();
    for number in 0..KEYS {
        add_ending(&world, &name(number), &end(number).to_string());
        ends.insert(format!("deepidv/{}", name(number)), end(number));
    }
    let mut told: BTreeSet<(String, NaiveDate, NaiveDate)> = BTreeSet::new();
    let mut expected = told.clone();
    for number in 0..DAYS {
        // Noon: nine o'clock has passed.
        let today = begin + Days::new(number);
        world.clock.hands().set(today.and_hms_opt(12, 0, 0).unwrap().and_utc());
        match number % 11 {
            1 | 6 => world.engine.lock().unwrap(),
            3 | 8 => {
                world.engine.flush_schedule().unwrap();
                world = world.reboot();
            }
            0 | 5 | 9 => world.unlock().unwrap(),
            _ => {}
        }
        if world.engine.is_unlocked() && number % 9 == 0 && number > 0 {
            let first = ends.keys().next().unwrap().clone();
            let mut edit = unchanged(first.parse().unwrap());
            edit.expires_on = Some(today + Days::new(45));
            world.engine.edit(edit, "test").unwrap();
            let last = ends.keys().last().unwrap().clone();
            ends.remove(&first);
            if number % 45 == 0 && ends.len() > 3 {
                world.engine.remove(&last.parse().unwrap(), "test").unwrap();
                ends.remove(&last);
            }
            ends.insert(first, today + Days::new(45));
            world.engine.flush_schedule().unwrap();
        }
        for (reference, end) in &ends {
            let past = |days: i64| *end + TimeDelta::days(days);
            let all = [-30, -14, -7, -1].into_iter().chain((0..40).map(|week| week * 7)).map(past);
            if let Some(newest) = all.filter(|day| *day <= today).max() {
                expected.insert((reference.clone(), *end, newest));
            }
        }
        world.engine.load_schedule();
        for reminder in world.engine.reminders_to_tell() {
            let Step::Day(step) = reminder.id.step else { unreachable!("no token was carried") };
            let place = (reminder.reference.to_string(), reminder.due_on.unwrap(), step);
            assert!(told.insert(place.clone()), "{place:?} was told before");
            world.engine.told(&[reminder.id]).unwrap();
        }
    }
    assert_eq!(told, expected);
    assert!(told.len() > 60, "positive control: {}", told.len());
}
