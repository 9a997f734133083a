//! What no order of steps may do.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;

use super::*;

const BY_SUPPORT: Route =
    Route { requested: true, confirmed: true, old_key: OldKeyEnd::OnConfirmation };
const AT_ONCE: Route = Route { requested: false, confirmed: false, old_key: OldKeyEnd::AtOnce };
const UNKNOWN: Route = Route { requested: false, confirmed: false, old_key: OldKeyEnd::Unknown };
const ROUTES: [Route; 4] = [
    BY_SUPPORT,
    AT_ONCE,
    UNKNOWN,
    Route { requested: false, confirmed: false, old_key: OldKeyEnd::OnConfirmation },
];
const TESTABLE: RotationFacts = RotationFacts { old_stored: true, old_testable: true };
const UNTESTABLE: RotationFacts = RotationFacts { old_stored: true, old_testable: false };

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
}

fn day() -> NaiveDate {
    "2026-06-15".parse().unwrap()
}

fn issued(route: Route) -> Rotation {
    let mut rotation = Rotation::start(route, at(0));
    rotation.store(at(1), day()).unwrap();
    rotation
}

#[test]
fn dc7_going_back_is_offered_until_the_confirmation_and_then_only_where_the_old_key_answers() {
    let mut rotation = issued(BY_SUPPORT);
    rotation.verify(VerifiedBy::TestCall, at(2)).unwrap();
    assert_eq!(rotation.going_back(TESTABLE), GoingBack::IfItAnswers);
    assert_eq!(rotation.going_back(UNTESTABLE), GoingBack::Untested);
    rotation.confirm(at(3)).unwrap();
    assert_eq!(rotation.going_back(TESTABLE), GoingBack::IfItAnswers);
    assert_eq!(rotation.going_back(UNTESTABLE), GoingBack::Never);
    rotation.promote(false, at(4)).unwrap();
    assert_eq!(rotation.roll_back(TESTABLE, false), Err(NotNow::OldKeyEnded));
    rotation.old_key_answered(at(5));
    rotation.roll_back(TESTABLE, true).unwrap();
    assert_eq!(rotation.stage, RotationStage::Confirmed);
}

#[test]
fn di2_where_the_old_key_ends_at_once_there_is_no_way_back_after_the_new_one_is_there() {
    let before = Rotation::start(AT_ONCE, at(0));
    assert_eq!(before.going_back(UNTESTABLE), GoingBack::Known);
    let rotation = issued(AT_ONCE);
    for facts in [TESTABLE, UNTESTABLE] {
        assert_eq!(rotation.going_back(facts), GoingBack::Never);
        assert!(!rotation.offers(facts).contains(&Step::Cancel), "it would drop the living key");
        assert_eq!(rotation.check_cancel(facts, true, true), Err(NotNow::OldKeyEnded));
    }
}

#[test]
fn a_stored_new_key_is_given_up_only_for_an_old_one_that_answers_or_by_word() {
    for route in [BY_SUPPORT, UNKNOWN] {
        let mut rotation = issued(route);
        for (facts, refusal) in
            [(TESTABLE, NotNow::OldKeyEnded), (UNTESTABLE, NotNow::OldKeyUntested)]
        {
            assert_eq!(rotation.check_cancel(facts, false, false), Err(refusal));
            assert_eq!(rotation.check_cancel(facts, false, true), Ok(()));
        }
        assert_eq!(rotation.check_cancel(TESTABLE, true, false), Ok(()));
        rotation.old_key_ended(at(2));
        assert_eq!(rotation.check_cancel(TESTABLE, false, true), Err(NotNow::OldKeyEnded));
    }
}

#[test]
fn nothing_is_said_of_an_old_key_that_nobody_asked() {
    for route in ROUTES {
        assert_eq!(Rotation::start(route, at(0)).old_key, OldKeyLife::Unknown);
        assert_eq!(issued(route).old_key, OldKeyLife::Unknown, "a paste proves nothing");
    }
}

#[test]
fn di2_the_old_key_counts_as_dead_when_the_new_one_is_known_to_work_and_in_use() {
    let mut rotation = issued(AT_ONCE);
    rotation.verify(VerifiedBy::Word, at(2)).unwrap();
    assert_eq!(rotation.old_key, OldKeyLife::Unknown);
    rotation.promote(false, at(3)).unwrap();
    assert_eq!(rotation.old_key, OldKeyLife::Ended { known_at: at(3) });
}

#[test]
fn what_is_said_of_an_emergency_later_is_added_once() {
    let mut rotation = Rotation::start(UNKNOWN, at(0));
    assert!(!rotation.add_word(Some("lost")), "there is none yet");
    rotation.declare(Emergency { declared_at: at(1), note: None });
    let said = ["first", "first", "second", "first"].map(|word| rotation.add_word(Some(word)));
    assert_eq!(said, [true, false, true, false]);
    assert_eq!(rotation.emergency.unwrap().note.as_deref(), Some("first\nsecond"));
}

#[test]
fn the_provider_is_told_only_of_a_key_that_works() {
    let mut rotation = issued(BY_SUPPORT);
    assert_eq!(rotation.confirm(at(2)), Err(NotNow::NotVerified));
    rotation.verify(VerifiedBy::Word, at(2)).unwrap();
    assert_eq!(rotation.promote(true, at(3)), Err(NotNow::NotConfirmed));
    rotation.confirm(at(3)).unwrap();
    rotation.promote(false, at(4)).unwrap();
}

#[test]
fn another_new_key_is_not_known_to_work() {
    let mut rotation = issued(UNKNOWN);
    rotation.verify(VerifiedBy::Exchange, at(2)).unwrap();
    rotation.store(at(3), day()).unwrap();
    assert_eq!(rotation.promote(false, at(4)), Err(NotNow::NotVerified));
}

fn steps() -> impl Strategy<Value = Vec<(u8, bool)>> {
    proptest::collection::vec((0u8..9, any::<bool>()), 0..24)
}

proptest! {
    /// A key is in use only after a proof or a word about that very key, and where the provider has to be
    /// told, only after that.
    #[test]
    fn no_order_of_steps_promotes_an_unknown_key(route in 0usize..4, steps in steps()) {
        let mut rotation = Rotation::start(ROUTES[route], at(0));
        let mut known = false;
        for (minute, (step, word)) in steps.into_iter().enumerate() {
            let now = at(i64::try_from(minute).unwrap());
            let before = rotation.clone();
            let done = match step {
                0 => rotation.ask(SupportRequest::default()),
                1 => rotation.store(now, day()).inspect(|()| known = false),
                2 => rotation.verify(VerifiedBy::TestCall, now).inspect(|()| known = true),
                3 => rotation.confirm(now).inspect(|()| assert!(known)),
                4 => rotation.promote(word, now).inspect(|()| {
                    assert!(known || word);
                    known = true;
                }),
                5 => rotation.roll_back(TESTABLE, word),
                6 => { rotation.old_key_ended(now); Ok(()) }
                7 => { rotation.old_key_answered(now); Ok(()) }
                _ => rotation.check_retire(),
            };
            if done.is_err() {
                prop_assert_eq!(&rotation, &before, "a refused step changes nothing");
            }
            let in_use = rotation.promoted_at.is_some();
            prop_assert_eq!(in_use, rotation.stage >= RotationStage::Promoted);
            prop_assert!(!in_use || (known && rotation.verified.is_some()));
            let told = rotation.confirmed_at.is_some();
            prop_assert!(!(in_use && rotation.route.confirmed) || told);
        }
    }

    /// What is offered can be done, and what gives a key up is offered only while another one lives.
    #[test]
    fn what_is_offered_is_possible(route in 0usize..4, steps in steps(), testable: bool) {
        let facts = RotationFacts { old_stored: true, old_testable: testable };
        let mut rotation = Rotation::start(ROUTES[route], at(0));
        for (minute, (step, answered)) in steps.into_iter().enumerate() {
            let now = at(i64::try_from(minute).unwrap());
            let offers = rotation.offers(facts);
            let offer = offers[usize::from(step) % offers.len()];
            let issued = rotation.issued_at.is_some();
            let back = rotation.going_back(facts);
            let done = match offer {
                Step::Request => rotation.ask(SupportRequest::default()),
                Step::Store => rotation.store(now, day()),
                Step::Verify => rotation.verify(VerifiedBy::Word, now),
                Step::Confirm => rotation.confirm(now),
                Step::Promote => rotation.promote(true, now),
                Step::RollBack => rotation.roll_back(facts, true),
                Step::Cancel => rotation.check_cancel(facts, true, true),
                Step::Retire => {
                    if answered { rotation.old_key_answered(now) } else { rotation.old_key_ended(now) }
                    rotation.check_retire()
                }
                Step::Compromised => {
                    rotation.declare(Emergency { declared_at: now, note: None });
                    Ok(())
                }
                Step::Start => unreachable!("it is under way"),
            };
            prop_assert_eq!(done, Ok(()), "{:?}", offer);
            if issued && matches!(offer, Step::Cancel | Step::RollBack) {
                prop_assert_ne!(back, GoingBack::Never);
            }
        }
    }
}
