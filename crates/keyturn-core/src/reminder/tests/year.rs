//! A year, day by day, over a thousand keys: with every kind of rule, replaced and removed ones, snoozes,
//! sleep, restarts, and a user who travels. What is told is compared with an oracle that is written from
//! the rules and knows nothing of the book.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde_json::json;

use super::world::{World, live_in};
use crate::reminder::{ReminderKind, ReminderSettings, Step, Subject, SupportFacts};
use crate::rotation::{Policies, RotationPolicy};
use crate::{Clock, Credential, CredentialId};

const KEYS: u64 = 1_000;
/// A leap year, with all that surrounds it.
const BEGIN: &str = "2028-01-01T00:00:00Z";
const TICKS: i64 = 366 * 48;
const TICK: TimeDelta = TimeDelta::minutes(30);

/// What was told: when, of which key, of which kind, for which day.
type Telling = (DateTime<Utc>, CredentialId, ReminderKind, NaiveDate);

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn day(&mut self, from: &str, span: u64) -> NaiveDate {
        from.parse::<NaiveDate>().unwrap() + Days::new(self.below(span))
    }
}

/// What happens to the keys; what changes them comes first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Replaced(usize),
    Removed(usize),
    SeenTo(usize),
    PutOff(usize, i64),
}

/// Where the user is from when on.
fn zone_at(at: DateTime<Utc>) -> Tz {
    let moves = [
        ("2028-01-01T00:00:00Z", Tz::Europe__Berlin),
        ("2028-03-20T12:00:00Z", Tz::America__New_York),
        ("2028-04-02T00:00:00Z", Tz::Europe__Berlin),
        ("2028-06-10T06:00:00Z", Tz::Asia__Kolkata),
        ("2028-07-01T21:00:00Z", Tz::Pacific__Apia),
        ("2028-07-08T03:00:00Z", Tz::Pacific__Pago_Pago),
        ("2028-08-01T08:30:00Z", Tz::Australia__Lord_Howe),
        ("2028-10-20T00:00:00Z", Tz::Europe__Berlin),
        ("2028-11-01T15:00:00Z", Tz::America__New_York),
    ];
    let since = |(from, _): &&(&str, Tz)| from.parse::<DateTime<Utc>>().unwrap() <= at;
    moves.iter().take_while(since).last().unwrap().1
}

/// Whether anything can happen then: it is nine o'clock or somebody arrived somewhere, woke up, or did
/// something. On every eighth day half an hour before nine counts, too: nothing may come then.
fn is_worth_a_look(tick: i64, at: DateTime<Utc>) -> bool {
    let local = at.with_timezone(&zone_at(at)).naive_local();
    let nine = local.time() == NaiveTime::from_hms_opt(9, 0, 0).unwrap();
    let before_nine =
        tick / 48 % 8 == 0 && local.time() == NaiveTime::from_hms_opt(8, 30, 0).unwrap();
    let arrived = tick > 0 && zone_at(at - TICK) != zone_at(at);
    let woke_up = is_awake(tick) && !is_awake(tick - 1);
    nine || before_nine || arrived || woke_up || tick % 48 == 24
}

/// Three days of sleep, every five weeks.
fn is_awake(tick: i64) -> bool {
    tick % (35 * 48) < 32 * 48
}

fn keys(numbers: &mut Numbers) -> Vec<Credential> {
    let one = |number: u64, numbers: &mut Numbers| {
        let created = numbers.day("2026-06-01", 570);
        let mut rules = RotationPolicy::default();
        match number % 8 {
            0 => rules.expires_on = Some(numbers.day("2027-12-01", 420)),
            1 | 2 => rules.rotate_every_days = Some([30, 90, 180, 365][(number / 8 % 4) as usize]),
            3 => rules.replace_on = Some(numbers.day("2027-11-01", 480)),
            4 => {
                rules.expires_on = Some(numbers.day("2028-02-20", 300));
                rules.rotate_every_days = Some(90);
            }
            5 => rules.age_only = true,
            6 => rules.rotate_every_days = Some(2 + u32::try_from(number % 11).unwrap()),
            // Nothing is said of it: the general interval.
            _ => {}
        }
        if number.is_multiple_of(3) {
            rules.issued_on = Some(created + Days::new(numbers.below(60)));
        }
        let value = json!({
            "id": CredentialId::make_random(), "provider": "acme", "name": format!("key-{number}"),
            "environments": ["production"], "fields": [], "rotation": rules,
            "reveal": "captured", "secret_version": 1,
            "created_at": format!("{created}T12:00:00Z"), "updated_at": format!("{created}T12:00:00Z"),
        });
        serde_json::from_value(value).unwrap()
    };
    (0..KEYS).map(|number| one(number, numbers)).collect()
}

fn settings() -> ReminderSettings {
    ReminderSettings { rotate_every_days: Some(200), ..ReminderSettings::default() }
}

fn subjects(keys: &[Credential]) -> Vec<Subject> {
    let policies = Policies::new(&settings(), []);
    let of = |key| Subject::of(key, &policies, SupportFacts::default());
    keys.iter().flat_map(of).collect()
}

fn events(numbers: &mut Numbers) -> BTreeMap<i64, Vec<Event>> {
    let mut events: BTreeMap<i64, Vec<Event>> = BTreeMap::new();
    for _ in 0..2_500 {
        // At noon of UTC.
        let tick = i64::try_from(numbers.below(366)).unwrap() * 48 + 24;
        let key = usize::try_from(numbers.below(KEYS)).unwrap();
        let event = match numbers.below(10) {
            0..=4 => Event::Replaced(key),
            5 => Event::Removed(key),
            6 | 7 => Event::SeenTo(key),
            _ => Event::PutOff(key, i64::try_from(1 + numbers.below(9)).unwrap()),
        };
        events.entry(tick).or_default().push(event);
    }
    for of_tick in events.values_mut() {
        of_tick.sort();
    }
    events
}

fn replace(key: &mut Credential, today: NaiveDate) {
    key.rotation.issued_on = Some(today);
    key.rotation.replace_on = None;
    key.rotation.expires_on = key.rotation.expires_on.map(|_| today + Days::new(100));
}

/// The rules, written out once more.
#[derive(Default)]
struct Oracle {
    /// Of each series, the newest day that was told.
    told: BTreeMap<(CredentialId, bool, NaiveDate), NaiveDate>,
    seen: BTreeSet<(CredentialId, bool, NaiveDate)>,
    put_off: BTreeMap<(CredentialId, bool, NaiveDate), DateTime<Utc>>,
}

/// A series: whether it is of the key's own end, the day it leads to, and since when it counts.
type Series = (bool, NaiveDate, Option<NaiveDate>);

impl Oracle {
    fn series(key: &Credential) -> Vec<Series> {
        let rules = &key.rotation;
        let since = rules.issued_on.unwrap_or(key.created_at.date_naive());
        let interval = match (rules.rotate_every_days, rules.replace_on) {
            (Some(days), _) => Some(days),
            (None, Some(_)) => None,
            (None, None) => Some(200),
        };
        let interval = interval
            .filter(|_| !rules.age_only)
            .map(|days| (since + Days::new(u64::from(days)), Some(since)));
        let chosen = rules.replace_on.map(|on| (on, rules.issued_on));
        let rule = [chosen, interval].into_iter().flatten().min_by_key(|(on, _)| *on);
        let end = rules.expires_on;
        let rule = rule.filter(|(on, _)| end.is_none_or(|end| *on < end));
        let end = end.map(|on| (true, on, rules.issued_on));
        end.into_iter().chain(rule.map(|(on, since)| (false, on, since))).collect()
    }

    /// The reminder days of a series that are not after `reached`, the newest last.
    fn days(&self, id: CredentialId, series: Series, reached: NaiveDate) -> Option<NaiveDate> {
        let (own_end, on, since) = series;
        let mut days: Vec<NaiveDate> = [30, 14, 7, 1]
            .map(|ahead| on - Days::new(ahead))
            .into_iter()
            .filter(|lead| since.is_none_or(|since| *lead > since))
            .collect();
        days.push(on);
        if !self.seen.contains(&(id, own_end, on)) {
            let weekly = (1..).map(|week| on + Days::new(7 * week));
            days.extend(weekly.take_while(|day| *day <= reached));
        }
        days.into_iter().filter(|day| *day <= reached).max()
    }

    /// What is to be told at a time, and noted as told.
    fn tell(
        &mut self,
        keys: &[Credential],
        now: DateTime<Utc>,
        reached: NaiveDate,
    ) -> Vec<Telling> {
        let mut tellings = Vec::new();
        for key in keys.iter().filter(|key| key.removed_at.is_none()) {
            for series in Self::series(key) {
                let place = (key.id, series.0, series.1);
                let put_off = self.put_off.get(&place).copied();
                if put_off.is_some_and(|until| until > now) {
                    continue;
                }
                let Some(day) = self.days(key.id, series, reached) else {
                    continue;
                };
                if put_off.is_some() || self.told.get(&place).is_none_or(|told| day > *told) {
                    let newest = self.told.get(&place).map_or(day, |told| day.max(*told));
                    self.told.insert(place, newest);
                    self.put_off.remove(&place);
                    let kind =
                        if series.0 { ReminderKind::KeyExpires } else { ReminderKind::RotationDue };
                    tellings.push((now, key.id, kind, day));
                }
            }
        }
        tellings
    }

    fn see_to(&mut self, key: &Credential, reached: NaiveDate) {
        for series in Self::series(key) {
            let place = (key.id, series.0, series.1);
            self.put_off.remove(&place);
            if let Some(day) = self.days(key.id, series, reached) {
                let told = self.told.entry(place).or_insert(day);
                *told = day.max(*told);
                if day >= series.1 {
                    self.seen.insert(place);
                }
            }
        }
    }

    fn put_off(&mut self, key: &Credential, until: DateTime<Utc>) {
        for (own_end, on, _) in Self::series(key) {
            self.put_off.insert((key.id, own_end, on), until);
        }
    }
}

/// The newest day whose nine o'clock has come, by the zone's own words.
fn reached(now: DateTime<Utc>) -> NaiveDate {
    let local = now.with_timezone(&zone_at(now)).naive_local();
    let nine = NaiveTime::from_hms_opt(9, 0, 0).unwrap();
    if local.time() >= nine { local.date() } else { local.date().pred_opt().unwrap() }
}

#[test]
fn a_year_tells_every_reminder_once_and_none_of_what_is_done() {
    let mut numbers = Numbers(20_280_229);
    let mut keys = keys(&mut numbers);
    let events = events(&mut numbers);
    let mut world = World::with(BEGIN, settings(), subjects(&keys));
    let mut oracle = Oracle::default();
    let (mut told, mut expected): (Vec<Telling>, Vec<Telling>) = (Vec::new(), Vec::new());
    let mut older = world.book.log();
    for tick in 0..TICKS {
        let now = BEGIN.parse::<DateTime<Utc>>().unwrap() + TICK * i32::try_from(tick).unwrap();
        if !is_worth_a_look(tick, now) {
            continue;
        }
        world.clock.set(now);
        live_in(&world.clock, zone_at(now));
        let today = world.clock.today();
        let events = events.get(&tick).map_or(&[][..], Vec::as_slice);
        for event in events {
            match event {
                Event::Replaced(key) => replace(&mut keys[*key], today),
                Event::Removed(key) => keys[*key].removed_at = Some(now),
                Event::SeenTo(_) | Event::PutOff(..) => {}
            }
        }
        if !events.is_empty() {
            world.reckon(subjects(&keys));
        }
        for event in events {
            match event {
                Event::Replaced(_) | Event::Removed(_) => {}
                Event::SeenTo(key) => {
                    let key = &keys[*key];
                    world.book.acknowledge(&key.reference(), &world.clock);
                    if key.removed_at.is_none() {
                        oracle.see_to(key, reached(now));
                    }
                }
                Event::PutOff(key, days) => {
                    let (key, until) = (&keys[*key], now + TimeDelta::days(*days));
                    world.book.snooze(&key.reference(), until, &world.clock);
                    if key.removed_at.is_none() {
                        oracle.put_off(key, until);
                    }
                }
            }
        }
        if !is_awake(tick) {
            continue;
        }
        // Noon of every sixth day: the process ends, and an older memory is joined with the newer.
        if tick % (6 * 48) == 24 {
            let newest = world.book.log();
            world.restart();
            world.book.join(std::mem::replace(&mut older, newest));
        }
        expected.extend(oracle.tell(&keys, now, reached(now)));
        if world.book.next_at(&world.clock).is_some_and(|next| next <= now) {
            let all = world.tell();
            assert!(!all.is_empty(), "what is said to come at {now} comes");
            told.extend(all.into_iter().map(|one| {
                let Step::Day(day) = one.id.step else { unreachable!("no token was carried") };
                (now, one.credential, one.kind, day)
            }));
        }
    }
    let called: BTreeMap<CredentialId, String> =
        keys.iter().map(|key| (key.id, key.name.to_string())).collect();
    let sorted = |mut all: Vec<Telling>| {
        all.sort();
        let named = |(at, id, kind, day): Telling| (at, called[&id].clone(), kind, day);
        all.into_iter().map(named).collect::<Vec<_>>()
    };
    let (told, expected) = (sorted(told), sorted(expected));
    for (one, other) in told.iter().zip(&expected) {
        assert_eq!(one, other, "told beside expected");
    }
    assert_eq!(told.len(), expected.len());
    assert!(told.len() > 10_000, "positive control: {} reminders", told.len());
}
