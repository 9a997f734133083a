//! Being told in time, by a real notification daemon, whether the vault is open or not.

use std::fs;
use std::path::Path;

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use keyturn_core::{Clock, SystemClock};
use keyturn_sandbox::{Provider, SandboxOptions};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::support::{PASSPHRASE, World, program, wait};

/// A day that has passed long ago.
const PAST: [&str; 2] = ["--expires", "2024-01-01"];

fn desktop() -> World {
    World::empty().notifications().vault().providers(&SandboxOptions::default())
}

/// How many notifications are on the screen.
fn displayed(world: &World) -> usize {
    let count = world.desktop_program(&["dunstctl", "count", "displayed"]).stdout;
    String::from_utf8(count).unwrap().trim().parse().unwrap_or_default()
}

#[track_caller]
fn wait_for_notification(world: &World) {
    wait::until("a notification", || (displayed(world) > 0).then_some(()));
}

#[track_caller]
fn wait_until_all_are_gone(world: &World) {
    wait::until("the notification's end", || (displayed(world) == 0).then_some(()));
}

/// Closes what is on the screen and gives headline and text of all that this daemon ever showed, the
/// newest first.
fn all_that_was_shown(world: &World) -> Vec<(String, String)> {
    world.desktop_program(&["dunstctl", "close-all"]);
    let history = world.desktop_program(&["dunstctl", "history"]).stdout;
    let history: Value = serde_json::from_slice(&history).unwrap();
    let text = |one: &Value, key: &str| one[key]["data"].as_str().unwrap().to_owned();
    let shown = history["data"][0].as_array().unwrap();
    shown.iter().map(|one| (text(one, "summary"), text(one, "body"))).collect()
}

/// Chooses the entry with this word in the menu of the newest notification.
fn choose(world: &World, entry: &str) {
    fs::write(world.folder().join("choice"), entry).unwrap();
    assert!(world.desktop_program(&["dunstctl", "context"]).status.success());
}

/// Waits until the inbox says so, and gives it.
#[track_caller]
fn wait_for_problem(world: &World, words: &str) -> Value {
    wait::until("a problem", || {
        let inbox = inbox(world);
        inbox["problem"].as_str().is_some_and(|said| said.contains(words)).then_some(inbox)
    })
}

fn inbox(world: &World) -> Value {
    world.json(&["remind", "--inbox"])
}

/// What is remembered of a credential, told or to come.
fn listed(world: &World, reference: &str) -> Vec<Value> {
    let list = world.json(&["remind", "--list"]);
    let list = list.as_array().unwrap().iter();
    list.filter(|one| one["ref"] == reference).cloned().collect()
}

fn moment(value: &Value) -> DateTime<Utc> {
    value.as_str().unwrap().parse().unwrap()
}

/// On the real clock: a reminder a few seconds ahead comes within 60 s of its time, and not before.
#[test]
fn a_reminder_comes_at_its_time_on_the_real_clock() {
    let world = desktop();
    let at = SystemClock.now() + TimeDelta::seconds(8);
    let at = at.with_nanosecond(0).unwrap();
    let time = at.format("%H:%M:%S").to_string();
    world.keyturn(&["remind", "--settings", "--at", &time]).run().done();
    let day = at.format("%Y-%m-%d").to_string();
    world.add_with(Provider::Deepidv, &["--expires", &day, "--issued", &day]);
    world.keyturn(&["lock"]).run().done();
    wait_for_notification(&world);
    let shown_at = SystemClock.now();
    let late = shown_at - at;
    assert!(late >= TimeDelta::zero(), "not before its time: {late}");
    assert!(late <= TimeDelta::seconds(60), "within a minute: {late}");
    let shown = all_that_was_shown(&world);
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert_eq!(shown[0].0, "deepidv/main expires today", "names are shown while locked");
    println!("a reminder on the real clock came {} ms after its time", late.num_milliseconds());
}

#[test]
fn several_that_are_due_together_are_one_notification() {
    let world = desktop();
    let quiet = ["remind", "--settings", "--quiet", &around_now()];
    world.keyturn(&quiet).run().done();
    for number in 1..=7 {
        world.add_with(
            Provider::Deepidv,
            &[&["--name", &format!("key-{number}")], &PAST[..]].concat(),
        );
    }
    assert_eq!(displayed(&world), 0, "nothing is said in quiet hours");
    assert_eq!(inbox(&world)["unread"], 0);
    world.keyturn(&["remind", "--settings", "--quiet", "off"]).run().done();
    wait_for_notification(&world);
    let shown = all_that_was_shown(&world);
    let [(title, body)] = shown.as_slice() else { panic!("one notification: {shown:?}") };
    assert_eq!(title, "7 keys need you");
    assert_eq!(body.lines().count(), 6, "{body}");
    assert!(body.ends_with("and 2 more"), "{body}");
    assert_eq!(inbox(&world)["items"].as_array().unwrap().len(), 7, "the inbox has each");
}

/// Quiet hours from an hour ago until an hour from now; they may span midnight.
fn around_now() -> String {
    let clock = |hours| (SystemClock.now() + TimeDelta::hours(hours)).format("%H:%M").to_string();
    format!("{}-{}", clock(-1), clock(1))
}

#[test]
fn a_snooze_on_a_notification_counts_also_while_locked() {
    let world = desktop();
    world.add_with(Provider::Deepidv, &PAST);
    world.keyturn(&["lock"]).run().done();
    wait_for_notification(&world);
    choose(&world, "Snooze");
    world.unlock();
    let snoozed = wait::until("the snooze", || {
        listed(&world, "deepidv/main")
            .iter()
            .find_map(|one| one["snoozed_until"].as_str().map(str::to_owned))
    });
    let left = snoozed.parse::<DateTime<Utc>>().unwrap() - SystemClock.now();
    assert!((1_435..=1_440).contains(&left.num_minutes()), "a day: {left}");
}

/// DC3: the provider's support makes the new key; that it was asked can be noted from the notification.
#[test]
fn that_the_support_was_asked_can_be_noted_on_a_notification_while_locked() {
    let world = desktop();
    world.add_with(Provider::Deepcurrent, &PAST);
    world.keyturn(&["lock"]).run().done();
    wait_for_notification(&world);
    choose(&world, "requested");
    wait_until_all_are_gone(&world);
    world.unlock();
    let state = wait::until("the rotation", || {
        let state = world.listed("deepcurrent/main")["rotation"]["state"].as_str()?.to_owned();
        (state == "requested").then_some(state)
    });
    assert_eq!(state, "requested");
}

/// A click opens the window that lies beside the agent's own program, at the credential.
#[test]
fn a_click_opens_the_window_beside_the_agents_own_program() {
    let world = desktop();
    world.keyturn(&["stop"]).run().done();
    let folder = world.folder().join("my programs");
    fs::create_dir(&folder).unwrap();
    let keyturn = folder.join("keyturn");
    program::copy(Path::new(env!("CARGO_BIN_EXE_keyturn")), &keyturn);
    let keyturn = keyturn.to_str().unwrap();
    let unlock = [keyturn, "unlock", "--passphrase-stdin"];
    world.program(&unlock).stdin(PASSPHRASE).run().done();
    world.add_with(Provider::Deepidv, &PAST);
    wait_for_notification(&world);

    // Without the window's program nothing happens but a line in the log.
    world.desktop_program(&["dunstctl", "action"]);
    let log = world.home().join("state/agent.log");
    wait::until("the log", || {
        fs::read_to_string(&log).unwrap().contains("the window cannot be opened").then_some(())
    });
    // As long as it is shown, the next click would be for it.
    wait_until_all_are_gone(&world);

    let opened = world.folder().join("opened");
    let desktop = folder.join("keyturn-desktop");
    let script = format!(
        "#!/bin/sh\necho \"$KEYTURN_HOME $*\" > '{0}.new' && mv '{0}.new' '{0}'\n",
        opened.display()
    );
    program::write(&desktop, &script);
    world.add_with(Provider::Deeply, &PAST);
    wait_for_notification(&world);
    world.desktop_program(&["dunstctl", "action"]);
    let said = wait::until("the window", || fs::read_to_string(&opened).ok());
    assert_eq!(said.trim(), format!("{} --open deeply/main", world.home().display()));
}

/// A daemon that dies and comes back is used again, and shows nothing that was shown before.
#[test]
fn a_daemon_that_dies_and_comes_back_repeats_nothing() {
    let mut world = desktop();
    world.add_with(Provider::Deepidv, &PAST);
    wait_for_notification(&world);
    wait::until("the inbox", || (inbox(&world)["unread"] == 1).then_some(()));
    world.kill_notifications();
    world.add_with(Provider::Deeply, &PAST);
    let told = wait_for_problem(&world, "shows no notifications");
    let waiting = &told["items"][0];
    assert_eq!(waiting["ref"], "deeply/main", "the inbox keeps what nobody showed");
    assert!(waiting["told_at"].is_null());

    world.start_notifications();
    wait_for_notification(&world);
    let shown = all_that_was_shown(&world);
    let [(title, _)] = shown.as_slice() else { panic!("one notification: {shown:?}") };
    assert!(title.contains("deeply/main"), "{title}");
}

/// What was read in the inbox is not shown by a daemon that comes later.
#[test]
fn without_a_daemon_the_inbox_tells_and_says_why() {
    let mut world = World::empty().screen().bus().vault().providers(&SandboxOptions::default());
    world.add_with(Provider::Deepidv, &PAST);
    let told = wait_for_problem(&world, "shows no notifications");
    assert_eq!((&told["unread"], &told["items"][0]["ref"]), (&1.into(), &"deepidv/main".into()));
    let said = world.keyturn(&["remind", "--inbox"]).run().done();
    assert!(said.stderr.contains("warning"), "{}", said.stderr);
    let read = world.json(&["remind", "--inbox", "--mark-read"]);
    assert_eq!(read["unread"], 0);
    world.start_notifications();
    // A second one proves that the first does not come.
    world.add_with(Provider::Deeply, &PAST);
    wait_for_notification(&world);
    let shown = all_that_was_shown(&world);
    assert!(shown.iter().all(|(title, _)| title.contains("deeply/main")), "{shown:?}");
}

#[test]
fn names_can_be_hidden_while_the_vault_is_locked() {
    let world = desktop();
    let quiet = around_now();
    world.keyturn(&["remind", "--settings", "--hide-names", "on", "--quiet", &quiet]).run().done();
    world.add_with(Provider::Deepidv, &PAST);
    world.keyturn(&["remind", "--settings", "--quiet", "off"]).run().done();
    wait_for_notification(&world);
    world.keyturn(&["lock"]).run().done();
    let shown = all_that_was_shown(&world);
    assert!(shown[0].0.contains("deepidv/main"), "open, it has its name: {shown:?}");

    world.unlock();
    world.keyturn(&["remind", "--settings", "--quiet", &quiet]).run().done();
    world.add_with(Provider::Deeply, &PAST);
    let ends = (SystemClock.now() + TimeDelta::seconds(6)).format("%H:%M:%S").to_string();
    let begins = quiet.split_once('-').unwrap().0;
    let short = format!("{begins}-{ends}");
    world.keyturn(&["remind", "--settings", "--quiet", &short]).run().done();
    world.keyturn(&["lock"]).run().done();
    wait_for_notification(&world);
    let shown = all_that_was_shown(&world);
    assert_eq!(shown[0].0, "A key is due", "locked, it has none: {shown:?}");
    assert!(!shown[0].1.contains("deeply"), "{shown:?}");
}

/// After a reboot: another agent, nothing was unlocked, and the reminder comes all the same.
#[test]
fn after_a_reboot_a_reminder_comes_before_the_vault_is_unlocked() {
    let mut world = World::empty().keyring().screen().vault().providers(&SandboxOptions::default());
    let schedule = || fs::read(world.home().join("schedule.kyt")).ok();
    let before = schedule();
    world.add_with(Provider::Deepidv, &PAST);
    wait::until("its place in the schedule", || (schedule() != before).then_some(()));
    kill_process(Pid::from_raw(world.agent_pid()).unwrap(), Signal::KILL).unwrap();
    world.wait_for_agents_end();
    world.start_notifications();
    world.keyturn(&["list"]).run().exits(3);
    wait_for_notification(&world);
    assert_eq!(world.status()["state"], "locked");
    let shown = all_that_was_shown(&world);
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(shown[0].0.contains("deepidv/main"), "{shown:?}");

    // Unlocking tells nothing again.
    world.unlock();
    world.add_with(Provider::Deeply, &PAST);
    wait_for_notification(&world);
    let again = all_that_was_shown(&world);
    assert_eq!(again.len(), 2, "{again:?}");
    assert!(again[0].0.contains("deeply/main"), "{again:?}");
}

/// Without a keyring there is nothing to read before the first unlock, and the inbox says so.
#[test]
fn without_a_keyring_the_inbox_says_that_reminders_wait_for_the_first_unlock() {
    let world = desktop();
    world.add_with(Provider::Deepidv, &PAST);
    wait_for_problem(&world, "only once the vault was unlocked");
}

/// A token that was handed out is reminded of before it ends: renewing it here does not cure a copy.
#[test]
fn a_token_that_was_carried_out_is_reminded_of_an_hour_before_its_end() {
    let world = World::with_providers();
    world.add(Provider::Deepvue);
    let carried = || {
        let all = listed(&world, "deepvue/main").into_iter();
        all.filter(|one| one["kind"] == "carried_token").collect::<Vec<_>>()
    };
    assert!(carried().is_empty());
    let token = world.keyturn(&["token", "deepvue/main", "--as", "json"]).run().done().json();
    let ends_at = moment(&token["expires_at"]);
    let coming = carried();
    assert_eq!(coming.len(), 1, "{coming:?}");
    assert_eq!((ends_at - moment(&coming[0]["at"])).num_minutes(), 60);
    assert!(coming[0]["title"].as_str().unwrap().contains("a program fetched"), "{coming:?}");
    world.holds_no_secret("the reminders", &coming[0].to_string());

    // The newer copy takes the older one's place.
    world.keyturn(&["token", "deepvue/main", "--renew"]).run().done();
    assert_eq!(carried().len(), 1);
}

#[test]
fn a_reminder_is_put_off_with_words_where_that_is_too_long_or_too_short() {
    let world = World::with_providers();
    let soon = SystemClock.now() + TimeDelta::days(5);
    let (year, soon) = (soon.format("%Y").to_string(), soon.format("%Y-%m-%d").to_string());
    world.add_with(Provider::Deepidv, &["--expires", &soon]);
    let snooze = |span: &str| world.keyturn(&["remind", "--snooze", "deepidv/main", span]).run();
    for (span, word) in [
        ("0d", "at least"),
        ("-3d", "into the past"),
        ("366d", "a year at most"),
        ("soon", "a whole number"),
    ] {
        let refused = snooze(span).exits(2);
        assert!(refused.stderr.contains(word), "{span}: {}", refused.stderr);
    }
    assert!(!snooze("3d").done().stderr.contains("warning"));
    let beyond = snooze("30d").done();
    assert!(beyond.stderr.contains("warning"), "{}", beyond.stderr);
    assert!(beyond.stderr.contains(&year), "it names the day: {}", beyond.stderr);
    let until = moment(&listed(&world, "deepidv/main")[0]["snoozed_until"]);
    assert!((until - SystemClock.now()).num_days() >= 29);
    world.keyturn(&["remind", "--snooze", "deepidv/nobody", "3d"]).run().exits(4);
}

#[test]
fn what_the_user_saw_to_is_silent_until_the_next_lead_time() {
    let world = desktop();
    world.add_with(Provider::Deepidv, &PAST);
    wait_for_notification(&world);
    wait::until("the inbox", || (inbox(&world)["unread"] == 1).then_some(()));
    let said = world.keyturn(&["remind", "--ack", "deepidv/main"]).run().done().stdout;
    assert!(said.contains("no further reminder of it is to come"), "its day has passed: {said}");
    wait_until_all_are_gone(&world);
    let seen = inbox(&world);
    assert_eq!(seen["unread"], 0, "{seen}");
    assert!(seen["items"][0]["done_at"].is_string());
    world.keyturn(&["remind", "--ack", "deepidv/nobody"]).run().exits(4);
}

#[test]
fn how_it_is_reminded_can_be_set_and_nonsense_is_refused() {
    let world = World::with_vault();
    let words = [
        "remind",
        "--settings",
        "--lead-days",
        "60,7",
        "--at",
        "08:30",
        "--quiet",
        "22:00-07:00",
        "--hide-names",
        "on",
        "--rotate-every",
        "180d",
        "--provider-rotate-every",
        "deepidv=90d",
    ];
    let set = world.json(&words);
    assert_eq!(set["lead_days"], serde_json::json!([60, 7]));
    assert_eq!(set["at"], "08:30:00");
    assert_eq!((&set["quiet_from"], &set["quiet_until"]), (&"22:00:00".into(), &"07:00:00".into()));
    assert_eq!(set["hide_names"], true);
    assert_eq!(set["rotate_every_days"], 180);
    assert_eq!(set["providers"][0]["rotate_every_days"], 90);
    assert_eq!(world.json(&["remind", "--settings"]), set, "it is kept");
    for nonsense in [
        ["--rotate-every", "0d"],
        ["--rotate-every", "36501d"],
        ["--provider-rotate-every", "deepidv=0d"],
        ["--provider-rotate-every", "nobody=never"],
        ["--at", "25:00"],
        ["--quiet", "09:00-09:00"],
        ["--lead-days", "400"],
    ] {
        let refused = world.keyturn(&[&["remind", "--settings"], &nonsense[..]].concat()).run();
        assert_eq!(refused.status, 2, "{nonsense:?}: {}", refused.stderr);
        assert_eq!(world.json(&["remind", "--settings"]), set, "nothing was changed");
    }
    let paused = world.json(&["remind", "--pause", "1h"]);
    let left = moment(&paused["paused_until"]) - SystemClock.now();
    assert!((59..=60).contains(&left.num_minutes()), "{left}");
    assert!(world.json(&["remind", "--pause", "off"])["paused_until"].is_null());
    world.keyturn(&["lock"]).run().done();
    world.keyturn(&["remind", "--list"]).run().exits(3);
}

/// A pause silences everything; what came due meanwhile comes at its end.
#[test]
fn what_comes_due_in_a_pause_comes_when_it_ends() {
    let world = desktop();
    world.keyturn(&["remind", "--pause", "1h"]).run().done();
    world.add_with(Provider::Deepidv, &PAST);
    assert_eq!((displayed(&world), &inbox(&world)["unread"]), (0, &0.into()));
    world.keyturn(&["remind", "--pause", "off"]).run().done();
    wait_for_notification(&world);
}
