//! The ladder of a series against a list of its days, written out.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::world::{due, subject};
use crate::reminder::plan::Ladder;
use crate::reminder::{About, Memory, ReminderSettings, Subject};

fn date(days: i64) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(738_000 + i32::try_from(days).unwrap()).unwrap()
}

/// Every day that is a reminder, by the rules alone.
fn written_out(
    leads: &[u32],
    anchor: NaiveDate,
    again: usize,
    until: NaiveDate,
) -> BTreeSet<NaiveDate> {
    let leads = leads.iter().map(|days| anchor - Days::new(u64::from(*days)));
    let again = anchor.iter_days().step_by(again).take_while(|day| *day <= until);
    leads.chain(again).collect()
}

proptest! {
    #[test]
    fn the_ladder_has_the_days_of_the_rules_and_no_other(
        leads in proptest::collection::vec(0_u32..400, 0..6),
        anchor in 0_i64..2_000,
        nudge in proptest::option::of(1_u32..30),
        told in proptest::option::of(-500_i64..2_500),
    ) {
        let (subject, leads, again): (Subject, Vec<u32>, usize) = match nudge {
            None => (due("main", date(anchor)), leads, 7),
            Some(nudge_days) => {
                let on = date(anchor) - Days::new(u64::from(nudge_days));
                let about = About::Requested { on, nudge_days };
                (subject("main", about), Vec::new(), usize::try_from(nudge_days).unwrap())
            }
        };
        let settings = ReminderSettings { lead_days: leads.clone(), ..ReminderSettings::default() };
        let ladder = Ladder::of(&subject, &settings);
        let until = date(anchor + 200);
        let days = written_out(&leads, date(anchor), again, until);
        let memory = told.map(|told| {
            let mut memory = Memory::new(subject.series(), chrono::DateTime::UNIX_EPOCH);
            memory.told(date(told));
            memory
        });
        let mut from = date(anchor - 450);
        while from < until {
            let latest = days.range(..=from).next_back().copied();
            prop_assert_eq!(ladder.latest(from, memory.as_ref()), latest, "latest by {}", from);
            let next = days.range(from + Days::new(1)..).next().copied();
            if next.is_some() {
                prop_assert_eq!(ladder.next(from, memory.as_ref()), next, "next after {}", from);
            }
            from = from + Days::new(1);
        }
    }

    #[test]
    fn what_was_seen_to_on_its_day_or_later_never_comes_again(
        seen in 0_i64..100,
        later in 0_i64..1_000,
    ) {
        let subject = due("main", date(0));
        let settings = ReminderSettings::default();
        let ladder = Ladder::of(&subject, &settings);
        let mut memory = Memory::new(subject.series(), chrono::DateTime::UNIX_EPOCH);
        memory.told(date(seen));
        memory.acknowledged_through = Some(date(seen));
        prop_assert_eq!(ladder.next(date(seen + later), Some(&memory)), None);
        prop_assert_eq!(ladder.latest(date(seen + later), Some(&memory)), Some(date(0)));
    }
}
