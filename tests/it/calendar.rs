//! Having what is due in one's own calendar: the file is read by programs that others wrote.

use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use keyturn_sandbox::Provider;
use serde_json::Value;

use crate::support::World;

/// What a reader of calendar files understands; it fails the test where it finds a fault.
#[track_caller]
fn read_with(reader: &str, calendar: &str) -> Value {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let python = top.join("target/calendar/bin/python");
    assert!(python.exists(), "the readers are missing: scripts/setup.sh test installs them");
    let mut child = Command::new(python)
        .arg(top.join("tests/calendar/read.py"))
        .arg(reader)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // One that gives up early says why on stderr.
    drop(child.stdin.take().unwrap().write_all(calendar.as_bytes()));
    let output = child.wait_with_output().unwrap();
    let problem = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{reader}: {problem}\n{calendar}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What both readers understand, which has to be the same.
#[track_caller]
fn read(calendar: &str) -> Value {
    let [one, other] = ["icalendar", "vobject"].map(|reader| read_with(reader, calendar));
    assert_eq!(one, other, "both understand the same");
    one
}

/// Three keys with owners that are hard to write down.
fn with_keys() -> World {
    let world = World::with_providers();
    let hard = "Ann, Bob; \\ \"Zoë\" 鍵 🔑 =1:2\r\nEND:VEVENT\nSecond line";
    let long = "Ops, ".repeat(100);
    let ends = ["--expires", "2099-05-31", "--owner", long.trim_end()];
    world.add_with(Provider::Deepvue, &ends);
    let overdue = ["--issued", "2024-01-01", "--rotate-every", "60d", "--owner", hard];
    world.add_with(Provider::Deepidv, &overdue);
    let leap = ["--issued", "2095-12-31", "--rotate-every", "60d", "--expires", "2096-12-31"];
    world.add_with(Provider::Deeply, &leap);
    world.add(Provider::Deepcurrent);
    world
}

#[test]
fn a_calendar_says_to_other_programs_what_due_says() {
    let world = with_keys();
    let calendar = world.keyturn(&["calendar"]).run().done().stdout;
    let understood = read(&calendar);
    assert_eq!(understood["version"], "2.0");
    assert_eq!(understood["scale"], "GREGORIAN");
    let events = understood["events"].as_array().unwrap();

    let due = world.keyturn(&["due", "--within", "36500d", "--format", "json"]).run().done();
    let due = due.json();
    let due = due.as_array().unwrap();
    assert_eq!(due.len(), 3);
    for item in due {
        let reference = item["ref"].as_str().unwrap();
        let mut of_it = events.iter().filter(|event| {
            let uid = event["uid"].as_str().unwrap();
            uid.ends_with("-due") && event["summary"].as_str().unwrap().contains(reference)
        });
        let event = of_it.next().unwrap();
        assert!(of_it.next().is_none(), "once: {reference}");
        assert_eq!(event["start"], item["due_on"]);
        let day = |value: &Value| value.as_str().unwrap().parse::<chrono::NaiveDate>().unwrap();
        assert_eq!(day(&event["end"]), day(&event["start"]).succ_opt().unwrap());
        assert_eq!(event["transparency"], "TRANSPARENT");
        assert_eq!(event["class"], "PRIVATE");
        assert_eq!(event["categories"], serde_json::json!(["Keyturn"]));
        let owner = world.listed(reference)["owner"].as_str().map(|it| it.replace('\r', ""));
        if let Some(owner) = owner {
            let description = event["description"].as_str().unwrap();
            assert!(description.contains(&format!("Owner: {owner}\n")), "{description}");
        }
        // Days ahead, each at nine o'clock: 30, 14, 7, 1, and the day itself.
        let expected = if item["days_left"].as_i64() < Some(0) {
            Vec::new()
        } else {
            [30, 14, 7, 1, 0].map(|days| 9 * 3_600 - days * 86_400).to_vec()
        };
        let alarms = event["alarms"].as_array().unwrap().iter();
        let triggers: Vec<i64> = alarms.map(|one| one["trigger_s"].as_i64().unwrap()).collect();
        assert_eq!(triggers, expected, "{reference}");
    }
    let is_end = |event: &&Value| event["uid"].as_str().unwrap().ends_with("-end");
    let ends: Vec<&Value> = events.iter().filter(is_end).collect();
    assert_eq!(ends.len(), 1, "the key that is due before its end has both");
    assert_eq!(ends[0]["start"], "2096-12-31");
    assert_eq!(events.len(), 4);
}

#[test]
fn a_calendar_without_names_tells_days_alone() {
    let world = with_keys();
    let named = read(&world.keyturn(&["calendar"]).run().done().stdout);
    let calendar = world.keyturn(&["calendar", "--without-names"]).run().done().stdout;
    let bare = read(&calendar);
    for name in ["deep", "main", "Ann", "Ops", "sandbox"] {
        assert!(!calendar.contains(name), "{name}:\n{calendar}");
    }
    let days = |calendar: &Value| -> Vec<(Value, Value)> {
        let events = calendar["events"].as_array().unwrap().iter();
        events.map(|event| (event["uid"].clone(), event["start"].clone())).collect()
    };
    assert_eq!(days(&named), days(&bare), "the same events");
}

#[test]
fn a_calendar_goes_to_a_file_of_its_own_and_over_nobody_elses() {
    let world = with_keys();
    let file = world.folder().join("keys.ics");
    let write = || world.keyturn(&["calendar", "--out", "keys.ics", "--format", "json"]).run();
    let written = write().done().json();
    assert_eq!((&written["events"], &written["text"]), (&Value::from(4), &Value::Null));
    let first = std::fs::read_to_string(&file).unwrap();
    read(&first);
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);

    world.keyturn(&["edit", "deepidv/main", "--rotate-every", "never"]).run().done();
    assert_eq!(write().done().json()["events"], 3, "its own file is written anew");
    assert_ne!(std::fs::read_to_string(&file).unwrap(), first);

    let foreign = world.folder().join("work.ics");
    std::fs::write(&foreign, "BEGIN:VCALENDAR\r\nPRODID:-//Work//EN\r\n").unwrap();
    let link = world.folder().join("link.ics");
    symlink(&file, &link).unwrap();
    for other in ["work.ics", "link.ics", ".", "/dev/null"] {
        let refused = world.keyturn(&["calendar", "--out", other, "--format", "json"]).run();
        assert_eq!(refused.exits(1).error()["code"], "already_exists", "{other}");
    }
    assert!(std::fs::read_to_string(&foreign).unwrap().contains("Work"));
    let absent = world.keyturn(&["calendar", "--out", "no/where.ics", "--format", "json"]).run();
    assert_eq!(absent.exits(1).error()["code"], "not_saved");
}

#[test]
fn nothing_due_is_an_empty_calendar_and_a_locked_vault_none() {
    let world = World::with_vault();
    let empty = world.keyturn(&["calendar"]).run().done();
    assert_eq!(read(&empty.stdout)["events"], serde_json::json!([]));
    assert!(empty.stderr.contains("nothing is due"), "{}", empty.stderr);
    world.keyturn(&["lock"]).run().done();
    world.keyturn(&["calendar"]).run().exits(3);
}
