//! The loop on a clock of the test's own, with a desktop that does what it is told to.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use keyturn_core::reminder::{Reminder, ReminderId, ReminderKind, SeriesId, Step};
use keyturn_core::{Clock, CredentialId, ManualClock, RotationPolicy, Secret, SecretFields};
use keyturn_engine::{AddCredential, Init, UnlockWith};
use keyturn_protocol::session::{NotificationAction, SessionCommand, SessionReport};
use keyturn_vault::{MemoryKeystore, Protection};
use tokio::sync::mpsc::UnboundedReceiver;

use super::{hear, look, pause, seen_to};
use crate::agent::tests::agent_in;
use crate::agent::{Agent, TICK};
use crate::session::{Heard, Order};

const PASSPHRASE: &str = "correct horse battery staple vulture";

/// A reminder of a day, about this credential.
pub(super) fn reminder(reference: &str) -> Reminder {
    let credential = CredentialId::make_random();
    let day = "2030-01-31".parse().unwrap();
    let kind = ReminderKind::RotationDue;
    let series = SeriesId { credential, kind, item: String::new(), anchor: day };
    Reminder {
        id: ReminderId { series, step: Step::Day(day) },
        credential,
        reference: reference.parse().unwrap(),
        kind,
        title: format!("{reference} is due for rotation today"),
        body: "Replace it at the provider.".to_owned(),
        at: DateTime::UNIX_EPOCH,
        due_on: Some(day),
        urgent: true,
        moment: false,
        can_request: false,
    }
}

/// An agent whose wall clock goes on in suspend, as real ones do, and whose timers do not.
struct Machine {
    agent: Arc<Agent>,
    clock: Arc<ManualClock>,
    timers: Instant,
    orders: UnboundedReceiver<Order>,
    /// Whether the desktop shows what it is handed.
    shows: bool,
    /// What was shown, and when by the wall clock.
    shown: Vec<(u64, String, DateTime<Utc>)>,
    folder: tempfile::TempDir,
}

impl Machine {
    fn at(start: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(start.parse().unwrap()));
        let keystore = Arc::new(MemoryKeystore::new());
        Self::with(folder, clock, &keystore, true)
    }

    fn with(
        folder: tempfile::TempDir,
        clock: Arc<ManualClock>,
        keystore: &Arc<MemoryKeystore>,
        init: bool,
    ) -> Self {
        let (agent, orders) = agent_in(folder.path(), clock.clone(), keystore.clone());
        if init {
            let passphrase = Some(Secret::new(PASSPHRASE.to_owned()));
            let protection = Some(Protection::Passphrase);
            agent.engine.init(&Init { protection, passphrase }).unwrap();
        }
        let timers = Instant::now();
        Self { agent, clock, timers, orders, shows: true, shown: Vec::new(), folder }
    }

    /// Adds `deepidv/NAME`, whose key ends on that day. Issued then, it has no lead times.
    fn add(&self, name: &str, expires_on: &str) {
        let mut secrets = SecretFields::new();
        let value = Secret::new(format!("canary-long-lived-key-{name}"));
        secrets.insert("api_key".parse().unwrap(), value);
        let request = AddCredential {
            provider: "deepidv".parse().unwrap(),
            name: name.parse().unwrap(),
            environments: Vec::new(),
            owner: None,
            note: None,
            fields: BTreeMap::default(),
            secrets,
            mark: None,
            rotation: RotationPolicy {
                issued_on: Some(expires_on.parse().unwrap()),
                expires_on: Some(expires_on.parse().unwrap()),
                ..RotationPolicy::default()
            },
            plan: None,
            keep_fresh: false,
            allow_plain_http: false,
        };
        self.agent.engine.add(request, "test").unwrap();
    }

    /// The machine is awake for so long: timers and wall clock go on, and the loop runs.
    fn awake(&mut self, span: TimeDelta) {
        let mut left = span.to_std().unwrap();
        loop {
            self.turn();
            let wait = pause(self.agent.engine.next_reminder_at(), self.clock.now()).min(left);
            assert!(wait <= TICK, "the wall clock is looked at often enough");
            if left.is_zero() {
                return;
            }
            left -= wait;
            self.timers += wait;
            self.clock.advance(TimeDelta::from_std(wait).unwrap());
        }
    }

    /// The machine sleeps: only the wall clock goes on.
    fn asleep(&mut self, span: TimeDelta) {
        self.clock.advance(span);
    }

    /// One turn of the loop, with the desktop's answer.
    fn turn(&mut self) {
        look(&self.agent, self.timers);
        while let Ok(order) = self.orders.try_recv() {
            let Order::Say(SessionCommand::Notify { id, title, .. }) = order else { continue };
            let report = if self.shows {
                self.shown.push((id, title, self.clock.now()));
                SessionReport::Shown { id }
            } else {
                SessionReport::Failed { id, reason: "nobody shows notifications".to_owned() }
            };
            hear(&self.agent, &Heard::Report(report), self.timers);
        }
    }

    fn titles(&self) -> Vec<&str> {
        self.shown.iter().map(|(_, title, _)| title.as_str()).collect()
    }

    fn choose(&mut self, id: u64, action: NotificationAction) {
        let report = SessionReport::Chosen { id, action };
        hear(&self.agent, &Heard::Report(report), self.timers);
    }
}

fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The figure: a reminder fires within 60 s of its time, and within 60 s of waking where the machine
/// slept over it, wherever the suspend begins and ends.
#[test]
fn a_reminder_comes_within_a_minute_of_its_time_also_across_a_suspend() {
    let mut machine = Machine::at("2026-07-01T08:50:00Z");
    let mut due = time("2026-07-01T09:00:00Z");
    // From well before the time to well after it, in steps that no timer's period divides.
    for (number, begins_s) in (-200..=100).step_by(37).enumerate() {
        for sleeps_s in [0, 7, 61, 3_599, 86_400 * 3] {
            machine.clock.set(due - TimeDelta::minutes(10));
            let name = format!("key-{number}-{sleeps_s}");
            machine.add(&name, &due.date_naive().to_string());
            let begins = due + TimeDelta::seconds(begins_s);
            machine.awake(begins - machine.clock.now());
            machine.asleep(TimeDelta::seconds(sleeps_s));
            let woke = machine.clock.now();
            machine.awake(TimeDelta::minutes(10));
            let [(_, _, at)] = machine.shown.as_slice() else {
                panic!("once, suspended {begins_s} s after for {sleeps_s} s: {:?}", machine.shown);
            };
            // Awake at its time it comes then; asleep, when the machine wakes.
            let slept_over = begins < due && woke > due;
            let expected = if slept_over { woke } else { due };
            let late = (*at - expected).num_seconds();
            assert!((0..=60).contains(&late), "{late} s late, {begins_s} s, {sleeps_s} s");
            // Seen to, it does not come again with the next.
            let reference = format!("deepidv/{name}").parse().unwrap();
            machine.agent.engine.acknowledge(&reference).unwrap();
            machine.shown.clear();
            due += TimeDelta::days(10);
        }
    }
}

#[test]
fn what_came_due_while_the_machine_slept_comes_once_and_together() {
    let mut machine = Machine::at("2026-06-30T20:00:00Z");
    for name in ["a", "b", "c"] {
        machine.add(name, "2026-07-02");
    }
    machine.awake(TimeDelta::minutes(5));
    let before = machine.shown.len();
    machine.asleep(TimeDelta::days(4));
    machine.awake(TimeDelta::hours(2));
    let after = &machine.titles()[before..];
    assert_eq!(after, ["3 keys need you"]);
}

/// Nobody shows notifications for a while: it is tried again, the inbox has it, and it comes once.
#[test]
fn what_nobody_shows_is_in_the_inbox_and_comes_once_when_somebody_does() {
    let mut machine = Machine::at("2026-07-01T08:59:00Z");
    machine.add("main", "2026-07-01");
    machine.shows = false;
    machine.awake(TimeDelta::hours(1));
    assert!(machine.shown.is_empty());
    assert_eq!(machine.agent.teller().problem(), Some("nobody shows notifications"));
    assert_eq!(machine.agent.engine.reminders_to_tell().len(), 1);
    machine.shows = true;
    machine.awake(TimeDelta::hours(3));
    assert_eq!(machine.shown.len(), 1);
    assert_eq!(machine.agent.teller().problem(), None);
    assert_eq!(machine.agent.engine.inbox().items.len(), 1);
    let log = std::fs::read_to_string(machine.folder.path().join("agent.log")).unwrap();
    assert_eq!(log.matches("could not be shown").count(), 1, "said once: {log}");
}

#[test]
fn a_choice_counts_while_the_vault_is_locked() {
    let mut machine = Machine::at("2026-07-01T09:30:00Z");
    machine.add("main", "2026-07-01");
    machine.agent.engine.lock().unwrap();
    machine.awake(TimeDelta::minutes(2));
    let (id, _, at) = machine.shown[0].clone();
    machine.choose(id, NotificationAction::Snooze);
    machine.awake(TimeDelta::hours(23));
    assert_eq!(machine.shown.len(), 1, "snoozed for a day");
    machine.awake(TimeDelta::hours(2));
    assert_eq!(machine.shown.len(), 2);
    let again = machine.shown[1].2 - at;
    assert!((1_440..=1_442).contains(&again.num_minutes()), "{again}");
}

#[test]
fn a_clock_that_is_set_back_tells_nothing_twice() {
    let mut machine = Machine::at("2026-07-01T08:59:00Z");
    machine.add("main", "2026-07-01");
    machine.awake(TimeDelta::minutes(10));
    assert_eq!(machine.shown.len(), 1);
    machine.clock.advance(TimeDelta::hours(-5));
    machine.awake(TimeDelta::hours(10));
    assert_eq!(machine.shown.len(), 1);
}

/// With names hidden nothing names a key while the vault is locked, and everything does when it is open.
#[test]
fn hidden_names_are_hidden_while_locked_and_only_then() {
    for (locked, expected) in [(true, "A key is due"), (false, "deepidv/main expires today")] {
        let mut machine = Machine::at("2026-07-01T08:59:00Z");
        machine.add("main", "2026-07-01");
        let engine = &machine.agent.engine;
        let mut settings = engine.reminder_settings();
        settings.hide_names = true;
        engine.set_reminder_settings(settings, "test").unwrap();
        if locked {
            engine.lock().unwrap();
        }
        machine.awake(TimeDelta::minutes(10));
        assert_eq!(machine.titles(), [expected]);
    }
}

#[test]
fn what_was_seen_to_elsewhere_leaves_the_screen() {
    let mut machine = Machine::at("2026-07-01T08:59:00Z");
    machine.add("main", "2026-07-01");
    machine.awake(TimeDelta::minutes(10));
    let id = machine.shown[0].0;
    seen_to(&machine.agent, &"deepidv/main".parse().unwrap());
    let order = machine.orders.try_recv().unwrap();
    assert!(matches!(order, Order::Say(SessionCommand::Withdraw { id: gone }) if gone == id));
}

/// The agent ends and another starts: nothing is told again, and what was missed is told.
#[test]
fn a_new_agent_knows_what_was_told_and_tells_what_was_missed() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(time("2026-07-01T08:59:00Z")));
    let keystore = Arc::new(MemoryKeystore::new());
    let mut machine = Machine::with(folder, clock, &keystore, true);
    machine.add("told", "2026-07-01");
    machine.add("missed", "2026-07-03");
    machine.awake(TimeDelta::minutes(10));
    let told = machine.shown.len();
    assert!(told > 0);
    let Machine { agent, clock, folder, .. } = machine;
    drop(agent);

    clock.advance(TimeDelta::days(2));
    let mut machine = Machine::with(folder, clock, &keystore, false);
    machine.awake(TimeDelta::minutes(10));
    assert_eq!(machine.titles(), ["deepidv/missed expires today"], "locked as it is");
    let passphrase = Secret::new(PASSPHRASE.to_owned());
    machine.agent.engine.unlock(&UnlockWith::Passphrase(passphrase)).unwrap();
    machine.awake(TimeDelta::hours(1));
    assert_eq!(machine.shown.len(), 1, "unlocking tells nothing again");
}

#[test]
fn a_session_that_hangs_is_started_again() {
    let mut machine = Machine::at("2026-07-01T09:30:00Z");
    machine.add("main", "2026-07-01");
    look(&machine.agent, machine.timers);
    assert!(matches!(machine.orders.try_recv(), Ok(Order::Say(SessionCommand::Notify { .. }))));
    machine.timers += Duration::from_secs(61);
    look(&machine.agent, machine.timers);
    assert!(matches!(machine.orders.try_recv(), Ok(Order::Restart)));
    hear(&machine.agent, &Heard::Ended, machine.timers);
    machine.awake(TimeDelta::minutes(2));
    assert_eq!(machine.shown.len(), 1);
}
