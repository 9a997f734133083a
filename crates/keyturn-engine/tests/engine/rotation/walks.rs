//! Rotations that go on in any order: whatever is tried next, no key is lost that may be the only one.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use keyturn_core::RotationStage;
use keyturn_core::rotation::Step;
use keyturn_engine::{AskSupport, Engine, EngineError, StoreNext, UnlockWith};
use keyturn_vault::SecretSlot::{self, Current, Next, Previous};

use super::kills::{engine, look, main_key, prepare};
use super::{NEW, OLD, values};

/// Numbers that look drawn, and are the same each time.
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, most: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// Takes a step that is drawn, with a provider that takes the key or refuses it.
async fn step(folder: &Path, drawn: &mut Drawn) -> (&'static str, Result<(), EngineError>) {
    let engine = engine(folder, drawn.below(3) == 0);
    engine.unlock(&UnlockWith::Keyring).unwrap();
    // Half of the steps go on, so that the later stages are reached as well.
    let next = engine.show_rotation(&main_key()).unwrap().next_step;
    let goes_on = match next {
        Some(Step::Start) => 0,
        Some(Step::Request) => 1,
        None | Some(Step::Store) => 2,
        Some(Step::Verify) => 3,
        Some(Step::Confirm) => 4,
        Some(Step::Promote) => 5,
        Some(_) => 8,
    };
    let which = if drawn.below(2) == 0 { goes_on } else { drawn.below(9) };
    let taken = take(&engine, which).await;
    engine.lock().unwrap();
    taken
}

async fn take(engine: &Arc<Engine>, which: u64) -> (&'static str, Result<(), EngineError>) {
    let main = main_key();
    match which {
        0 => ("start", engine.start_rotation(&main, "test")),
        1 => ("request", engine.note_support_request(&main, AskSupport::default(), "test")),
        2 => {
            let values = values(&[("api_key", NEW)]);
            let request = StoreNext { reference: main, values, replace: false };
            ("store", engine.store_next(request, "test"))
        }
        3 => ("verify", engine.verify_next(&main, false, "test").await),
        4 => ("confirm", engine.confirm_next(&main, false, "test")),
        5 => ("promote", engine.promote_next(&main, false, "test")),
        6 => ("roll back", engine.roll_back(&main, "test").await),
        7 => ("cancel", engine.cancel_rotation(&main, false, "test").await),
        _ => ("retire", engine.retire_previous(&main, false, "test").await.map(drop)),
    }
}

fn held(pairs: &[(SecretSlot, &str)]) -> BTreeMap<SecretSlot, String> {
    pairs.iter().map(|(slot, value)| (*slot, (*value).to_owned())).collect()
}

#[tokio::test]
async fn no_order_of_steps_loses_a_key_or_uses_one_that_is_not_known_to_work() {
    let mut ends = Vec::new();
    for seed in 1..=4 {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("vault");
        prepare(&folder);
        let mut drawn = Drawn(seed);
        let mut before = look(&folder).slots;
        for number in 0..25 {
            let (what, done) = step(&folder, &mut drawn).await;
            let found = look(&folder);
            let rotation = found.credential.rotating;
            let stage = rotation.as_ref().map(|rotation| rotation.stage);
            let context = format!("seed {seed}, step {number}, {what}: {done:?}, {stage:?}");
            if done.is_err() {
                assert_eq!(before, found.slots, "a refused step moves nothing; {context}");
            }
            let retired = what == "retire" && done.is_ok() && stage.is_none();
            let expected = match stage {
                None if retired => held(&[(Current, NEW)]),
                None | Some(RotationStage::Started | RotationStage::Requested) => {
                    held(&[(Current, OLD)])
                }
                Some(
                    RotationStage::Issued | RotationStage::Verified | RotationStage::Confirmed,
                ) => held(&[(Current, OLD), (Next, NEW)]),
                Some(RotationStage::Promoted | RotationStage::Retiring) => {
                    held(&[(Current, NEW), (Previous, OLD)])
                }
            };
            assert_eq!(found.slots, expected, "{context}");
            let known = rotation.is_none_or(|rotation| rotation.verified.is_some());
            assert!(known || found.slots.get(&Current).is_some_and(|it| it == OLD), "{context}");
            before = found.slots;
            if retired {
                ends.push(number);
                break;
            }
        }
    }
    assert!(!ends.is_empty(), "some came to their end: {ends:?}");
}
