//! The calendar file: what is due is in it on its day, and nothing that is nobody's business.

use chrono::TimeDelta;
use keyturn_core::RotationPolicy;
use keyturn_engine::{AddCredential, EngineError};

use crate::world::{KEY, World, deepvue, unchanged};

/// Adds `deepvue/main`, issued on the first day of 2026 and to be replaced after so many days.
fn add_due(world: &World, days: u32, expires_on: Option<&str>) {
    let rotation = RotationPolicy {
        issued_on: Some("2026-01-01".parse().unwrap()),
        expires_on: expires_on.map(|day| day.parse().unwrap()),
        rotate_every_days: Some(days),
        ..RotationPolicy::default()
    };
    world.engine.add(AddCredential { rotation, ..deepvue() }, "test").unwrap();
}

/// The properties of each event, folded lines put together again.
fn events(world: &World, with_names: bool) -> Vec<Vec<String>> {
    let file = world.engine.calendar(with_names).unwrap();
    let text = file.text.replace("\r\n ", "");
    let inner = text.split("BEGIN:VEVENT\r\n").skip(1);
    let events: Vec<Vec<String>> = inner
        .map(|event| event.split("\r\n").take_while(|line| *line != "END:VEVENT"))
        .map(|lines| lines.map(str::to_owned).collect())
        .collect();
    assert_eq!(events.len(), file.events as usize);
    events
}

#[track_caller]
fn value<'a>(event: &'a [String], name: &str) -> &'a str {
    let mut lines = event.iter().filter_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    lines.next().unwrap_or_else(|| panic!("{name} is there: {event:#?}"))
}

#[test]
fn a_due_key_is_a_whole_day_that_keeps_nobody_busy() {
    let world = World::new();
    add_due(&world, 256, None);
    let events = events(&world, true);
    assert_eq!(events.len(), 1);
    let event = &events[0];
    assert_eq!(value(event, "DTSTART;VALUE=DATE"), "20260914");
    assert_eq!(value(event, "DTEND;VALUE=DATE"), "20260915");
    assert_eq!(value(event, "TRANSP"), "TRANSPARENT");
    assert_eq!(value(event, "CLASS"), "PRIVATE");
    assert_eq!(value(event, "DTSTAMP"), "20260615T120000Z", "by the injected clock");
    assert_eq!(value(event, "SUMMARY"), "Replace the key deepvue/main");
    let alarms: Vec<&str> = event.iter().filter_map(|line| line.strip_prefix("TRIGGER:")).collect();
    assert_eq!(alarms, ["-P29DT15H", "-P13DT15H", "-P6DT15H", "-PT15H", "PT9H"]);
}

#[test]
fn an_alarm_that_is_past_is_left_out_and_an_overdue_key_has_none() {
    let world = World::new();
    add_due(&world, 170, None);
    let alarms = |world: &World| -> Vec<String> {
        let lines = events(world, true).remove(0).into_iter();
        lines.filter_map(|line| Some(line.strip_prefix("TRIGGER:")?.to_owned())).collect()
    };
    assert_eq!(alarms(&world), ["-PT15H", "PT9H"], "due in five days");
    world.clock.advance(TimeDelta::days(30));
    assert_eq!(alarms(&world), [""; 0]);
}

#[test]
fn an_event_keeps_its_name_when_its_key_is_renamed_or_due_on_another_day() {
    let world = World::new();
    add_due(&world, 256, None);
    let before = events(&world, true).remove(0);
    let mut edit = unchanged("deepvue/main".parse().unwrap());
    edit.name = Some("spare".parse().unwrap());
    edit.rotate_every_days = Some(300);
    world.engine.edit(edit, "test").unwrap();
    let after = events(&world, false).remove(0);
    assert_eq!(value(&before, "UID"), value(&after, "UID"));
    assert_ne!(value(&before, "DTSTART;VALUE=DATE"), value(&after, "DTSTART;VALUE=DATE"));
    let sequence = |event: &[String]| value(event, "SEQUENCE").parse::<u32>().unwrap();
    assert!(sequence(&before) < sequence(&after), "the newer one wins");
}

#[test]
fn the_end_of_a_key_is_an_event_of_its_own_where_it_is_due_before() {
    let world = World::new();
    add_due(&world, 256, Some("2027-01-01"));
    let titles = |world: &World| -> Vec<String> {
        events(world, true).iter().map(|event| value(event, "SUMMARY").to_owned()).collect()
    };
    assert_eq!(titles(&world), ["Replace the key deepvue/main", "The key deepvue/main ends"]);
    let mut edit = unchanged("deepvue/main".parse().unwrap());
    edit.expires_on = Some("2026-08-01".parse().unwrap());
    world.engine.edit(edit, "test").unwrap();
    assert_eq!(titles(&world), ["The key deepvue/main ends"], "once, where it is due by that");
}

#[test]
fn what_is_removed_or_never_due_is_in_no_calendar() {
    let world = World::new();
    add_due(&world, 256, None);
    let mut other = deepvue();
    other.name = "other".parse().unwrap();
    world.engine.add(other, "test").unwrap();
    assert_eq!(events(&world, true).len(), 1);
    world.engine.remove(&"deepvue/main".parse().unwrap(), "test").unwrap();
    assert!(events(&world, true).is_empty());
}

#[test]
fn a_day_that_no_calendar_can_hold_is_left_out() {
    let world = World::new();
    add_due(&world, 256, Some("9999-12-31"));
    assert_eq!(events(&world, true).len(), 1);
}

/// A credential whose every text would be seen.
fn add_telling(world: &World, owner: &str) {
    let rotation = RotationPolicy { rotate_every_days: Some(90), ..RotationPolicy::default() };
    let mut telling = AddCredential { rotation, ..deepvue() };
    telling.name = "canary-name".parse().unwrap();
    telling.owner = Some(owner.to_owned());
    telling.note = Some("canary-note".to_owned());
    world.engine.add(telling, "test").unwrap();
}

#[test]
fn no_secret_no_part_of_one_no_host_and_no_note_is_in_a_calendar() {
    let world = World::new();
    add_telling(&world, "canary-owner");
    let text = |with_names| world.engine.calendar(with_names).unwrap().text.replace("\r\n ", "");
    let named = text(true);
    for name in ["canary-name", "canary-owner"] {
        assert!(named.contains(name), "names are there where they are wanted:\n{named}");
    }
    let bare = text(false);
    assert!(bare.contains("A key is due"), "{bare}");
    for name in ["canary-name", "canary-owner", "deepvue"] {
        assert!(!bare.contains(name), "{name}:\n{bare}");
    }
    for text in [&named, &bare] {
        for told in [KEY, "7x9z", "id-1", "canary-note", "deepvue.tech", "production"] {
            assert!(!text.contains(told), "{told}:\n{text}");
        }
    }
}

#[test]
fn no_text_breaks_out_of_its_line_and_no_line_is_longer_than_75_octets() {
    let world = World::new();
    let owner = "Ann, Bob; \\ \u{1f511}鍵\r\nEND:VEVENT\rATTENDEE:x\u{2028}\u{0}\t".repeat(20);
    add_telling(&world, &owner);
    let text = world.engine.calendar(true).unwrap().text;
    assert!(text.ends_with("\r\nEND:VCALENDAR\r\n"));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.chars().any(|one| one.is_control() || one == '\u{2028}'), "{line:?}");
    }
    let whole = text.replace("\r\n ", "");
    assert_eq!(whole.matches("\r\nEND:VEVENT\r\n").count(), 1);
    assert!(!whole.contains("\r\nATTENDEE"), "{whole}");
    let escaped = "Owner: Ann\\, Bob\\; \\\\ \u{1f511}鍵\\nEND:VEVENT\\nATTENDEE:x\\n ";
    assert!(whole.contains(escaped), "{whole}");
}

#[test]
fn a_locked_vault_gives_no_calendar() {
    let world = World::new();
    add_due(&world, 256, None);
    world.engine.lock().unwrap();
    assert!(matches!(world.engine.calendar(true), Err(EngineError::VaultLocked)));
}
