//! Which rule a key is due by, and how it is reminded.

use chrono::{NaiveTime, TimeDelta};
use keyturn_core::reminder::{ProviderPolicy, ReminderSettings};
use keyturn_core::rotation::DueReason;
use keyturn_core::{Countdown, CredentialRef, RotationPolicy, RotationState};
use keyturn_engine::{EngineError, RemindError};

use super::{add_ending, day, tell};
use crate::world::{KEY, World, credential, deepvue, unchanged};

fn main() -> CredentialRef {
    "deepvue/main".parse().unwrap()
}

fn due(world: &World, reference: &CredentialRef) -> Option<(String, DueReason)> {
    let all = world.engine.due(100_000).unwrap();
    let found = all.into_iter().find(|due| due.reference == *reference);
    found.map(|due| (due.due.on.to_string(), due.due.reason))
}

fn on(day: &str, reason: DueReason) -> (String, DueReason) {
    (day.to_owned(), reason)
}

fn change(world: &World, change: impl FnOnce(&mut ReminderSettings)) {
    let mut settings = world.engine.reminder_settings();
    change(&mut settings);
    world.engine.set_reminder_settings(settings, "test").unwrap();
}

#[tokio::test]
async fn the_rule_of_the_key_wins_over_its_providers_and_that_over_the_general_one() {
    let world = World::on_keyring();
    world.add_deepvue();
    assert_eq!(due(&world, &main()), None, "what a profile suggests is not in force");
    change(&world, |settings| settings.rotate_every_days = Some(10));
    assert_eq!(due(&world, &main()), Some(on("2026-06-25", DueReason::Interval)));
    let provider = "deepvue".parse().unwrap();
    let policy = ProviderPolicy { provider, rotate_every_days: 20 };
    change(&world, |settings| settings.providers.push(policy));
    assert_eq!(due(&world, &main()), Some(on("2026-07-05", DueReason::Interval)));
    let mut edit = unchanged(main());
    edit.replace_on = Some(day("2026-12-24"));
    world.engine.edit(edit, "test").unwrap();
    assert_eq!(due(&world, &main()), Some(on("2026-12-24", DueReason::FixedDate)));
    let mut edit = unchanged(main());
    (edit.clear_replace_on, edit.age_only) = (true, Some(true));
    let edited = world.engine.edit(edit, "test").unwrap();
    assert_eq!((edited.due, edited.state), (None, RotationState::None), "its age is shown alone");
    let mut edit = unchanged(main());
    edit.rotate_every_days = Some(30);
    let edited = world.engine.edit(edit, "test").unwrap();
    assert_eq!(edited.due.unwrap().on, day("2026-07-15"), "a rule that is set anew counts");
    let world = world.restart();
    assert_eq!(due(&world, &main()), Some(on("2026-07-15", DueReason::Interval)));
}

#[tokio::test]
async fn chosen_thresholds_of_the_countdown_outlive_a_restart_and_a_wrong_order_is_refused() {
    let world = World::on_keyring();
    let chosen = Countdown { short_soon_percent: 40, ..Countdown::default() };
    change(&world, |settings| settings.countdown = chosen);
    assert_eq!(world.engine.countdown(), chosen);
    let world = world.restart();
    assert_eq!(world.engine.countdown(), chosen);
    let mut settings = world.engine.reminder_settings();
    settings.countdown.short_urgent_percent = 40;
    let refused = world.engine.set_reminder_settings(settings, "test").unwrap_err();
    assert!(refused.to_string().contains("urgent begins after soon"), "{refused}");
    assert_eq!(world.engine.countdown(), chosen);
}

/// DC2: the provider says that its key never ends; it is due by its age, and the list says so.
#[tokio::test]
async fn dc2_a_key_that_never_ends_is_due_by_its_age_by_any_rule() {
    let world = World::on_keyring();
    let key = credential("deepcurrent", &[], &[("api_key", "dc_0123456789abcdef")]);
    let reference = world.engine.add(key, "test").unwrap().credential.reference();
    assert_eq!(due(&world, &reference), None);
    change(&world, |settings| settings.rotate_every_days = Some(180));
    assert_eq!(due(&world, &reference), Some(on("2026-12-12", DueReason::Age)));
}

#[tokio::test]
async fn a_chosen_day_is_over_with_the_key_that_it_was_chosen_for() {
    let world = World::on_keyring();
    let mut key = credential("deepidv", &[], &[("api_key", KEY)]);
    key.rotation.replace_on = Some(day("2026-06-10"));
    let reference = world.engine.add(key, "test").unwrap().credential.reference();
    assert_eq!(tell(&world), ["deepidv/main is overdue for rotation by 5 days"]);
    let mut edit = unchanged(reference);
    let another = keyturn_core::Secret::new("another-long-lived-key".to_owned());
    edit.secrets.insert("api_key".parse().unwrap(), another);
    let edited = world.engine.edit(edit, "test").unwrap();
    assert_eq!(edited.due, None);
    world.clock.advance(TimeDelta::days(30));
    assert_eq!(tell(&world), [""; 0]);
}

#[tokio::test]
async fn an_interval_of_0_days_or_of_100_years_is_refused_and_one_of_36500_is_not() {
    let world = World::on_keyring();
    let with = |days| {
        let mut key = deepvue();
        key.rotation = RotationPolicy { rotate_every_days: Some(days), ..Default::default() };
        world.engine.add(key, "test")
    };
    for days in [0, 36_501, u32::MAX] {
        let refused = with(days).unwrap_err();
        let words = refused.to_string();
        assert!(matches!(refused, EngineError::Remind(RemindError::Settings(_))), "{refused:?}");
        assert_eq!(words, format!("an interval is 1 to 36500 days, and not {days}"));
    }
    assert_eq!(with(36_500).unwrap().due.unwrap().on, day("2126-05-22"));
    let mut edit = unchanged(main());
    edit.rotate_every_days = Some(36_501);
    assert!(world.engine.edit(edit, "test").is_err());
    let mut settings = world.engine.reminder_settings();
    settings.rotate_every_days = Some(0);
    assert!(world.engine.set_reminder_settings(settings.clone(), "test").is_err());
    settings.rotate_every_days = None;
    let provider = "nobody".parse().unwrap();
    settings.providers = vec![ProviderPolicy { provider, rotate_every_days: 9 }];
    let unknown = world.engine.set_reminder_settings(settings, "test").unwrap_err();
    assert!(matches!(unknown, EngineError::NoProvider { .. }), "{unknown:?}");
}

#[tokio::test]
async fn lead_times_hour_and_quiet_hours_are_the_users_also_while_locked() {
    let world = World::on_keyring();
    add_ending(&world, "main", "2026-07-20");
    change(&world, |settings| {
        settings.lead_days = vec![3, 21];
        settings.at = NaiveTime::from_hms_opt(18, 30, 0).unwrap();
        settings.quiet_from = NaiveTime::from_hms_opt(18, 0, 0);
        settings.quiet_until = NaiveTime::from_hms_opt(8, 15, 0);
        settings.hide_names = true;
    });
    world.engine.flush_schedule().unwrap();
    let world = world.reboot();
    world.engine.load_schedule();
    assert!(world.engine.reminder_settings().hide_names, "known before the unlock");
    let mut days = Vec::new();
    while let Some(next) = world.engine.next_reminder_at().filter(|_| days.len() < 3) {
        world.clock.hands().set(next);
        assert_eq!(tell(&world).len(), 1);
        days.push(next.format("%m-%d %H:%M").to_string());
    }
    assert_eq!(days, ["06-30 08:15", "07-18 08:15", "07-21 08:15"]);
}

#[tokio::test]
async fn a_pause_silences_all_and_loses_nothing() {
    let world = World::on_keyring();
    add_ending(&world, "main", "2026-06-15");
    let until = world.now() + TimeDelta::hours(1);
    change(&world, |settings| settings.paused_until = Some(until));
    assert_eq!(tell(&world), [""; 0]);
    assert_eq!(world.engine.next_reminder_at(), Some(until));
    world.clock.advance(TimeDelta::hours(1));
    assert_eq!(tell(&world), ["deepidv/main expires today"]);
}

/// DV14: monitoring is to be looked at again after 30 days, ticked or not.
#[tokio::test]
async fn dv14_monitoring_is_reminded_of_and_a_tick_puts_it_30_days_on() {
    let world = World::on_keyring();
    world.add_deepvue();
    world.engine.load_schedule();
    world.clock.advance(TimeDelta::days(30));
    let told = world.engine.reminders_to_tell();
    let monitoring = told.iter().find(|one| one.id.series.item == "monitoring").unwrap();
    assert!(monitoring.title.contains("checklist"), "{}", monitoring.title);
    tell(&world);
    world.engine.tick(&main(), "monitoring", true, "test").unwrap();
    let open = world
        .engine
        .reminders()
        .into_iter()
        .filter(|entry| entry.reminder.id.series.item == "monitoring");
    let due: Vec<_> = open.map(|entry| entry.reminder.due_on.unwrap()).collect();
    assert_eq!(due, [world.engine.today() + chrono::Days::new(30)]);
}
